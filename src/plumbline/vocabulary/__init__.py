"""The event contract: what can be said about a matter, by whom it is refused, and in which order it counts."""

from .contract import Activity, Vocabulary, load_vocabulary
from .errors import InputError
from .event import Event, EventActor, EventLink
from .matter import CHINA, MISSING, Matter, Missing, end_of, group_by_matter
from .reading import Reading, check_voids, read_events
from .registers import Registers, in_force
from .schema import json_schema
from .validation import validate_event

__all__ = [
    "CHINA",
    "MISSING",
    "Activity",
    "Event",
    "EventActor",
    "EventLink",
    "InputError",
    "Matter",
    "Missing",
    "Reading",
    "Registers",
    "Vocabulary",
    "check_voids",
    "end_of",
    "group_by_matter",
    "in_force",
    "json_schema",
    "load_vocabulary",
    "read_events",
    "validate_event",
]

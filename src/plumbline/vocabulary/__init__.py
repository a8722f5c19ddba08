"""The event contract: what can be said about a matter, by whom it is refused, and in which order it counts."""

from .contract import Activity, Vocabulary, extended_vocabulary, load_vocabulary
from .errors import InputError
from .event import Event, EventActor, EventLink
from .matter import CHINA, MISSING, Matter, Missing, end_of, group_by_matter
from .reading import (
    MAX_ERRORS,
    AcrossLines,
    Reading,
    bad_void,
    bounded_lines,
    check_voids,
    read_events,
    read_line,
)
from .registers import Registers, in_force, in_force_on
from .schema import json_schema
from .validation import validate_event

__all__ = [
    "CHINA",
    "MAX_ERRORS",
    "MISSING",
    "AcrossLines",
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
    "bad_void",
    "bounded_lines",
    "check_voids",
    "end_of",
    "extended_vocabulary",
    "group_by_matter",
    "in_force",
    "in_force_on",
    "json_schema",
    "load_vocabulary",
    "read_events",
    "read_line",
    "validate_event",
]

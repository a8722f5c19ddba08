"""The event of a change of rights, written in the action's transaction."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.rows import whole_district

from .events import RIGHTS


def keep(actor: Actor, activity: str, *, person: Person | None = None, post: Any = None, **data: Any) -> None:
    """One event about a person, a post or both, with pseudonyms only.

    An administrator sees no agency's rows, and the database hands a new row back only to whoever may see it: the
    connection is widened for this one statement.
    """
    told: dict[str, Any] = {name: value for name, value in data.items() if value not in (None, "")}
    if person is not None:
        told["person"] = person.pk
    if post is not None:
        told |= {"post": post.pk, "post_title": post.title}
    with whole_district():
        record(
            actor=actor,
            matter=f"PERSON-{person.pk}" if person is not None else f"POST-{post.pk}",
            kind=RIGHTS,
            activity=activity,
            agency=post.agency_id if post is not None else settings.PLUMBLINE_DISTRICT["agency"],
            data=told,
        )

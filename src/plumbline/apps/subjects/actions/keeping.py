"""What the verbs share: one way to write an event of a round, of an agency's part in it, of a subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..models import CleanupEntry, CleanupRound, Subject

BASIS = "行政执法监督条例第十七条；新政办[2022]14号 二(二)2"
PUBLIC = ("information_formed", "information_published")


def tell_round(actor: Actor, cleanup: CleanupRound, activity: str, **data: Any) -> None:
    record(
        actor=actor, matter=cleanup.matter_id, kind="qualification", activity=activity, agency=actor.agency_code,
        data=data,
    )  # fmt: skip


def tell_entry(actor: Actor, entry: CleanupEntry, activity: str, **data: Any) -> None:
    record(
        actor=actor, matter=entry.round.matter_id, kind="qualification", activity=activity, agency=entry.agency_id,
        data=data,
    )  # fmt: skip


def tell_subject(
    actor: Actor, subject: Subject, activity: str, data: Mapping[str, Any], *, on: date | None = None
) -> None:
    record(
        actor=actor, matter=f"SUBJ-{subject.code}", kind="qualification", activity=activity, agency=subject.agency_id,
        occurred_at=on, data=data,
    )  # fmt: skip

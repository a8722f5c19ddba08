"""Keeps the rows in line with their matters: after events, and as clocks run out. Looking twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from plumbline.platform.events.outbox import subscriber
from plumbline.platform.verdicts.evaluation import VerdictChange, on_verdict_changes
from plumbline.platform.verdicts.models import StoredVerdict

from .duties import APPEAR, duties, hearing_ahead
from .models import Challenge
from .progress import stage_of
from .reading import ChallengeFile


@subscriber("challenges", order=25)
def refresh_after_events(matter_id: str, activities: frozenset[str]) -> None:
    """After the verdicts, which come before in order."""
    refresh([matter_id])


@on_verdict_changes
def refresh_after_clocks(changes: Sequence[VerdictChange], as_of: datetime) -> None:
    """A clock that began or ran out changes what has to be done."""
    refresh({change.row.matter_id for change in changes})


def refresh(matter_ids: Iterable[str]) -> None:
    """Bring the rows of some matters in line; other kinds of matter have none."""
    with transaction.atomic():
        rows = Challenge.objects.unscoped("按事件更新复议诉讼").filter(matter_id__in=list(matter_ids))
        for challenge in rows.select_for_update(of=("self",)).select_related("agency").order_by("pk"):
            bring_in_line(challenge, ChallengeFile(challenge))


def clocks_of(matter_id: str) -> list[StoredVerdict]:
    """The stored verdicts of a matter."""
    rows = StoredVerdict.objects.unscoped("按事项读取结论").filter(matter_id=matter_id)
    return list(rows.order_by("pk"))


def bring_in_line(challenge: Challenge, file: ChallengeFile) -> None:
    """Set the projected columns of one row from its events and verdicts, and save it."""
    found = duties(file, clocks_of(challenge.matter_id))
    ended, ahead = file.ended, hearing_ahead(file)
    challenge.stage = stage_of(file)
    challenge.outcome = file.outcome if ended is not None else ""
    challenge.orders_redo = file.orders_redo and ended is not None
    challenge.ended_on = ended.on if ended is not None else None
    challenge.head_appeared = file.head_appeared
    challenge.stayed = file.stayed
    challenge.hearing_on = ahead[0] if ahead else None
    challenge.duties = [duty.kept for duty in found]
    legal = next((duty for duty in found if duty.due_on and duty.key != APPEAR), None)
    challenge.due_on = date.fromisoformat(legal.due_on) if legal else None
    challenge.due_unit = legal.unit if legal else ""
    challenge.number = _number(file) or challenge.number
    if file.rows:
        challenge.last_event_at = max(row.recorded_at for row in file.rows)
    challenge.save()


def _number(file: ChallengeFile) -> str:
    """The number under which the organ took it in, where a step stated it."""
    return str(file.detail("reconsideration_accepted", "number"))

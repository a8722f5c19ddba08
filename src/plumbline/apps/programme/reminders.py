"""Reminders before a deadline, on the day and after it, each once; only for programmes that run today."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.platform import clock
from plumbline.platform.actions import action
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import on_clock

from .actions.opening import BASIS, tell
from .events import REMINDER_SENT
from .models import Programme, Reminder, Share
from .policies import REPORT, may_lead
from .reading import board_of

BEFORE, TODAY, AFTER = "before", "today", "after"
#: How long after a deadline the unit is reminded once more; our choice, not the notice's.
AGAIN = timedelta(days=7)
WORDS = {BEFORE: "将到时限", TODAY: "今天到时限", AFTER: "已过时限"}


def kind_of(due: date, day: date, near_days: int) -> str:
    """Which reminder a deadline asks for on a day; empty for none."""
    if day == due:
        return TODAY
    if day > due:
        return AFTER if day <= due + AGAIN else ""
    return BEFORE if (due - day).days <= near_days else ""


@action("programme.remind", policy=may_lead, on="", records=(REMINDER_SENT,), basis=BASIS)
def remind(*, actor: Actor, share: Share, due_on: date, kind: str) -> Reminder | None:
    """Remind a unit of a deadline unless it was already; returns the reminder that is new."""
    programme = share.task.programme
    made, new = Reminder.objects.get_or_create(
        share=share, due_on=due_on, kind=kind, defaults={"on": programme.today()}
    )
    if not new:
        return None
    code = share.task.code
    notify(
        title=f"{code} {WORDS[kind]}：{due_on}", body=share.task.terms.get(until_on=None).title,
        url=f"/programmes/{programme.key}/tasks/{code}", agency_code=share.agency_id, capability=REPORT,
    )  # fmt: skip
    tell(actor, programme, REMINDER_SENT, {"task": code, "kind": kind}, agency=share.agency_id)
    return made


@on_clock
def remind_units() -> int:
    """Once a day for every open share whose deadline is near, reached or just over; returns how many were reminded."""
    sent = 0
    actor = system_actor("programme")
    with whole_district():
        for programme in Programme.objects.filter(shown_on=None, to_on__gte=clock.today() - AGAIN):
            day = programme.today()
            for line in board_of(programme).lines:
                for unit in line.units:
                    for stand in unit.rounds:
                        if stand.due is None or stand.state in {"done", "waiting"}:
                            continue
                        kind = kind_of(stand.due, day, programme.near_days)
                        unit.share.task = line.task
                        line.task.programme = programme
                        if kind and remind(actor=actor, share=unit.share, due_on=stand.due, kind=kind):
                            sent += 1
    return sent

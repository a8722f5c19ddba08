"""The surcharge for late payment as far as it has grown, for the form that claims it (行政处罚法第七十二条、第七十三条).

The rules APL-72 and APL-73 check what is claimed; this proposes an amount that they accept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plumbline.packs.penalty.surcharge import PER_CENT_A_DAY
from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import evaluate

from .reading import CaseFile

PAY = "APL-67-pay-15d"


@dataclass(frozen=True)
class Surcharge:
    """Fen for the late days (without those of a challenge) through a day; ``capped`` when it has reached the fine."""

    through: date
    days: int
    amount: int
    capped: bool


def surcharge_through(file: CaseFile, through: date) -> Surcharge | None:
    """What may be claimed through a day on the unpaid part; None while nothing is late."""
    due = _payment_due(file)
    owed = file.fine_imposed - file.fine_paid
    if due is None or owed <= 0 or through <= due:
        return None
    stopped = _challenged_days(file, due, through)
    days = sum((due + timedelta(days=n)) not in stopped for n in range(1, (through - due).days + 1))
    grown = owed * PER_CENT_A_DAY * days // 100
    return Surcharge(through, days, min(grown, owed), grown >= owed)


def _payment_due(file: CaseFile) -> date | None:
    """The last day for paying, a deferral included, as the rule itself finds it."""
    if file.matter is None or (served := file.last("decision_served", "announcement_service_ended")) is None:
        return None
    registers, calendar = current_registers()
    found = evaluate(
        [rule_book().by_id[PAY]], file.matter, registers=registers, calendar=calendar, as_of=clock.now()
    )
    due = next((verdict.due for verdict in reversed(found) if verdict.subject == served.id), None)
    return due.date() if isinstance(due, datetime) else due


def _challenged_days(file: CaseFile, after: date, through: date) -> set[date]:
    """The days on which a reconsideration or a lawsuit ran."""
    days: set[date] = set()
    for started in file.every("challenge_started"):
        ended = next(
            (
                event
                for event in file.every("challenge_ended")
                if event.data.get("route") == started.data.get("route")
                and file.flow is not None
                and file.flow.position(event) > file.flow.position(started)
            ),
            None,
        )
        day, last = max(started.on, after), min(ended.on if ended else through, through)
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return days


def proposed(file: CaseFile) -> Surcharge | None:
    """What may be claimed through today."""
    return surcharge_through(file, clock.today())

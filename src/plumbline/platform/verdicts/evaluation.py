"""Evaluating matters: the guard before a step, the stored verdicts after an event, and the clocks as days pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypedDict

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.events.log import events_of, matter_events, matters_about
from plumbline.platform.events.outbox import subscriber
from plumbline.rules import Rule, RuleBook, Verdict, evaluate
from plumbline.rules.scope import Affair, Others
from plumbline.vocabulary import Event, Matter, Registers

from .models import StoredVerdict, VerdictKind
from .registers import current_registers


class Reach(TypedDict):
    """How far an evaluation sees beyond its own matter, as ``evaluate`` takes it."""

    others: Others
    affair: Affair


#: Every matter of the district.
OTHER_MATTERS: Final[Reach] = {"others": matter_events, "affair": matters_about}


def remembering() -> Reach:
    """``OTHER_MATTERS``, each asked once: several rules of one evaluation ask which matters share an affair."""
    return {"others": cache(matter_events), "affair": cache(matters_about)}


@cache
def rule_book() -> RuleBook:
    """The rules of the installed packs; loaded once a process."""
    return RuleBook.load(settings.PLUMBLINE_PACKS)


@dataclass(frozen=True)
class VerdictChange:
    """A stored verdict that is new or differs from before. ``before`` is empty for a new one.

    ``done_on`` is when what was required happened, however late; None while it has not.
    """

    row: StoredVerdict
    before: str
    done_on: date | None = None


Listener = Callable[[Sequence[VerdictChange], datetime], None]
_LISTENERS: list[Listener] = []


def on_verdict_changes(listener: Listener) -> Listener:
    """Call ``listener(changes, as_of)`` in the transaction that stores changed verdicts; they may be of many matters."""
    _LISTENERS.append(listener)
    return listener


def verdicts_for(
    events: Iterable[Event],
    *,
    as_of: datetime | date | None = None,
    known: Registers | None = None,
    reach: Reach | None = None,
) -> list[Verdict]:
    """What every rule says about one matter's events as of a moment (now when left out).

    ``known`` are the registers in force, ``reach`` what was learnt of other matters, where the caller has just asked.
    """
    registers, calendar = current_registers() if known is None else (known, statutory_calendar())
    moment = as_of or clock.now()
    matter = Matter.of(events, moment)
    seen = reach or remembering()
    return evaluate(rule_book(), matter, registers=registers, calendar=calendar, as_of=moment, **seen)


def blocking_verdicts(existing: Sequence[Event], candidate: Mapping[str, Any]) -> list[Verdict]:
    """What forbids recording ``candidate`` (contract form) now: its gate rules that are breached or cannot be decided.

    The same rules that supervise afterwards, asked before the step. A gate that lacks a fact blocks too.
    """
    registers, calendar = current_registers()
    event = Event.from_json(dict(candidate), max((e.order for e in existing), default=0) + 1)
    moment = max(clock.now(), event.recorded)
    found = evaluate(
        rule_book().gates(event.activity),
        Matter.of([*existing, event], moment),
        registers=registers,
        calendar=calendar,
        as_of=moment,
        **OTHER_MATTERS,
    )
    stopping = {VerdictKind.BREACHED.value, VerdictKind.UNKNOWN.value, VerdictKind.ERROR.value}
    return [v for v in found if v.subject == event.id and v.verdict in stopping]


def _recompute_batch(matters: Mapping[str, frozenset[str]]) -> None:
    recompute_many(list(matters))


@subscriber("verdicts", order=10, many=_recompute_batch)
def recompute_after_events(matter_id: str, activities: frozenset[str]) -> None:
    """Bring a matter's verdicts in line after events of ``activities``: only the rules these can change."""
    recompute_many([matter_id], rules=rule_book().touched_by(activities))


def recompute(matter_id: str, *, as_of: datetime | None = None) -> list[VerdictChange]:
    """Evaluate every rule on one matter and store what changed. Idempotent."""
    return recompute_many([matter_id], as_of=as_of)


def recompute_many(
    matter_ids: Sequence[str], *, rules: Sequence[Rule] | None = None, as_of: datetime | None = None
) -> list[VerdictChange]:
    """Evaluate ``rules`` (all when left out) on some matters and store what changed, in one transaction."""
    moment = as_of or clock.now()
    registers, calendar = current_registers()
    chosen = rule_book().rules if rules is None else rules
    verdicts: list[Verdict] = []
    agencies: dict[str, str] = {}
    for events in events_of(matter_ids).values():
        agencies |= {event.id: event.agency for event in events}
        matter = Matter.of(events, moment)
        verdicts += evaluate(
            chosen, matter, registers=registers, calendar=calendar, as_of=moment, **OTHER_MATTERS
        )
    with transaction.atomic():
        rule_ids = {rule.id for rule in chosen}
        changes = store(matter_ids, verdicts, rule_ids=rule_ids, agencies=agencies, as_of=moment)
        if changes:
            for listener in _LISTENERS:
                listener(changes, moment)
    return changes


def recompute_due(*, as_of: datetime | None = None, limit: int = 10_000) -> int:
    """Re-evaluate matters with a clock that has run out since it was last looked at; returns how many."""
    moment = as_of or clock.now()
    # A limit in hours ends at an instant of the day, written as text in one zone.
    run_out = Q(due_on__lt=moment.date()) | Q(
        due_on=moment.date(), due__contains="T", due__lt=clock.as_instant(moment)
    )
    overdue = (
        StoredVerdict.objects.unscoped("期限到期复查")
        .filter(run_out, verdict=VerdictKind.PENDING)
        .values_list("matter_id", flat=True)
        .distinct()[:limit]
    )
    matters = list(overdue)
    for start in range(0, len(matters), 200):
        recompute_many(matters[start : start + 200], as_of=moment)
    return len(matters)


ClockPass = Callable[[], object]
_CLOCK_PASSES: list[ClockPass] = []


def on_clock(look: ClockPass) -> ClockPass:
    """Have ``look`` called as days pass (at the worker's start, hourly, and after each midnight)."""
    _CLOCK_PASSES.append(look)
    return look


def clock_passes() -> list[ClockPass]:
    return list(_CLOCK_PASSES)


def as_columns(verdict: Verdict, agency_code: str, moment: datetime) -> dict[str, Any]:
    """The stored form of an evaluated verdict, by column."""
    due = verdict.due_text
    return {
        "matter_id": verdict.matter,
        "agency_code": agency_code,
        "rule": verdict.rule,
        "subject": verdict.subject or "",
        "verdict": verdict.verdict,
        "due": due or "",
        "due_on": date.fromisoformat(due[:10]) if due else None,
        "days_used": verdict.days_used,
        "days_limit": verdict.days_limit,
        "unit": verdict.unit or "",
        "severity": verdict.severity,
        "overlay": verdict.overlay or "",
        "law": verdict.facts.law,
        "article": verdict.facts.article,
        "events": list(verdict.events),
        "missing": list(verdict.missing),
        "flags": list(verdict.flags),
        "explanation_zh": verdict.explanation_zh,
        "as_of": moment,
        "first_breached_at": moment if verdict.verdict == VerdictKind.BREACHED else None,
    }


def done_on(verdict: Verdict) -> date | None:
    """The local day on which what the rule requires happened, if it has."""
    stop = verdict.outcome.stop
    return stop.date() if isinstance(stop, datetime) else stop


COMPARED = (
    "verdict",
    "due",
    "days_used",
    "days_limit",
    "unit",
    "severity",
    "overlay",
    "events",
    "missing",
    "flags",
    "explanation_zh",
)


def store(
    matter_ids: Sequence[str],
    verdicts: Sequence[Verdict],
    *,
    rule_ids: set[str],
    agencies: Mapping[str, str],
    as_of: datetime,
) -> list[VerdictChange]:
    """Write the verdicts of ``rule_ids`` for some matters; returns those that are new or changed."""
    rows = StoredVerdict.objects.unscoped("保存结论").select_for_update()
    # As columns: most verdicts stay as they are, and making an object of each, old and new, cost more than asking the rule.
    kept = {
        (matter_id, rule, subject): (pk, breached_at, told)
        for pk, matter_id, rule, subject, breached_at, *told in rows.filter(
            matter_id__in=matter_ids, rule__in=rule_ids
        ).values_list("pk", "matter_id", "rule", "subject", "first_breached_at", *COMPARED)
    }
    changes: list[VerdictChange] = []
    fresh: list[StoredVerdict] = []
    altered: list[StoredVerdict] = []
    for verdict in verdicts:
        columns = as_columns(verdict, agencies.get(verdict.subject or "", ""), as_of)
        before = kept.pop((columns["matter_id"], columns["rule"], columns["subject"]), None)
        if before is None:
            fresh.append(row := StoredVerdict(**columns))
            changes.append(VerdictChange(row, "", done_on(verdict)))
        elif before[2] != [columns[name] for name in COMPARED]:
            pk, breached_at, told = before
            altered.append(row := StoredVerdict(pk=pk, **columns))
            row.first_breached_at = breached_at or row.first_breached_at
            changes.append(VerdictChange(row, told[0], done_on(verdict)))
    if kept:
        # The event that gave rise to it was voided: the verdict has lost its subject.
        lost = rows.filter(pk__in=[pk for pk, _, _ in kept.values()])
        for row in lost.exclude(verdict=VerdictKind.NOT_APPLICABLE).order_by("pk"):
            changes.append(VerdictChange(row, row.verdict))
            row.verdict = VerdictKind.NOT_APPLICABLE
            row.explanation_zh = "所检查的事件已作废，本条不再适用。"
            altered.append(row)
    insert_rows(fresh)
    update_rows(altered, [*COMPARED, "due_on", "as_of", "first_breached_at"])
    return changes

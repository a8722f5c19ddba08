"""Which clock runs for a request, until when, and from where; and which do not run, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plumbline.law import OutsideCalendar, statutory_calendar
from plumbline.lawbook import rule_facts
from plumbline.packs.transfer.coordination import PARAMETERS, TERMS, Term

from .models import Coordination, Kind, Parameter


@dataclass(frozen=True)
class Value:
    """A parameter on a day. ``number`` is None while the district has set none and none is proposed."""

    key: str
    label: str
    unit: str
    number: int | None
    source: str
    is_set: bool


def parameters(on: date) -> Mapping[str, Value]:
    """Every parameter as it stands on a day, in one query; one that was ended is as if it had never been set."""
    rows: dict[str, Parameter] = {}
    for row in Parameter.objects.filter(valid_from__lte=on).order_by("valid_from", "pk"):
        rows[row.key] = row
    return {
        key: Value(key, each.label, each.unit, rows[key].value, rows[key].source, True)
        if key in rows and rows[key].value is not None
        else Value(key, each.label, each.unit, each.proposed, each.source, False)
        for key, each in PARAMETERS.items()
    }


@dataclass(frozen=True)
class Clock:
    """``due_on`` is None where nothing counts; ``off`` then says why."""

    what: str
    source: str
    due_on: date | None
    unit: str = "wd"
    off: str = ""


def clocks_of(stage: str, domain: str, on: date) -> list[Clock]:
    """The clocks that a stage may have, running ones first."""
    found, known = [], parameters(on)
    for term in TERMS:
        if term.stage == stage and term.domain in {"", domain}:
            found.append(_of_rule(term, on) if term.rule else _of_parameter(term, known, on))
    return sorted(found, key=lambda each: each.due_on is None)


def running(stage: str, domain: str, on: date) -> Clock | None:
    first = next(iter(clocks_of(stage, domain, on)), None)
    return first if first is not None and first.due_on is not None else None


def _of_rule(term: Term, on: date) -> Clock:
    facts = rule_facts()[term.rule]
    source = f"《{facts.law}》{facts.article}"
    if not facts.dates_verified:
        return Clock(term.what, source, None, off="施行日期未核实，未启用")
    if not facts.in_force(on) or facts.n is None:
        return Clock(term.what, source, None, off="当日没有施行")
    return _counted(term.what, source, int(facts.n), on)


def _of_parameter(term: Term, known: Mapping[str, Value], on: date) -> Clock:
    value = known[term.parameter]
    if value.number is None:
        return Clock(term.what, "", None, off="法律没有规定期限，本区也没有设定")
    return _counted(term.what, value.source, value.number, on)


def _counted(what: str, source: str, days: int, on: date) -> Clock:
    try:
        due = statutory_calendar().nth_working_after(on, days)
    except OutsideCalendar:
        return Clock(what, source, None, off="工作日历没有公布到那一天")
    return Clock(what, f"{days} 个工作日，{source}", due)


def set_clock(row: Coordination, stage: str, on: date) -> None:
    """Let the clock of a stage run on a row from a day; without one nothing is due."""
    clock = running(stage, field_of(row), on)
    if clock is None:
        clear_clock(row)
        return
    row.due_on, row.due_unit, row.due_what, row.due_source = (
        clock.due_on,
        clock.unit,
        clock.what,
        clock.source,
    )


def field_of(row: Coordination) -> str:
    """The field whose rules count for a row; none where the dispute is about a duty to supervise.

    住建第六条 and 市场监管第十三条 speak of disputes about who punishes.
    """
    about_duty = row.kind == Kind.DISPUTE and row.dispute.subject == "duty"
    return "" if about_duty else row.domain


def set_own_term(row: Coordination) -> None:
    """The term that the request itself states."""
    row.due_on, row.due_unit, row.due_what = row.respond_by, "wd", "办理并答复"
    row.due_source = "由请求载明"


def clear_clock(row: Coordination) -> None:
    row.due_on, row.due_unit, row.due_what, row.due_source = None, "", "", ""


def hop_limit(on: date) -> int:
    """From which hop on a transfer goes to the supervision organ by itself."""
    number = parameters(on)["hops"].number
    assert number is not None  # the pack proposes one
    return number

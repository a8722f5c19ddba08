"""Legal clocks as pages show them: what is left in the unit of the law, and the bar of the decision clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from plumbline.law import statutory_calendar
from plumbline.law.calendar import OutsideCalendar
from plumbline.law.periods import Unit
from plumbline.rules import Verdict

WEEKDAYS = "一二三四五六日"
NEAR_DAYS = 10
SOON_WORKING_DAYS = 3


def weekday(day: date) -> str:
    return f"周{WEEKDAYS[day.weekday()]}"


@dataclass(frozen=True)
class Left:
    """What is left until a due date, as a person would say it. ``tone``: red, amb or grn."""

    text: str
    tone: str
    tag: str
    mark: str
    day: str


def left_until(due_on: date | None, unit: str, today: date, standing: str = "") -> Left:
    """The rest of a clock in its own unit (working days are counted on the calendar); the unit is always printed.

    ``standing`` says of a clock without a due date that it stands still, and how much of it is used.
    """
    if due_on is None:
        if standing:
            return Left("停止计算", "gry", "中止", "‖", standing)
        return Left("没有法定期限", "gry", "无期限", "○", "")
    day = f"{due_on:%m-%d} {weekday(due_on)}"
    late = due_on < today
    if due_on == today:
        return Left("今天到期", "amb", "临期", "◆", day)
    number, zh = _between(min(due_on, today), max(due_on, today), unit)
    if late:
        return Left(f"超期 {number} {zh}", "red", "超期", "▲", day)
    soon = _between(today, due_on, "wd")[0] <= SOON_WORKING_DAYS
    text = f"剩 {number} {zh}"
    return Left(text, "amb", "临期", "◆", day) if soon else Left(text, "grn", "正常", "✓", day)


def _between(start: date, end: date, unit: str) -> tuple[int, str]:
    if unit == Unit.WORKING_DAYS:
        try:
            return statutory_calendar().working_between(start, end), "个工作日"
        except OutsideCalendar:
            pass
    return (end - start).days, "日"


def soon_until(today: date) -> date:
    """The last day of the band 「三个工作日内到期」."""
    try:
        return statutory_calendar().nth_working_after(today, SOON_WORKING_DAYS)
    except OutsideCalendar:
        return today + timedelta(days=SOON_WORKING_DAYS)


@dataclass(frozen=True)
class Mark:
    """A label under the bar, at a percentage of its width."""

    at: str
    anchor: str
    text: str
    css: str


@dataclass(frozen=True)
class Bar:
    """The decision clock drawn: everything in percent of the width, and one sentence that says it all."""

    run: str
    near_at: str
    near_width: str
    over_at: str
    over_width: str
    today_at: str
    today_text: str
    today_anchor: str
    today_dx: str
    suspended: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    marks: Sequence[Mark] = field(default_factory=tuple)
    headline: str = ""
    limit: str = ""
    rest: str = ""
    rest_tone: str = "ok"
    note: str = ""
    sentence: str = ""
    rule: str = ""
    used: int = 0
    still: bool = False


def decision_bar(verdict: Verdict | None, today: date) -> Bar | None:
    """The bar of a clock verdict (APL-60-90d), or None when there is none to draw."""
    if verdict is None or verdict.outcome.reckoning is None or verdict.event is None:
        return None
    outcome, reckoning = verdict.outcome, verdict.outcome.reckoning
    start = verdict.event.on
    due = _day(outcome.due) or _day(reckoning.earliest_due)
    stop = _day(outcome.stop)
    until = stop or today
    if due is None:
        due = until + timedelta(days=max(1, (outcome.limit or 0) - (outcome.used or 0)))
    end = max(due, until)
    span = max(1, (end - start).days)

    def at(day: date) -> float:
        return min(100.0, max(0.0, (day - start).days * 100 / span))

    def pc(value: float) -> str:
        return f"{value:.2f}%"

    excluded = [
        (pc(at(i.start)), pc(at(i.end or until) - at(i.start)), i.name)
        for i in reckoning.excluded
        if at(i.end or until) > at(i.start)
    ]
    near = due - timedelta(days=NEAR_DAYS)
    over = until > due
    words = _bar_words(verdict, start=start, due=due, stop=stop)
    position = at(until)
    label = f"{'办结' if stop else '今天'} {until:%m-%d}"
    marks = [Mark("0%", "start", f"{start:%m-%d} 立案", "t-start")]
    if over:
        marks.append(Mark(pc(at(due)), "end", f"{due:%m-%d} 届满", "t-end"))
    else:
        shown = "停止计算" if reckoning.stands_still else f"{due:%m-%d} 到期"
        marks.append(Mark("100%", "end", shown, "t-end"))
    for interval in reckoning.excluded:
        middle = (at(interval.start) + at(interval.end or until)) / 2
        if 12 < middle < 88:  # further out it would run into the labels of both ends
            days = ((interval.end or until) - interval.start).days
            marks.append(
                Mark(
                    pc(middle),
                    "middle",
                    f"{interval.name or '扣除'} {days} 日",
                    "t-middle",
                )
            )
    return Bar(
        run=pc(min(position, at(due))),
        near_at=pc(at(near)),
        near_width=pc(at(due) - at(near)),
        over_at=pc(at(due)),
        over_width=pc(position - at(due)) if over else "",
        today_at=pc(position),
        today_text=label,
        today_anchor="end" if position > 70 else "start",
        today_dx="-8" if position > 70 else "8",
        suspended=excluded,
        marks=marks,
        rule=verdict.rule,
        used=outcome.used or 0,
        still=reckoning.stands_still and stop is None,
        **words,
    )


def _bar_words(verdict: Verdict, *, start: date, due: date, stop: date | None) -> dict[str, str]:
    """Headline, rest and the sentence for those who do not see the drawing."""
    outcome = verdict.outcome
    limit, used = outcome.limit or 0, outcome.used or 0
    unit = Unit(outcome.unit).zh if outcome.unit else "日"
    still = outcome.reckoning is not None and outcome.reckoning.stands_still
    law = f"{verdict.citation.law}{verdict.citation.article}"
    headline = f"第 {used} {unit}" if unit == "日" else f"已用 {used} {unit}"
    if stop is not None:
        in_time = verdict.verdict == "met"
        rest = "按期办结" if in_time else f"超期 {max(0, used - limit)} {unit}"
        tone = "ok" if in_time else "late"
    elif outcome.reckoning is not None and outcome.reckoning.stands_still:
        why = next((each.name for each in reversed(outcome.reckoning.excluded) if each.end is None), "")
        rest, tone = f"{why}期间停止计算" if why else "期限停止计算", "soon"
    elif used > limit or verdict.verdict == "breached":
        rest, tone = f"超期 {max(1, used - limit)} {unit}", "late"
    else:
        rest = f"还剩 {limit - used} {unit}"
        tone = "ok" if limit - used > NEAR_DAYS else "soon"
    rolled = "，末日顺延" if "rolled_forward" in verdict.flags else ""
    note = f"至 {due:%Y-%m-%d} {weekday(due)}{rolled} · {law}" if not still else law
    sentence = (
        f"办案期限 {limit} {unit}，{start:%Y-%m-%d} 立案，已用 {used} {unit}，{rest}，{due:%Y-%m-%d} 届满"
    )
    return {
        "headline": headline,
        "limit": f"{limit} {unit}",
        "rest": rest,
        "rest_tone": tone,
        "note": note,
        "sentence": sentence,
    }


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment

"""The words in which rules are written. Each makes a node or a requirement form; none computes anything.

``field`` reads the subject event, ``it`` the candidate of a selection, ``item`` the element of a list, ``case`` a case
attribute; ``event(…)`` selects events, ``exists``/``first``/``last``/``count`` ask a selection.
"""

from __future__ import annotations

from typing import Any

from .expression import Expression, literal
from .forms.ahead import Ahead
from .forms.by_case import ByCase
from .forms.check import Check
from .forms.clock import Clock, Exclusion, ExtensionStep, Replacement, Stop
from .forms.decide import Decide
from .forms.fixed import Fixed
from .forms.outcome import Form
from .forms.promptly import Promptly
from .forms.right import Right
from .forms.two_stage import TwoStage
from .forms.wait import Wait
from .forms.within import Within
from .nodes.all_of import AllOf
from .nodes.any_matter import EarlierInAnyMatter
from .nodes.any_of import AnyOf
from .nodes.at_night import AtNight
from .nodes.attribute import Attribute
from .nodes.by_then import ByThen
from .nodes.calendar_day import LAST, CalendarDay
from .nodes.choose import Choose
from .nodes.column_of import ColumnOf, ElementWhere
from .nodes.count import Count
from .nodes.day_kind import KindOfDay
from .nodes.days import DateAfter, DaysBetween
from .nodes.days_outside import DaysOutside
from .nodes.each import Each
from .nodes.envelope import Envelope
from .nodes.exists import Exists
from .nodes.field import Field, Item, ItField
from .nodes.linked import OpenInLinked
from .nodes.negation import Negation
from .nodes.order_of import NEVER, OrderOf
from .nodes.people import People
from .nodes.person import Person
from .nodes.pick import Pick
from .nodes.range_bound import RangeBound
from .nodes.required_version import RequiredVersion
from .nodes.row_exists import RowExists
from .nodes.row_value import RowValue
from .nodes.selection import Place, Selection
from .nodes.separate import Separate
from .nodes.size import Size
from .nodes.total import Total
from .nodes.verdict_of import VerdictOf
from .nodes.version_changed import VersionChanged

__all__ = [
    "LAST",
    "NEVER",
    "Ahead",
    "ByCase",
    "Check",
    "Clock",
    "Decide",
    "Exclusion",
    "ExtensionStep",
    "Fixed",
    "Promptly",
    "Replacement",
    "Right",
    "Stop",
    "TwoStage",
    "Wait",
    "Within",
    "activity",
    "agency",
    "all_of",
    "any_of",
    "as_of",
    "at_night",
    "by_then",
    "calendar_day",
    "case",
    "certified_officers",
    "choose",
    "column_of",
    "comes_before",
    "count",
    "count_items",
    "date_after",
    "date_after_working",
    "days_between",
    "days_outside",
    "earlier_in_any_matter",
    "event",
    "every",
    "exists",
    "field",
    "first",
    "it",
    "it_activity",
    "it_id",
    "it_on",
    "it_order",
    "item",
    "kind",
    "kind_of_day",
    "last",
    "literal",
    "not_",
    "on",
    "open_in_linked",
    "people",
    "person",
    "range_bound",
    "required_version",
    "row_element",
    "row_exists",
    "row_value",
    "separate",
    "some",
    "subject_id",
    "total",
    "verdict_of",
    "version_changed",
]


def field(path: str) -> Expression:
    return Field(path)


def it(path: str) -> Expression:
    return ItField(path)


def item(path: str = "") -> Expression:
    return Item(path)


def case(path: str) -> Expression:
    return Attribute(path)


def agency() -> Expression:
    return Envelope("agency")


def kind() -> Expression:
    return Envelope("kind")


def on() -> Expression:
    """The local date of the subject event, as ISO text."""
    return Envelope("on")


def it_on() -> Expression:
    """The local date of the candidate event, as ISO text."""
    return Envelope("on", "it")


def it_id() -> Expression:
    """The id of the candidate event."""
    return Envelope("id", "it")


def it_order() -> Expression:
    """The candidate's place in the matter's order; with ``NEVER`` it says which of two came first."""
    return OrderOf()


def comes_before(one: Selection, other: Selection) -> Expression:
    """Whether some event of ``one`` comes before the first of ``other`` (also where there is none of ``other``)."""
    return first(one, it_order(), NEVER).lt(first(other, it_order(), NEVER))


def by_then(selection: Selection) -> Expression:
    """Whether an event of ``selection`` has happened when the candidate does: ``it`` or one before it."""
    return ByThen(selection)


def as_of() -> Expression:
    return Envelope("as_of")


def all_of(*parts: Expression) -> Expression:
    return AllOf(parts)


def any_of(*parts: Expression) -> Expression:
    return AnyOf(parts)


def not_(part: Expression) -> Expression:
    return Negation(part)


def choose(condition: Expression, then: Any, otherwise: Any) -> Expression:
    return Choose(condition, literal(then), literal(otherwise))


def event(
    *activities: str, place: Place = "anywhere", same: tuple[str, ...] = (), where: Expression | None = None
) -> Selection:
    """A selection of events; ``place`` is relative to the subject."""
    return Selection(activities, place, same, where)


def exists(selection: Selection) -> Expression:
    return Exists(selection)


def count(selection: Selection) -> Expression:
    return Count(selection)


def total(selection: Selection, amount: Expression) -> Expression:
    """The sum of ``amount`` (read with ``it``) over the events of a selection; 0 when there is none."""
    return Total(selection, amount)


def first(selection: Selection, value: Expression, otherwise: Any = None) -> Expression:
    return Pick("first", selection, value, literal(otherwise))


def last(selection: Selection, value: Expression, otherwise: Any = None) -> Expression:
    return Pick("last", selection, value, literal(otherwise))


def every(elements: Expression, condition: Expression) -> Expression:
    return Each("every", elements, condition)


def some(elements: Expression, condition: Expression) -> Expression:
    return Each("some", elements, condition)


def row_exists(
    register: str, key: str, value: Any, *, where: Expression | None = None, dated: bool = True
) -> Expression:
    return RowExists(register, key, literal(value), where, dated)


def row_value(
    register: str, key: str, value: Any, column: str, *, where: Expression | None = None, dated: bool = False
) -> Expression:
    return RowValue(register, key, literal(value), column, where, dated)


def people(role: str, *, where: Expression | None = None) -> Expression:
    return People(role, where)


def certified_officers() -> Expression:
    """How many different officers of the event hold a certificate in force that day."""
    return People("officer", RowExists("officers", "id", ItField("id")))


def separate(role: str, other_role: str, selection: Selection) -> Expression:
    return Separate(role, other_role, selection)


def days_between(start: Expression, end: Expression) -> Expression:
    return DaysBetween(start, end)


def days_outside(start: Expression, end: Expression, begun: str, ended: str, key: str) -> Expression:
    """Calendar days from ``start`` to ``end`` that lie in no interval from ``begun`` to ``ended`` of the same ``key``."""
    return DaysOutside(start, end, begun, ended, key)


def calendar_day(year: Expression, month: int, day: int, *, later: int = 0) -> Expression:
    """A day of the calendar, ``later`` years after ``year``; ``LAST`` is the last day of the month."""
    return CalendarDay(year, later, month, day)


def date_after(start: Expression, n: int, unit: str, *, roll: bool = False) -> Expression:
    return DateAfter(start, n, unit, roll)


def open_in_linked(rel: str, begun: str, ended: str, key: str) -> Expression:
    return OpenInLinked(rel, begun, ended, key)


def subject_id() -> Expression:
    """The id of the subject event, for fields that name it (``of``)."""
    return Envelope("id")


def count_items(part: Expression) -> Expression:
    """How many elements a list has."""
    return Size(part)


def activity() -> Expression:
    """The activity of the subject event, for rules that look at several."""
    return Envelope("activity")


def it_activity() -> Expression:
    return Envelope("activity", "it")


def person(role: str) -> Expression:
    """The number of the person in a role of the subject event."""
    return Person(role)


def required_version() -> Expression:
    """The row of the enforcement item that governs the penalty (行政处罚法第三十七条)."""
    return RequiredVersion()


def column_of(row: Expression, column: str, path: str) -> Expression:
    """A column of a row another node found; ``path`` names it when it is not stated."""
    return ColumnOf(row, column, path)


def range_bound(version: Expression, bound: Any, base: Expression) -> Expression:
    """The bound (``min`` or ``max``) of the fine in fen that ``version`` allows for the party."""
    return RangeBound(version, bound, base)


def row_element(
    register: str, key: str, value: Any, elements: str, element_key: str, element: Any, column: str
) -> Expression:
    """``column`` of the element of a register row's list (the step of a benchmark)."""
    path = f"registers.{register}.{elements}"
    found = ElementWhere(row_value(register, key, value, elements), element_key, literal(element), path)
    return ColumnOf(found, column, f"{path}.{column}")


def date_after_working(start: Expression, n: int) -> Expression:
    """The n-th working day after ``start``, as ISO text."""
    return DateAfter(start, n, "wd")


def version_changed() -> Expression:
    """Whether the item's text changed between the act and the decision."""
    return VersionChanged()


def kind_of_day() -> Expression:
    """What the subject's day is: workday, weekend, holiday, rest or work."""
    return KindOfDay()


def at_night() -> Expression:
    """Whether the subject happened at night; unknown when only its date is stated."""
    return AtNight()


def verdict_of(form: Form) -> Expression:
    """What another requirement says of the same subject (``verdict_of(PERIOD).eq("breached")``: it has run out)."""
    return VerdictOf(form)


def earlier_in_any_matter(condition: Expression) -> Expression:
    """Whether an earlier event of the subject's activity, in any matter of the same party and violation, meets a condition.

    ``field`` reads that event, ``event(…)`` selects in its own matter.
    """
    return EarlierInAnyMatter(condition)

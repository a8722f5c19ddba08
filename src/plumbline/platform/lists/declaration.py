"""The declaration of a list: its columns, what identifies a row, where its rows are, and how a change becomes dated rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Protocol, runtime_checkable

from django.db.models import QuerySet

from plumbline.platform.identity.actor import Actor

from .cells import Cell
from .citations import Basis

Values = dict[str, Any]


class Kind(StrEnum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    END = "end"

    @property
    def label(self) -> str:
        return {"add": "新增", "change": "修改", "end": "终止"}[self.value]


class ChangeRefused(Exception):
    """A change cannot become rows for a reason that people can mend; shown as it stands."""


@dataclass(frozen=True)
class Column:
    """A column. ``shown``: in the table of the list page (all are on the row's own page and in the workbook).

    ``public``: it may leave in published forms of the list.
    """

    name: str
    heading: str
    cell: Cell
    required: bool = False
    help: str = ""
    example: str = ""
    shown: bool = True
    public: bool = True

    def show(self, values: Mapping[str, Any]) -> str:
        """The column of a row as text."""
        value = values.get(self.name)
        return "" if value in (None, [], "") else self.cell.show(value)


@dataclass(frozen=True)
class Row:
    """A row in force: whose it is, what it says, and from when to when."""

    agency: str
    values: Values
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Change:
    """One row before and after. ``key`` is the text form of its key columns."""

    key: str
    kind: Kind
    before: Values | None
    after: Values | None

    @property
    def either(self) -> Values:
        """What the row says afterwards; of an ended one, what it said."""
        return self.after if self.after is not None else (self.before or {})


class Table(Protocol):
    """Where the rows of a list are."""

    def rows(self, agency: str | None, on: date) -> Iterable[Row]:
        """The rows in force on a day, of one agency or of all, in the order of the list."""

    def apply(self, changes: Sequence[Change], *, agency: str, on: date, actor: Actor) -> None:
        """Make dated rows of the changes, in force from ``on``. Nothing is overwritten. Raises ChangeRefused."""


@runtime_checkable
class Kept(Protocol):
    """A table whose rows are rows of one model: it can be counted, paged and searched by the database."""

    def standing(self, agency: str | None, on: date) -> QuerySet[Any]:
        """The objects in force on a day, of one agency or of all, in the order of the list."""

    def row_of(self, each: Any) -> Row:
        """One object as a row."""


Check = Callable[[Values, str], Mapping[str, str]]


def _no_check(_values: Values, _agency: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Register:
    """A list. ``owner``: every agency has its own (``agency``), or there is one for the district (``district``).

    ``check(values, agency)`` says what is wrong across columns, by column name. ``may_keep`` are field look-ups on agencies that
    narrow who keeps such a list. ``row_url`` gives a row's own page, where it has one. ``public``: published versions may
    be read by everybody. ``links`` are further pages about the list, as label and address.
    """

    key: str
    title: str
    owner: Literal["agency", "district"]
    basis: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    table: Table
    order: int = 50
    about: str = ""
    unit: str = "行"
    may_keep: Mapping[str, Any] = field(default_factory=dict)
    check: Check = _no_check
    row_url: Callable[[Values], str] | None = None
    public: bool = True
    links: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        assert len(set(names)) == len(names), f"{self.key}: a column stands twice"
        assert set(self.keys) <= set(names), f"{self.key}: a key is no column"
        assert self.basis, f"{self.key} names no basis"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def key_of(self, values: Mapping[str, Any]) -> str:
        """The text that identifies a row within its agency's list."""
        return "|".join(self.column(name).show(values) for name in self.keys)

    def label_of(self, values: Mapping[str, Any]) -> str:
        """A row in a few words: its first two columns that say something."""
        said = [text for column in self.columns if (text := column.show(values))]
        return " ".join(said[:2])[:120]

    def content(self, agency: str, on: date) -> dict[str, Values]:
        """What an agency's list says on a day, by key."""
        return {self.key_of(row.values): row.values for row in self.table.rows(agency, on)}

    @property
    def basis_columns(self) -> tuple[str, ...]:
        """The columns whose articles are watched."""
        return tuple(column.name for column in self.columns if isinstance(column.cell, Basis))


_REGISTERS: dict[str, Register] = {}


def register(declared: Register) -> Register:
    """Declare a list; called from the owning app's ``lists.py``."""
    if declared.key in _REGISTERS:
        raise ValueError(f"list {declared.key} is declared twice")
    _REGISTERS[declared.key] = declared
    return declared


def registers() -> list[Register]:
    """All lists, in order."""
    return sorted(_REGISTERS.values(), key=lambda each: (each.order, each.key))


def find_register(key: str) -> Register | None:
    return _REGISTERS.get(key)

"""Differences between contents of a list: from one to another, one after the other, and backwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .declaration import Change, Column, Kind, Register, Values


def between(before: Mapping[str, Values], after: Mapping[str, Values], *, whole: bool) -> list[Change]:
    """What leads from one content to another. Not ``whole``: rows that ``after`` leaves out stay as they are."""
    found = [
        change
        for key, values in after.items()
        if (change := change_of(key, before.get(key), values)) is not None
    ]
    if whole:
        found += [Change(key, Kind.END, values, None) for key, values in before.items() if key not in after]
    return found


def change_of(key: str, before: Values | None, after: Values | None) -> Change | None:
    """The change of one row, or None where nothing changes."""
    old, new = _said(before), _said(after)
    if old == new:
        return None
    if before is None:
        return Change(key, Kind.ADD, None, after)
    return Change(key, Kind.END if after is None else Kind.CHANGE, before, after)


def _said(values: Values | None) -> Values | None:
    """A row without what it leaves empty: a column that came later is no change."""
    if values is None:
        return None
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def one_after_another(steps: Iterable[Sequence[Change]]) -> list[Change]:
    """Several sets of changes as one: the first ``before`` and the last ``after`` of each row."""
    first: dict[str, Values | None] = {}
    last: dict[str, Values | None] = {}
    for changes in steps:
        for change in changes:
            first.setdefault(change.key, change.before)
            last[change.key] = change.after
    found = (change_of(key, first[key], last[key]) for key in first)
    return [change for change in found if change is not None]


def backwards(changes: Iterable[Change]) -> list[Change]:
    """The changes that undo some."""
    found = (change_of(change.key, change.after, change.before) for change in changes)
    return [change for change in found if change is not None]


@dataclass(frozen=True)
class CellChange:
    """A cell before and after, as text."""

    column: Column
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


def cells_of(register: Register, change: Change) -> list[CellChange]:
    """The cells of a change that matter: of a changed row those that differ, else all that say something."""
    cells = [
        CellChange(column, column.show(change.before or {}), column.show(change.after or {}))
        for column in register.columns
    ]
    if change.kind == Kind.CHANGE:
        return [cell for cell in cells if cell.differs]
    return [cell for cell in cells if cell.before or cell.after]

"""Lists whose rows are rows of a dated model: a new version ends the old one the day before and is another row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q

from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.registers import registers_changed

from .declaration import Change, ChangeRefused, Kind, Row, Values

After = Callable[[Sequence[tuple[models.Model | None, models.Model | None]], date, Actor], None]


@dataclass(frozen=True)
class DatedTable:
    """``read(object) -> values`` and ``write(values) -> fields`` translate; ``agency`` is the column that says whose it is.

    ``key`` gives, of a row's values, the look-ups that find its object (within the agency). ``after`` is told the pairs (ended,
    begun) once they are written. ``valid_from`` and ``valid_to`` name the model's first and last day; ``extra`` narrows the rows.
    An empty ``agency`` is for lists of the district. ``after_additions``: ``after`` is told of rows that replace none, too.
    """

    model: type[models.Model]
    read: Callable[[Any], Values]
    write: Callable[[Values], dict[str, Any]]
    key: Callable[[Values], Mapping[str, Any]]
    agency: str = "agency_id"
    order: tuple[str, ...] = ("pk",)
    related: tuple[str, ...] = ()
    extra: Mapping[str, Any] | None = None
    after: After | None = None
    valid_from: str = "valid_from"
    valid_to: str = "valid_to"
    told_to_rules: bool = False
    after_additions: bool = False

    def _in_force(self, on: date) -> models.QuerySet[Any]:
        dated = Q(**{f"{self.valid_from}__lte": on}) & (
            Q(**{f"{self.valid_to}__isnull": True}) | Q(**{f"{self.valid_to}__gte": on})
        )
        rows = self.model._default_manager.filter(dated, **(self.extra or {}))
        return rows.select_related(*self.related) if self.related else rows

    def standing(self, agency: str | None, on: date) -> models.QuerySet[Any]:
        """The objects in force on a day, of one agency or of all, in the order of the list."""
        found = self._in_force(on)
        if agency is not None and self.agency:
            found = found.filter(**{self.agency: agency})
        return found.order_by(*self.order)

    def row_of(self, each: Any) -> Row:
        return Row(
            getattr(each, self.agency) if self.agency else "",
            self.read(each),
            getattr(each, self.valid_from),
            getattr(each, self.valid_to),
        )

    def rows(self, agency: str | None, on: date) -> Iterable[Row]:
        # In parts: a page of a long list takes the first few and leaves the rest unread.
        for each in self.standing(agency, on).iterator(chunk_size=500):
            yield self.row_of(each)

    def count(self, agency: str | None, on: date) -> int:
        return self.standing(agency, on).count()

    def counts(self, on: date) -> dict[str, int]:
        """How many rows each agency has; of a district's list under no agency."""
        if not self.agency:
            return {"": self._in_force(on).count()}
        found = self._in_force(on).order_by().values_list(self.agency)
        return dict(found.annotate(n=models.Count("pk")))

    def apply(self, changes: Sequence[Change], *, agency: str, on: date, actor: Actor) -> None:
        """End what is changed or ended the day before ``on``, and begin what is added or changed on that day."""
        known = self._by_key(agency, on)
        ended: list[models.Model] = []
        begun: list[models.Model] = []
        pairs: list[tuple[models.Model | None, models.Model | None]] = []
        for change in changes:
            old = known.get(self._name(change.either if change.before is None else change.before))
            if (old is None) != (change.kind == Kind.ADD):
                state = "已经在清单上" if old is not None else "不在生效的清单上"
                raise ChangeRefused(f"“{change.key}”{state}，可能刚被改过。请退回，重新核对这一行")
            if old is not None:
                if getattr(old, self.valid_from) >= on:
                    raise ChangeRefused(
                        f"“{change.key}”自 {getattr(old, self.valid_from)} 起生效，新的内容不能在同一天或更早生效。请把生效日期改到以后"
                    )
                setattr(old, self.valid_to, on - timedelta(days=1))
                ended.append(old)
            new = None
            if change.after is not None:
                given = self.write(change.after) | dict(self.extra or {}) | {self.valid_from: on}
                if self.agency:
                    given[self.agency] = agency
                new = self.model(**given)
                begun.append(new)
            pairs.append((old, new))
        update_rows(ended, [self.valid_to])
        if self.after is None:
            insert_rows(begun)
        else:
            # What replaces another needs its key, for what is carried over; most rows of a first version replace none.
            told = [pair for pair in pairs if pair[0] is not None or self.after_additions]
            replacing = [new for _, new in told if new is not None]
            if not self.after_additions:
                insert_rows([new for old, new in pairs if old is None and new is not None])
            self.model._default_manager.bulk_create(replacing, batch_size=1000)
            self.after(told, on, actor)
        if self.told_to_rules:
            registers_changed()

    def _name(self, values: Values) -> tuple[Any, ...]:
        return tuple(sorted(self.key(values).items()))

    def _by_key(self, agency: str, on: date) -> dict[tuple[Any, ...], Any]:
        """The rows that a change can end: in force on the day, by what identifies them."""
        found = self._in_force(on)
        if self.agency:
            found = found.filter(**{self.agency: agency})
        return {self._name(self.read(each)): each for each in found}

"""What the pages show of lists: rows as text, who is behind, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet

from plumbline.platform.bigrams import normal
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists import Column, Kept, Register, Row
from plumbline.platform.lists.cells import remembered
from plumbline.platform.ui.components import Tag

from .keepers import keepers
from .models import OPEN, ArticleWatch, Revision, State
from .searching import narrowed, refresh

STATE_TAGS = {
    State.DRAFT: Tag("起草中", "blu"),
    State.SUBMITTED: Tag("待审核", "amb"),
    State.RETURNED: Tag("已退回", "red"),
    State.APPROVED: Tag("待公布", "amb"),
    State.PUBLISHED: Tag("已公布", "grn"),
    State.WITHDRAWN: Tag("已撤销", "gry"),
}


@dataclass(frozen=True)
class Wanted:
    """The filter of a list page: whose rows, on which day, with which words; ``public`` as everybody may search."""

    register: Register
    on: date
    agency: str = ""
    words: str = ""
    public: bool = False

    @property
    def said(self) -> str:
        """The filter in words, for the first sheet of an export."""
        parts = [f"清单：{self.register.title}", f"{self.on} 有效"]
        if self.agency:
            parts.append(f"机关：{Agency.objects.get(pk=self.agency).short_name}")
        if self.words:
            parts.append(f"含“{self.words}”")
        return "；".join(parts)

    def rows(self) -> Iterator[Row]:
        yield from self._rows()

    def _rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        table = self.register.table
        if not isinstance(table, Kept):
            found = self._filtered(table.rows(self.agency or None, self.on))
            yield from islice(found, start, end)
        elif not self.words:
            standing = table.standing(self.agency or None, self.on)
            yield from map(table.row_of, standing[start:end].iterator(chunk_size=500))
        elif self._tells_all:
            yield from map(table.row_of, self._narrowed(table)[start:end].iterator(chunk_size=500))
        else:
            rows = map(table.row_of, self._narrowed(table).iterator(chunk_size=500))
            yield from islice(self._filtered(rows), start, end)

    @property
    def _columns(self) -> tuple[Column, ...]:
        """The columns that are searched: of what everybody may read, those that may leave."""
        return tuple(each for each in self.register.columns if each.public or not self.public)

    @property
    def _tells_all(self) -> bool:
        return len(self._columns) == len(self.register.columns)

    def _narrowed(self, table: Kept) -> QuerySet[Any]:
        standing = table.standing(self.agency or None, self.on)
        # Within one request the page and its number ask for the same.
        remembered(
            ("words", self.register.key, self.agency, self.on), lambda: refresh(self.register, standing)
        )
        return narrowed(self.register, standing, self.words)

    def _filtered(self, rows: Iterable[Row]) -> Iterator[Row]:
        wanted, columns = normal(self.words), self._columns
        for row in rows:
            if not wanted or any(wanted in normal(column.show(row.values)) for column in columns):
                yield row

    def count(self) -> int:
        table = self.register.table
        if not isinstance(table, Kept) or (self.words and not self._tells_all):
            return sum(1 for _ in self._rows())
        if self.words:
            return self._narrowed(table).count()
        return table.standing(self.agency or None, self.on).count()

    def page(self, start: int, size: int) -> list[Row]:
        return list(self._rows(start, start + size))


@dataclass(frozen=True)
class ShownRow:
    """A row as the page draws it."""

    agency: str
    agency_name: str
    key: str
    url: str
    cells: tuple[tuple[str, str], ...]  # heading, text
    since: date | None


def row_address(register: Register, agency: str, key: str, on: date | None = None) -> str:
    given = {"agency": agency, "key": key} | ({"on": on.isoformat()} if on else {})
    return f"/registers/{register.key}/row?{urlencode(given)}"


def shown(register: Register, rows: Iterable[Row], names: dict[str, str]) -> list[ShownRow]:
    columns = [column for column in register.columns if column.shown]
    found = []
    for row in rows:
        key = register.key_of(row.values)
        url = register.row_url(row.values) if register.row_url else row_address(register, row.agency, key)
        cells = tuple((column.heading, column.show(row.values)) for column in columns)
        found.append(ShownRow(row.agency, names.get(row.agency, ""), key, url, cells, row.since))
    return found


def agency_names() -> dict[str, str]:
    return dict(Agency.objects.values_list("code", "short_name"))


@dataclass(frozen=True)
class Standing:
    """How one agency stands with a list."""

    agency: Agency
    version: Revision | None
    rows: int
    revision: Revision | None
    watches: int

    @property
    def tag(self) -> Tag:
        if self.rows == 0 and self.version is None:
            return Tag("没有清单", "red")
        if self.watches:
            return Tag(f"{self.watches} 处依据变动待核对", "red")
        if self.revision is not None and self.revision.state == State.RETURNED:
            return Tag("退回未改", "amb")
        return Tag("正常", "grn")

    @property
    def is_behind(self) -> bool:
        return self.tag.colour != "grn"

    @property
    def revision_tag(self) -> Tag | None:
        return STATE_TAGS[State(self.revision.state)] if self.revision else None


def standings(register: Register, on: date) -> list[Standing]:
    """Every agency that should have the list: those that are behind first."""
    own = register.owner == "agency"
    counting = getattr(register.table, "counts", None)
    counts: Counter[str] = Counter(counting(on) if counting else {})
    if counting is None:
        counts.update(row.agency if own else "" for row in register.table.rows(None, on))
    newest, under_way, watches = remembered("progress of all lists", _progress)
    found = [
        Standing(
            agency,
            newest.get((register.key, agency.code)),
            counts[agency.code if own else ""],
            under_way.get((register.key, agency.code)),
            watches.get((register.key, agency.code), 0),
        )
        for agency in keepers(register)
    ]
    return sorted(found, key=lambda each: (not each.is_behind, each.agency.code))


Place = tuple[str, str]


def _progress() -> tuple[dict[Place, Revision], dict[Place, Revision], dict[Place, int]]:
    """Of every list and agency: the newest version, the revision under way, and how many changed articles wait."""
    newest: dict[Place, Revision] = {}
    under_way: dict[Place, Revision] = {}
    rows = Revision.objects.unscoped("各机关清单的进度人人可看").filter(state__in=[State.PUBLISHED, *OPEN])
    for each in rows.order_by("number", "pk"):
        (newest if each.state == State.PUBLISHED else under_way)[each.register, each.agency_id] = each
    watches: dict[Place, int] = {}
    waiting = ArticleWatch.objects.unscoped("各机关清单的进度人人可看").filter(settled_at=None)
    for place in waiting.values_list("register", "agency_id"):
        watches[place] = watches.get(place, 0) + 1
    return newest, under_way, watches

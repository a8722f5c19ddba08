"""The registry itself: declarations of pages, datasets, feeds, permanent links and searches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse

Cell = str | int | Decimal | date | datetime | None
KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
TYPES = {"text": "文字", "number": "数字", "date": "日期", "moment": "时刻", "url": "网址"}


@dataclass(frozen=True)
class Licence:
    """On what terms data may be used. The publisher decides them; this is the house's own proposal, not a law."""

    name: str
    text: str


OPEN_LICENCE = Licence(
    "署名使用",
    "可以免费查阅、复制、再利用和再传播。请写明来源、数据集名称和更新日期，不要改变原意；不得用来识别、跟踪自然人。",
)


@dataclass(frozen=True)
class PublicPage:
    """A page that needs no log-in. ``count`` is one cheap query; ``door`` puts it on the home page, ``front`` into the
    first row there (four at most are read), ``short`` into the menu.
    """

    key: str
    label: str
    url_name: str
    about: str = ""
    order: int = 100
    door: bool = False
    short: str = ""
    front: bool = False
    count: Callable[[], int] | None = None
    unit: str = "项"

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Column:
    """A column: ``key`` in JSON (never renamed), ``label`` at the head of the table and in CSV."""

    key: str
    label: str
    type: str = "text"
    about: str = ""


@dataclass(frozen=True)
class Dataset:
    """A table to take away. ``rows`` gives a cell for each column, in order; it is read as it is sent.

    ``version`` changes whenever the bytes would: the file is then sent again instead of 「not modified」.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[Cell]]]
    updated_on: Callable[[], date | None]
    about: str = ""
    publisher: str = ""
    basis: str = ""
    page: str = ""
    count: Callable[[], int] | None = None
    version: Callable[[], str] | None = None
    licence: Licence = OPEN_LICENCE
    order: int = 100


@dataclass(frozen=True)
class Entry:
    """One piece of news. ``path`` is its permanent link and its identity."""

    path: str
    title: str
    summary: str
    at: datetime
    author: str = ""


@dataclass(frozen=True)
class Feed:
    """The newest entries first, at most fifty; ``path`` is the page where the same is listed."""

    key: str
    title: str
    path: str
    entries: Callable[[], Iterable[Entry]]
    about: str = ""
    order: int = 100


@dataclass(frozen=True)
class Addresses:
    """Permanent links for search engines: ``(path, last changed)`` from ``first`` on, at most ``number`` of them."""

    key: str
    part: Callable[[int, int], Iterable[tuple[str, date | None]]]
    count: Callable[[], int]


@dataclass(frozen=True)
class Hit:
    title: str
    path: str
    about: str = ""


@dataclass(frozen=True)
class Found:
    """What a search of one kind gave: the first few, how many in words, and where all of them are listed."""

    label: str
    hits: tuple[Hit, ...]
    total: str
    path: str


Finder = Callable[[str], Found | None]


@dataclass
class _Open:
    pages: dict[str, PublicPage] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    feeds: dict[str, Feed] = field(default_factory=dict)
    addresses: dict[str, Addresses] = field(default_factory=dict)
    finders: dict[str, tuple[int, Finder]] = field(default_factory=dict)


_OPEN = _Open()


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError(
            f"{key}: a key is 2 to 40 small letters, digits and hyphens; it stands in an address"
        )
    return key


def open_page(page: PublicPage) -> PublicPage:
    _OPEN.pages[_checked(page.key)] = page
    return page


def open_dataset(made: Dataset) -> Dataset:
    keys = [column.key for column in made.columns]
    wrong = [column.type for column in made.columns if column.type not in TYPES]
    if len(set(keys)) != len(keys) or wrong:
        raise ValueError(f"{made.key}: a column twice, or of an unknown type {wrong}")
    _OPEN.datasets[_checked(made.key)] = made
    return made


def open_feed(made: Feed) -> Feed:
    _OPEN.feeds[_checked(made.key)] = made
    return made


def open_addresses(made: Addresses) -> Addresses:
    _OPEN.addresses[_checked(made.key)] = made
    return made


def open_finder(key: str, *, order: int) -> Callable[[Finder], Finder]:
    """Register ``find(words) -> Found or None`` for the one search box; it must answer from an index."""

    def keep(find: Finder) -> Finder:
        _OPEN.finders[_checked(key)] = (order, find)
        return find

    return keep


def _ordered(found: dict[str, Any]) -> list[Any]:
    return sorted(found.values(), key=lambda each: (each.order, each.key))


def pages() -> list[PublicPage]:
    """Every public page whose address exists, in order."""
    return [page for page in _ordered(_OPEN.pages) if _has_address(page)]


def _has_address(page: PublicPage) -> bool:
    try:
        return bool(page.url)
    except NoReverseMatch:
        return False


def doors() -> list[PublicPage]:
    return [page for page in pages() if page.door]


def menu() -> list[PublicPage]:
    return [page for page in pages() if page.short]


def datasets() -> list[Dataset]:
    return _ordered(_OPEN.datasets)


def dataset(key: str) -> Dataset | None:
    return _OPEN.datasets.get(key)


def feeds() -> list[Feed]:
    return _ordered(_OPEN.feeds)


def feed(key: str) -> Feed | None:
    return _OPEN.feeds.get(key)


def addresses() -> dict[str, Addresses]:
    return dict(_OPEN.addresses)


def found_for(words: str) -> list[Found]:
    """What every app found for some words, in order; those that found nothing are left out."""
    ordered = sorted(_OPEN.finders.values(), key=lambda each: each[0])
    return [found for _, find in ordered if (found := find(words)) and found.hits]

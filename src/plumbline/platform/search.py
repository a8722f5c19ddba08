"""One search box over everything an actor may see. Apps register a source each; permissions apply before counting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from plumbline.platform.identity.actor import Actor
from plumbline.platform.paging import how_many

SHOWN = 10
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Hit:
    """A thing found: its name, what it is, where it is."""

    title: str
    url: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class Found:
    """What one source found. ``count`` is a text (「1000+」), ``url`` its own list with the same words."""

    key: str
    label: str
    hits: Sequence[Hit]
    count: str
    url: str = ""


Source = Callable[[Actor, str], "Found | None"]
_SOURCES: dict[str, tuple[int, Source]] = {}


def search_source(key: str, *, order: int) -> Callable[[Source], Source]:
    """Register ``find(actor, words) -> Found or None``; it looks only at what the actor may see."""

    def keep(find: Source) -> Source:
        _SOURCES[key] = (order, find)
        return find

    return keep


def first_of(
    key: str, label: str, rows: QuerySet[M], hit: Callable[[M], Hit], *, listed: str, words: str
) -> Found | None:
    """The first of ``rows``, as they are ordered, and how many there are; ``listed`` is the list that shows them all."""
    shown = list(rows[:SHOWN])
    if not shown:
        return None
    count = str(len(shown)) if len(shown) < SHOWN else how_many(rows)
    return Found(key, label, [hit(row) for row in shown], count, f"{listed}?{urlencode({'q': words})}")


def search_everywhere(actor: Actor, words: str) -> list[Found]:
    """What every source finds, in order; sources without a hit are left out."""
    found = [find(actor, words) for _, find in sorted(_SOURCES.values(), key=lambda each: each[0])]
    return [each for each in found if each is not None and each.hits]

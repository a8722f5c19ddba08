"""Things that cite articles and change from day to day (normative documents): told by their app for the actor who asks.

They are not confirmed by the library's own form: their app has a task of its own for a basis that changed. The library
lists them beside what is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from plumbline.platform.identity.actor import Actor


@dataclass(frozen=True)
class LiveCiter:
    """``law`` is the short title, ``changed`` says what happened to the article since, empty where nothing did."""

    law: str
    article: str
    key: str
    label: str
    url: str
    changed: str = ""


Source = Callable[[Actor], Iterable[LiveCiter]]
_SOURCES: dict[str, Source] = {}


def register_citers(label: str) -> Callable[[Source], Source]:
    """Register what an actor may see of an app's citing things, under a heading."""

    def keep(load: Source) -> Source:
        _SOURCES[label] = load
        return load

    return keep


def live_citers(actor: Actor) -> list[tuple[str, list[LiveCiter]]]:
    """Everything that cites, by heading."""
    return [(label, list(load(actor))) for label, load in _SOURCES.items()]


def live_citers_of(actor: Actor, law: str, number: str) -> list[tuple[str, list[LiveCiter]]]:
    """What cites one article."""
    found = [
        (label, [each for each in citing if (each.law, each.article) == (law, number)])
        for label, citing in live_citers(actor)
    ]
    return [(label, each) for label, each in found if each]


def changed_citers(actor: Actor) -> list[tuple[str, list[LiveCiter]]]:
    """What cites an article that changed and waits for somebody to look."""
    found = [(label, [each for each in citing if each.changed]) for label, citing in live_citers(actor)]
    return [(label, each) for label, each in found if each]

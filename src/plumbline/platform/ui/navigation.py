"""The menu: apps register entries; an actor sees those of its capabilities, at most eight on the rail, four on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from plumbline.platform.identity.actor import Actor

Counter = Callable[[Actor], int]
RAIL = 8
BAR = 4


@dataclass(frozen=True)
class Entry:
    """A menu entry. It is shown to holders of any of ``capabilities`` (to everyone who is logged in when empty)."""

    label: str
    url_name: str
    order: int
    capabilities: tuple[str, ...] = ()
    administrator: str = ""
    counter: Counter | None = None


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    count: int
    current: bool


_ENTRIES: dict[str, Entry] = {}


def register_entry(
    label: str,
    url_name: str,
    *,
    order: int,
    capabilities: tuple[str, ...] = (),
    administrator: str = "",
    counter: Counter | None = None,
) -> None:
    """Add an entry; ``counter(actor)`` gives the number behind it and has to be one cheap query."""
    _ENTRIES[url_name] = Entry(label, url_name, order, capabilities, administrator, counter)


def links_for(actor: Actor, path: str) -> list[Link]:
    """The entries an actor sees, in order; the longest address that begins the path is the current one."""
    if actor.person_id is None:
        return []
    wanted = [entry for entry in sorted(_ENTRIES.values(), key=lambda e: e.order) if _shown(entry, actor)][
        :RAIL
    ]
    found: list[tuple[Entry, str]] = []
    for entry in wanted:
        try:
            found.append((entry, reverse(entry.url_name)))
        except NoReverseMatch:
            continue
    matching = [url for _, url in found if path == url or path.startswith(url.rstrip("/") + "/")]
    current = max(matching, key=len, default="")
    return [
        Link(entry.label, url, entry.counter(actor) if entry.counter else 0, url == current)
        for entry, url in found
    ]


def _shown(entry: Entry, actor: Actor) -> bool:
    if entry.administrator:
        return actor.administrator == entry.administrator
    return not entry.capabilities or any(actor.can(capability) for capability in entry.capabilities)

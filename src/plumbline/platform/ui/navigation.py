"""The menu: apps register entries; an actor sees those of its capabilities. The rail holds eight, a phone four; the last of more
leads to the page of all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from plumbline.platform.identity.actor import Actor

Counter = Callable[[Actor], int]
RAIL = 8
BAR = 4
MORE, MORE_URL = "更多", "/menu"


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
    """The links of the rail, in order; the longest address that begins the path is the current one."""
    if actor.person_id is None:
        return []
    found = _found(actor)
    matching = [url for _, url in found if path == url or path.startswith(url.rstrip("/") + "/")]
    current = max(matching, key=len, default="")
    if len(found) <= RAIL:
        return [_link(actor, entry, url, current) for entry, url in found]
    kept = found[: RAIL - 1]
    inside = path == MORE_URL or (current != "" and current not in {url for _, url in kept})
    return [
        *(_link(actor, entry, url, current) for entry, url in kept),
        Link(MORE, MORE_URL, 0, inside),
    ]


def every_link(actor: Actor) -> list[Link]:
    """Everything the actor's posts open, for the page behind 「更多」."""
    return [_link(actor, entry, url, "") for entry, url in _found(actor)]


def on_a_phone(links: list[Link]) -> list[Link]:
    """The bar at the bottom: four, and the way to the rest."""
    rest = [Link(MORE, MORE_URL, 0, any(link.current for link in links[BAR:]))]
    return links if len(links) <= BAR else [*links[:BAR], *rest]


def _found(actor: Actor) -> list[tuple[Entry, str]]:
    found: list[tuple[Entry, str]] = []
    for entry in sorted(_ENTRIES.values(), key=lambda e: e.order):
        if _shown(entry, actor):
            try:
                found.append((entry, reverse(entry.url_name)))
            except NoReverseMatch:
                continue
    return found


def _link(actor: Actor, entry: Entry, url: str, current: str) -> Link:
    return Link(entry.label, url, entry.counter(actor) if entry.counter else 0, url == current)


def _shown(entry: Entry, actor: Actor) -> bool:
    if entry.administrator:
        return actor.administrator == entry.administrator
    return not entry.capabilities or any(actor.can(capability) for capability in entry.capabilities)

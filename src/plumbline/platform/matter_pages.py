"""Where a matter is shown that is no case: its app says what it is called and its address, as far as the actor may see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plumbline.platform.identity.actor import Actor


@dataclass(frozen=True)
class MatterPage:
    """What a matter is, what it is called, and its page."""

    kind: str
    title: str
    url: str


Finder = Callable[[Actor, str], "MatterPage | None"]
_FINDERS: list[Finder] = []


def matter_page(find: Finder) -> Finder:
    """Register ``find(actor, matter_id)``; it must cost one query at most and nothing for ids of other kinds."""
    _FINDERS.append(find)
    return find


def page_of(actor: Actor, matter_id: str) -> MatterPage | None:
    """The page of a matter, or None where no app knows it or the actor may not see it."""
    return next((found for find in _FINDERS if (found := find(actor, matter_id)) is not None), None)

"""Tabs and head buttons of the case page that other apps own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.platform.identity.actor import Actor

if TYPE_CHECKING:
    from .models import Case

PanelLoader = Callable[[Actor, "Case"], dict[str, Any]]


@dataclass(frozen=True)
class Panel:
    """A tab of the case page. ``load`` returns the template's context, with ``count`` for the tab's number.

    ``load`` runs only for the tab that is shown; ``count``, where given, is the number beside the label of any tab.
    """

    key: str
    label: str
    template: str
    load: PanelLoader
    order: int
    count: Callable[[Actor, Case], int] | None = None


@dataclass(frozen=True)
class HeadLink:
    """A button at the head of the case page; ``url`` gives its address for a case, or "" to leave it out."""

    key: str
    label: str
    url: Callable[[Actor, Case], str]


_PANELS: dict[str, Panel] = {}
_LINKS: dict[str, HeadLink] = {}


def register_panel(
    key: str,
    *,
    label: str,
    template: str,
    order: int,
    count: Callable[[Actor, Case], int] | None = None,
) -> Callable[[PanelLoader], PanelLoader]:
    """Register ``load(actor, case)`` as the tab ``key`` of the case page."""

    def keep(load: PanelLoader) -> PanelLoader:
        _PANELS[key] = Panel(key, label, template, load, order, count)
        return load

    return keep


def panels() -> list[Panel]:
    return sorted(_PANELS.values(), key=lambda panel: panel.order)


def register_link(
    key: str, *, label: str
) -> Callable[[Callable[[Actor, Case], str]], Callable[[Actor, Case], str]]:
    """Register a button at the head of the case page."""

    def keep(url: Callable[[Actor, Case], str]) -> Callable[[Actor, Case], str]:
        _LINKS[key] = HeadLink(key, label, url)
        return url

    return keep


def links() -> list[HeadLink]:
    return list(_LINKS.values())

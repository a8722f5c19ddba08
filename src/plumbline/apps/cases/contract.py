"""What other apps may use of casework.

* ``register_panel``: a tab of the case page (文书, 证据, 监督, 公示), filled by the app that owns its data.
* ``case_of``: the case of a matter, as far as the actor may see it.
* ``record_step``: append an event to a case on behalf of another app, guarded by the gate rules.
"""

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
    """A tab of the case page. ``load`` returns the template's context, with ``count`` for the tab's number."""

    key: str
    label: str
    template: str
    load: PanelLoader
    order: int


_PANELS: dict[str, Panel] = {}


def register_panel(key: str, *, label: str, template: str, order: int) -> Callable[[PanelLoader], PanelLoader]:
    """Register ``load(actor, case)`` as the tab ``key`` of the case page."""

    def keep(load: PanelLoader) -> PanelLoader:
        _PANELS[key] = Panel(key, label, template, load, order)
        return load

    return keep


def panels() -> list[Panel]:
    return sorted(_PANELS.values(), key=lambda panel: panel.order)

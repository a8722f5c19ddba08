"""Short accounts that other apps put beside a proposal, on the pages of its approval and its legal review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.platform.identity.actor import Actor

if TYPE_CHECKING:
    from .models import Case

BriefLoader = Callable[[Actor, "Case"], "dict[str, Any] | None"]


@dataclass(frozen=True)
class Brief:
    """A section: ``load`` gives the context of its ``template`` under the name ``brief``, or None to leave it out.

    ``steps`` are the steps beside whose proposal it stands.
    """

    key: str
    label: str
    template: str
    steps: tuple[str, ...]
    load: BriefLoader


_BRIEFS: dict[str, Brief] = {}


def register_brief(
    key: str, *, label: str, template: str, steps: tuple[str, ...]
) -> Callable[[BriefLoader], BriefLoader]:
    """Register ``load(actor, case)`` as a section of the pages on which ``steps`` are approved or reviewed."""

    def keep(load: BriefLoader) -> BriefLoader:
        _BRIEFS[key] = Brief(key, label, template, steps, load)
        return load

    return keep


def briefs_for(actor: Actor, case: Case, step: str) -> list[tuple[Brief, dict[str, Any]]]:
    """The sections that have something to say about a step of a case."""
    found = []
    for brief in _BRIEFS.values():
        if step not in brief.steps:
            continue
        context = brief.load(actor, case)
        if context is not None:
            found.append((brief, context))
    return found

"""Matters that hang on a case (a reconsideration, a lawsuit) and send their steps through the case's approvals.

The app that owns such a matter registers its kinds; a request then names the matter in ``attached_to`` and its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.packs.procedures import Procedure, Step
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor

from .models import StepRequest
from .reading import MatterFile


class Attached(Protocol):
    """An attached matter as the approvals need it: its file, its name, its route, how a step is recorded."""

    @property
    def file(self) -> MatterFile: ...
    @property
    def label(self) -> str: ...
    @property
    def route(self) -> str: ...

    def carry_out(
        self,
        actor: Actor,
        step: Step,
        *,
        data: Mapping[str, Any],
        details: Mapping[str, Any],
        occurred: date | datetime,
    ) -> StoredEvent: ...

    def moved(self) -> None:
        """Bring the matter's own row in line with what became of a request."""


@dataclass(frozen=True)
class AttachedKind:
    """What an app registers: the contract's kinds, their procedures, the page of a matter, and how one is read.

    ``open`` reads the matter; ``carry_out`` locks its row.
    """

    kinds: frozenset[str]
    procedures: tuple[Procedure, ...]
    page: Callable[[str], str]
    open: Callable[[str], Attached]


_KINDS: list[AttachedKind] = []


def register_attached(kind: AttachedKind) -> None:
    _KINDS.append(kind)


def _kind_of(request: StepRequest) -> AttachedKind:
    return next(each for each in _KINDS if request.kind in each.kinds)


def attached_behind(request: StepRequest) -> Attached | None:
    """The attached matter that a request is about; None when it is about the case itself."""
    return _kind_of(request).open(request.attached_to) if request.attached_to else None


def home_of(request: StepRequest) -> str:
    """The page of the matter that a request is about."""
    if request.attached_to:
        return _kind_of(request).page(request.attached_to)
    return f"/cases/{request.case.matter_id}"


def step_behind(request: StepRequest) -> Step | None:
    """The declaration of the step that a request proposes, the latest where a procedure has several versions."""
    declared = _kind_of(request).procedures if request.attached_to else PROCEDURES
    found = [each.steps[request.step] for each in declared if request.step in each.steps]
    return found[-1] if found else None


def label_of(request: StepRequest) -> str:
    """What the step of a request is called."""
    step = step_behind(request)
    return step.label if step else request.step


def approved_steps() -> dict[str, str]:
    """Every step that needs approval, of cases and of what hangs on them: key and name."""
    declared = (*PROCEDURES, *(each for kind in _KINDS for each in kind.procedures))
    return {step.key: step.label for each in declared for step in each.steps.values() if step.approval}

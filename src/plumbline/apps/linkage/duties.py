"""What somebody has to do now in a linkage, and on which side: kept in the row, so that desks need no look at events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from plumbline.apps.cases.contract import Clock, earliest, open_clocks
from plumbline.apps.paperwork.contract import Called
from plumbline.packs.procedures import Step
from plumbline.packs.transfer.procedures import LEADER

from .documents import called_for
from .gates import shut, waits_for_paper
from .limits import basis_of
from .models import Stage
from .progress import progress_of, stage_of, step_clock
from .reading import LinkageFile


@dataclass(frozen=True)
class Duty:
    """One thing to do. Days are ISO text, so that the row can keep it; ``due_at`` is the instant of an hour's clock.

    ``unit`` is of the law's own count, ``side`` says whose it is.
    """

    key: str
    title: str
    where: str
    side: str
    url: str
    verb: str = "办理"
    basis: str = ""
    due_on: str = ""
    due_at: str = ""
    unit: str = ""
    rule: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        return asdict(self)


def duties(file: LinkageFile, clocks: Sequence[Clock]) -> list[Duty]:
    """The next legal step, every other open step with a clock of its own, and the papers that wait for a signature."""
    if stage_of(file) in {Stage.CLOSED, Stage.VOID}:
        return _signatures(file, {})
    running = open_clocks(clocks)
    leading = progress_of(file, clocks).next_step
    found = [_of_step(file, leading, step_clock(leading, running, file))] if leading is not None else []
    spoken = set(leading.settles) if leading is not None else set()
    for step in file.procedure.steps.values():
        settled = step_clock(step, running, file)
        if step is leading or settled is None or settled.rule in spoken or shut(step, file) is not None:
            continue
        spoken.add(settled.rule)
        found.append(_of_step(file, step, settled))
    found += _signatures(file, running)
    return sorted(found, key=lambda duty: duty.due_on or "9999")


def _of_step(file: LinkageFile, step: Step, settled: Clock | None) -> Duty:
    return Duty(
        key=f"step:{step.key}",
        title=step.label,
        where=file.procedure.phase(step.phase).label,
        side=step.capability,
        url=f"{file.page}/steps/{step.key}",
        verb="决定" if step.capability == LEADER and step.key == "approved" else "办理",
        basis=basis_of(settled.rule) if settled else step.basis,
        **_due(settled),
    )


def _signatures(file: LinkageFile, running: dict[str, Clock]) -> list[Duty]:
    """The papers that wait for a signature. Where nothing can be sent without them, the hours of sending are theirs too."""
    waiting = [s for s in file.procedure.steps.values() if waits_for_paper(s, file)]
    held = earliest(step_clock(step, running, file) for step in waiting)
    return [_to_sign(file, called, held) for called in called_for(file) if called.entry.document is None]


def _to_sign(file: LinkageFile, called: Called, held: Clock | None) -> Duty:
    return Duty(
        key=f"sign:{called.paper.code}:{called.entry.pk}",
        title=f"签发{called.paper.title}",
        where="文书",
        side="sign",
        url=f"{file.page}/documents/{called.paper.code}/{called.entry.event_id}",
        verb="签发",
        basis=basis_of(held.rule) if held else called.step.basis,
        **_due(held),
    )


def _due(settled: Clock | None) -> dict[str, str]:
    if settled is None:
        return {}
    return {
        "due_on": settled.due_on.isoformat() if settled.due_on else "",
        "due_at": settled.due if len(settled.due) > len("2026-01-01") else "",
        "unit": settled.unit,
        "rule": settled.rule,
    }

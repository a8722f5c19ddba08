"""Papers that the steps of a matter call for: composed from what the step recorded, read, signed once, frozen.

The app that runs the matter says which papers there are and what each tells; calling for them, their gaps and signing are here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor

from .actions import issue
from .models import Document

Fact = dict[str, str]


def line(text: str) -> Fact:
    """A paragraph without a label."""
    return {"label": "", "text": text, "gap": ""}


def named(label: str, text: Any) -> Fact:
    """A labelled paragraph; a gap where the step left it empty."""
    return {"label": label, "text": str(text or ""), "gap": "" if text else "1"}


def addressed_to(name: str) -> Fact:
    return {"label": "主送", "text": name, "gap": ""}


@dataclass(frozen=True)
class StepPaper:
    """``mark`` is the word in the number. ``compose(file, details)`` gives the facts, gaps included; ``when(file, entry)``
    says whether a step calls for it."""

    code: str
    title: str
    mark: str
    compose: Callable[[Any, Mapping[str, Any]], list[Fact]]
    when: Callable[[Any, Any], bool] = lambda file, entry: True


def where_said(detail: str) -> Callable[[Any, Any], bool]:
    """For a paper that only a step which holds ``detail`` calls for."""
    return lambda file, entry: detail in entry.details


@dataclass(frozen=True)
class Called:
    """A paper that a step calls for; ``entry`` keeps the signed document once there is one."""

    paper: StepPaper
    entry: Any
    step: Step
    facts: list[Fact]

    @property
    def gaps(self) -> list[str]:
        return [fact["label"] for fact in self.facts if fact["gap"]]


@dataclass(frozen=True)
class PaperRow:
    """A paper that a step calls for, with the signed document once there is one."""

    called: Called
    document: Document | None


def called_by(file: Any, rows: Iterable[Any], papers: Mapping[str, StepPaper]) -> list[Called]:
    """Every paper that the steps taken call for, in order; a voided step calls for none."""
    counted = {event.id for event in (file.flow.events if file.flow else ())}
    found = []
    for entry in rows:
        step = file.procedure.steps.get(entry.step)
        if step is None or entry.event_id not in counted:
            continue
        for code in step.documents:
            paper = papers[code]
            if paper.when(file, entry):
                found.append(Called(paper, entry, step, paper.compose(file, entry.details)))
    return found


def sign_called(
    *,
    actor: Actor,
    called: Iterable[Called],
    event_id: str,
    code: str,
    agency: Any,
    matter_id: str,
    kind: str,
) -> Document:
    """Number and freeze the paper ``code`` of the step that recorded ``event_id``, once; the caller asked its own policy.

    Raises Refusal for a paper that is not called for, was signed, or has gaps.
    """
    wanted = next((c for c in called if c.entry.event_id == event_id and c.paper.code == code), None)
    if wanted is None:
        raise Refusal("本事项没有要签发的这份文书", next_step="请刷新页面。")
    entry = type(wanted.entry).objects.select_for_update().get(pk=wanted.entry.pk)
    if entry.document is not None:
        raise Refusal(f"“{wanted.paper.title}”已经签发", next_step="内容有误的，请登记新的一步后另行签发。")
    if wanted.gaps:
        raise Refusal(
            f"不能签发“{wanted.paper.title}”：没有填写{'、'.join(wanted.gaps)}",
            next_step="请作废这一步，补齐后重新登记。",
        )
    document = issue(
        actor=actor,
        agency=agency,
        matter_id=matter_id,
        title=wanted.paper.title,
        mark=wanted.paper.mark,
        template=wanted.paper.code,
        facts=wanted.facts,
        kind=kind,
    )
    entry.document = document.pk
    entry.save(update_fields=["document"])
    return document

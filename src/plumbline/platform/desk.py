"""What waits for an actor. Apps register where their tasks come from and what else the work desk shows; it only draws.

* ``@task_source("supervision")`` over ``load(actor) -> Sequence[DeskTask]``: rows of 待办, banded by legal deadline. A source
  with many gives ``Slip`` instead: what counts and orders a task; the rest is read for the rows that are shown.
* ``@desk_section("monitors", label="在线监测", template=…, order=…)`` over ``load(actor) -> context or None``.
* ``@quick_links`` over ``load(actor) -> Sequence[QuickLink]``: entries of 快捷入口.

Each ``load`` is called once for a desk and should cost one or two queries. A source that fails must not hide the rest:
its name is shown with the sentence that its tasks could not be read.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.platform.identity.actor import Actor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DeskTask:
    """Something to do. ``kind``: step, approve, review, returned, publish, alert, instrument, other."""

    title: str
    url: str
    kind: str = "step"
    number: str = ""
    who: str = ""
    where: str = ""
    verb: str = "办理"
    basis: str = ""
    due_on: date | None = None
    unit: str = ""
    standing: str = ""  # of a clock that stands still: how much of it is used


@dataclass(frozen=True)
class Slip:
    """As much of a task as counts and orders it. ``read`` gives the whole tasks behind some keys of its source, in one go."""

    title: str
    kind: str
    due_on: date | None
    key: int
    read: Callable[[Sequence[int]], Mapping[int, DeskTask]]


@dataclass(frozen=True)
class QuickLink:
    label: str
    url: str


@dataclass(frozen=True)
class Section:
    """A further block of the desk; ``load`` returns its template's context, or None to leave it out."""

    key: str
    label: str
    template: str
    order: int
    load: Callable[[Actor], dict[str, Any] | None]


TaskLoader = Callable[[Actor], Sequence[DeskTask | Slip]]
LinkLoader = Callable[[Actor], Sequence[QuickLink]]
SectionLoader = Callable[[Actor], "dict[str, Any] | None"]

_TASKS: dict[str, TaskLoader] = {}
_LINKS: list[LinkLoader] = []
_SECTIONS: dict[str, Section] = {}


def task_source(name: str) -> Callable[[TaskLoader], TaskLoader]:
    """Register where an app's tasks come from."""

    def keep(load: TaskLoader) -> TaskLoader:
        _TASKS[name] = load
        return load

    return keep


def desk_section(
    key: str, *, label: str, template: str, order: int
) -> Callable[[SectionLoader], SectionLoader]:
    """Register a further block of the desk."""

    def keep(load: SectionLoader) -> SectionLoader:
        _SECTIONS[key] = Section(key, label, template, order, load)
        return load

    return keep


def quick_links(load: LinkLoader) -> LinkLoader:
    """Register entries of 快捷入口."""
    _LINKS.append(load)
    return load


def tasks_for(actor: Actor) -> tuple[list[DeskTask | Slip], list[str]]:
    """Everything that waits for an actor, by deadline (without one last), and the sources that could not be read."""
    found: list[DeskTask | Slip] = []
    failed: list[str] = []
    for name, load in _TASKS.items():
        try:
            found += load(actor)
        except Exception:
            log.exception("desk: tasks of %s could not be read", name)
            failed.append(name)
    found.sort(key=lambda task: (task.due_on is None, task.due_on or date.max, task.title))
    return found, failed


def read_whole(tasks: Sequence[DeskTask | Slip]) -> list[DeskTask]:
    """The tasks to be shown, whole and in their order. One that was done in between is left out."""
    wanted: dict[Callable[[Sequence[int]], Mapping[int, DeskTask]], list[int]] = {}
    for task in tasks:
        if isinstance(task, Slip):
            wanted.setdefault(task.read, []).append(task.key)
    read = {source: source(keys) for source, keys in wanted.items()}
    whole = (read[task.read].get(task.key) if isinstance(task, Slip) else task for task in tasks)
    return [task for task in whole if task is not None]


def links_for_desk(actor: Actor) -> list[QuickLink]:
    return [link for load in _LINKS for link in load(actor)]


def sections_for(actor: Actor) -> list[tuple[Section, dict[str, Any]]]:
    """The further blocks that have something for an actor, in order."""
    found = []
    for section in sorted(_SECTIONS.values(), key=lambda each: each.order):
        context = section.load(actor)
        if context is not None:
            found.append((section, context))
    return found

"""A notice as a plan, apart from how it came in: from a workbook (``taking``) or from the project's own data (``notice``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any


@dataclass(frozen=True)
class PlanPhase:
    """A phase with what is done in it; ``milestones`` are named days within it."""

    code: str
    name: str
    from_on: date
    to_on: date
    contents: tuple[str, ...] = ()
    milestones: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class PlanTask:
    """A row of the annex or a duty of the body; ``units`` are names of units or of groups."""

    code: str
    kind: str
    section: str
    title: str
    units: tuple[str, ...]
    due: tuple[date, ...] = ()
    deliverable: str = ""
    demand: str = ""
    unit_stated: bool = True
    recurs: str = ""
    nature: str = "one_off"
    refs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    body_only: bool = False
    stage: str = ""
    points: int = 0
    links: tuple[tuple[str, str], ...] = ()
    elements: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanConflict:
    """A place where body and annex (or the notice's own date) disagree, and what is proposed."""

    code: str
    about: tuple[str, ...]
    text: str
    proposal: str = ""


@dataclass(frozen=True)
class Plan:
    """Everything a notice says. ``groups``: agency codes by the name of the group."""

    key: str
    title: str
    number: str
    issuer: str
    issued_on: date
    from_on: date
    to_on: date
    phases: tuple[PlanPhase, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    conflicts: tuple[PlanConflict, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return dict(_plain(asdict(self)))

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Plan:
        own = {f.name: told[f.name] for f in fields(cls) if f.name in told}
        own |= {name: date.fromisoformat(told[name]) for name in ("issued_on", "from_on", "to_on")}
        own["phases"] = tuple(_phase(each) for each in told["phases"])
        own["tasks"] = tuple(_task(each) for each in told["tasks"])
        own["conflicts"] = tuple(
            PlanConflict(**{**each, "about": tuple(each["about"])}) for each in told["conflicts"]
        )
        own["groups"] = {name: tuple(codes) for name, codes in told["groups"].items()}
        return cls(**own)


def _phase(told: Mapping[str, Any]) -> PlanPhase:
    return PlanPhase(
        code=told["code"], name=told["name"], from_on=date.fromisoformat(told["from_on"]),
        to_on=date.fromisoformat(told["to_on"]), contents=tuple(told["contents"]),
        milestones=tuple((name, date.fromisoformat(day)) for name, day in told["milestones"]),
    )  # fmt: skip


def _task(told: Mapping[str, Any]) -> PlanTask:
    several = {name: tuple(told.get(name, ())) for name in ("units", "refs", "after", "elements")}
    return PlanTask(**{
        **told, **several, "due": tuple(date.fromisoformat(day) for day in told["due"]),
        "links": tuple((page, words) for page, words in told["links"]),
    })  # fmt: skip


def _plain(value: Any) -> Any:
    """Days as ISO text, tuples as lists: what JSON keeps and gives back equal."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value

"""Procedures of reconsideration, litigation and compensation in the agency's view, by key and version.

``reconsideration_here`` is heard by the district's own office and holds both sides' steps; ``reconsideration`` is heard
elsewhere and holds the respondent's alone. An entry is the step that a matter can begin with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.packs.procedures import Procedure, Step

from .compensation import COMPENSATION
from .litigation import LITIGATION_2017
from .reconsideration import RECONSIDERATION_2024, RECONSIDERATION_HERE_2024

PROCEDURES: tuple[Procedure, ...] = (
    RECONSIDERATION_2024,
    RECONSIDERATION_HERE_2024,
    LITIGATION_2017,
    COMPENSATION,
)
#: Whoever may answer for the agency, and the office that hears.
RESPONDING = "cases.handle"
HEARING_OFFICE = "challenges.reconsider"


@dataclass(frozen=True)
class Entry:
    """A way in: what has just arrived, which procedure it opens and with which step."""

    key: str
    label: str
    what: str
    procedure: str
    step: str
    kind: str

    @property
    def by_office(self) -> bool:
        return self.first.capability == HEARING_OFFICE

    @property
    def first(self) -> Step:
        found = next(each for each in PROCEDURES if each.key == self.procedure)
        return found.steps[self.step]


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "copy",
        "收到复议申请书副本",
        "复议机构已经受理并发来副本，从收到之日起计算答复期限。",
        "reconsideration",
        "copy_received",
        "reconsideration",
    ),
    Entry(
        "handed-in",
        "当事人向本机关递交复议申请",
        "对当场处罚或者电子监控记录的处罚，可以向处罚机关递交；本机关转送或者自行纠正。",
        "reconsideration_here",
        "application_handed_in",
        "reconsideration",
    ),
    Entry(
        "application",
        "区复议机构收到复议申请",
        "由区复议机构登记，随后审查是否受理。",
        "reconsideration_here",
        "application_received",
        "reconsideration",
    ),
    Entry(
        "lawsuit",
        "收到起诉状副本",
        "法院已经立案并发来副本，从收到之日起计算举证答辩期限。",
        "litigation",
        "lawsuit_copy_received",
        "litigation",
    ),
    Entry(
        "compensation",
        "收到国家赔偿申请",
        "当事人因处罚或者强制措施请求行政赔偿。",
        "compensation",
        "claim_received",
        "compensation",
    ),
)


def entry(key: str) -> Entry | None:
    return next((each for each in ENTRIES if each.key == key), None)


def procedure(key: str, version: str) -> Procedure:
    """The declaration a matter was opened under; KeyError when there is none."""
    for each in PROCEDURES:
        if (each.key, each.version) == (key, version):
            return each
    raise KeyError(f"{key} {version}")


def procedure_for(key: str, on: date) -> Procedure:
    """The version of procedure ``key`` in force on a day."""
    fitting = [each for each in PROCEDURES if each.key == key and each.in_force_from <= on]
    if not fitting:
        raise KeyError(f"{key} on {on}")
    return max(fitting, key=lambda each: each.in_force_from)

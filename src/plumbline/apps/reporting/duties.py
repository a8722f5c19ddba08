"""Yearly reports that other acts ask for, as data: whose duty each is, by when, to whom, and what it has to hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from plumbline.apps.powers.contract import items_in_force
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind
from plumbline.vocabulary import load_vocabulary

from .duty_models import DutyReport, DutyVersion

FILE = Path(__file__).parent / "data" / "report_duties.yaml"


@dataclass(frozen=True)
class Part:
    """One heading of a report. ``figures``: measures of the year told first; ``ask``: what only the body knows."""

    key: str
    label: str
    figures: tuple[str, ...]
    ask: str


@dataclass(frozen=True)
class Duty:
    """A kind of report. ``rules`` judge it; where there is none, ``due`` is the month and day of the article."""

    key: str
    title: str
    mark: str
    basis: str
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    public: bool
    to: Mapping[str, Sequence[str]]
    parts: tuple[Part, ...]
    report: str = ""
    rules: tuple[str, ...] = ()
    due: Mapping[str, int] | None = None
    domain: str = ""

    def recipients(self, agency: Agency) -> dict[str, str]:
        """Who has to have this body's report, with their names."""
        names = load_vocabulary().enums["recipient"]
        return {key: names[key] for key in self.to.get(agency.kind, self.to["other"])}

    def bodies(self, on: date) -> list[Agency]:
        """Whose duty it is, in the order of the register."""
        rows = Agency.objects.filter(kind__in=self.kinds, level__in=self.levels, subject_ended_on=None)
        if self.domain:
            rows = rows.filter(pk__in=items_in_force(on).filter(domain=self.domain).values("agency_id"))
        return list(rows.order_by("code"))

    def fixed_due(self, year: int) -> date | None:
        return date(year + 1, self.due["month"], self.due["day"]) if self.due else None

    def is_done(self, agency: Agency, version: DutyVersion | None) -> bool:
        """Sent to everybody who has to have it and, where it has to be, published."""
        if version is None or (self.public and version.published_on is None):
            return False
        return set(self.recipients(agency)) <= set(version.submitted)


@cache
def duties() -> dict[str, Duty]:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {each["key"]: _duty(each) for each in told}


def _duty(told: dict[str, Any]) -> Duty:
    parts = tuple(Part(p["key"], p["label"], tuple(p["figures"]), p["ask"]) for p in told["parts"])
    lists = {name: tuple(told[name]) for name in ("kinds", "levels", "rules")}
    return Duty(**{**told, **lists, "parts": parts})


@dataclass(frozen=True)
class Standing:
    """When a report is due and whether it is late: as the rules judged it, else by the day of the article."""

    due_on: date | None
    late: bool
    verdicts: Sequence[StoredVerdict] = ()


def standings(rows: Sequence[DutyReport], today: date) -> dict[int, Standing]:
    """Of every report, in one query."""
    found: dict[str, list[StoredVerdict]] = {}
    wanted = [rule for duty in duties().values() for rule in duty.rules]
    verdicts = StoredVerdict.objects.unscoped("年度报告的期限，调用处已核对范围").filter(
        matter_id__in=[row.matter_id for row in rows], rule__in=wanted
    )
    for each in verdicts.order_by("due_on", "rule"):
        found.setdefault(each.matter_id, []).append(each)
    return {row.pk: _standing(row, found.get(row.matter_id, []), today) for row in rows}


def _standing(row: DutyReport, verdicts: list[StoredVerdict], today: date) -> Standing:
    duty = duties()[row.kind]
    verdicts = [each for each in verdicts if each.rule in duty.rules]
    if duty.rules:
        waiting = [each for each in verdicts if each.verdict != VerdictKind.MET]
        dates = [each.due_on for each in (waiting or verdicts) if each.due_on]
        late = any(each.verdict == VerdictKind.BREACHED for each in verdicts)
        return Standing(min(dates, default=None), late, verdicts)
    due = duty.fixed_due(row.year)
    first = next(iter(sorted(row.versions.all(), key=lambda each: each.number)), None)
    sent = max(first.submitted.values(), default="") if first and duty.is_done(row.agency, first) else ""
    late = due is not None and (date.fromisoformat(sent) if sent else today) > due
    return Standing(due, late)

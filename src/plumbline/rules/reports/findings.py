"""What a check found, added up part by part: by rule, month and agency, days over, the worst, and what is missing.

Small whatever the number of verdicts: a report of a province holds as much as one of a street.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from plumbline.law import Calendar
from plumbline.law.strips import StripDay

from ..explain import conclusion_zh, explain
from ..verdict import Verdict
from ..words import path_zh
from .base import About, Judged, agency_of, days_over

WORST = 20
#: The last of each class of days over the limit; what is above goes into a class of its own.
CLASSES = (1, 3, 7, 15, 30, 60, 90, 180, 365)
_RANK = {"red": 0, "yellow": 1, "blue": 2}
#: About how many days a unit is, to rank what is counted differently.
_DAYS = {"wd": 1.4, "cd": 1.0, "h": 1 / 24, "m": 30.4, "y": 365.0}


@dataclass(frozen=True)
class Breach:
    """A breach as the report shows it, with what a reader needs to follow the count."""

    rank: tuple[int, float, str, str, str]
    matter: str
    rule: str
    subject: str
    title: str
    duty: str
    law: str
    severity: str
    agency: str
    conclusion: str
    sentence: str
    quote: str
    rows: tuple[tuple[str, str, str], ...]
    strip: tuple[StripDay, ...]
    left_out: int


@dataclass
class Findings:
    """Counts over a part of the verdicts; two are added with ``add``."""

    breaches_by_month: Counter[str] = field(default_factory=Counter)
    breaches_by_agency: Counter[str] = field(default_factory=Counter)
    judged_by_agency: Counter[str] = field(default_factory=Counter)
    over: Counter[tuple[str, int]] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    rules_missing: dict[str, set[str]] = field(default_factory=dict)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    matters_breached: int = 0
    worst: list[Breach] = field(default_factory=list)

    @classmethod
    def of(cls, judged: Sequence[Judged], about: About) -> Findings:
        found = cls()
        breaches: list[Verdict] = []
        for each in judged:
            bad = [verdict for verdict in each.verdicts if verdict.verdict == "breached"]
            found.matters_breached += bool(bad)
            breaches += bad
            for verdict in each.verdicts:
                found._count(verdict)
        calendar = about.calendar or _no_calendar()
        worst = heapq.nsmallest(WORST, breaches, key=_rank)
        found.worst = [_breach(verdict, about, calendar) for verdict in worst]
        return found

    def _count(self, verdict: Verdict) -> None:
        agency = agency_of(verdict)
        self.judged_by_agency[agency] += 1
        if verdict.verdict == "breached":
            self.breaches_by_agency[agency] += 1
            month = _month(verdict)
            if month:
                self.breaches_by_month[month] += 1
            over = days_over(verdict)
            if over is not None and verdict.unit:
                self.over[verdict.unit, over] += 1
        elif verdict.verdict == "unknown":
            for path in verdict.missing:
                self.missing[path] += 1
                self.rules_missing.setdefault(path, set()).add(verdict.rule)
        elif verdict.verdict == "error":
            self.faults[verdict.rule, verdict.fault] += 1

    def add(self, other: Findings) -> None:
        for name in (
            "breaches_by_month", "breaches_by_agency", "judged_by_agency", "over", "missing", "faults"
        ):  # fmt: skip
            getattr(self, name).update(getattr(other, name))
        for path, rules in other.rules_missing.items():
            self.rules_missing.setdefault(path, set()).update(rules)
        self.matters_breached += other.matters_breached
        self.worst = heapq.nsmallest(WORST, [*self.worst, *other.worst], key=lambda breach: breach.rank)

    def months(self) -> list[tuple[str, int]]:
        """Breaches of every month from the first to the last, those without any among them."""
        if not self.breaches_by_month:
            return []
        first, last = min(self.breaches_by_month), max(self.breaches_by_month)
        month, listed = first, []
        while month <= last:
            listed.append((month, self.breaches_by_month[month]))
            year, number = int(month[:4]), int(month[5:])
            month = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
        return listed

    def overruns(self, unit: str) -> list[tuple[str, int]]:
        """How many overruns of a unit lie in each class of length, up to the last class that holds any."""
        counts = [0] * (len(CLASSES) + 1)
        for (each, over), number in self.over.items():
            if each == unit:
                counts[next((n for n, last in enumerate(CLASSES) if over <= last), len(CLASSES))] += number
        firsts = [1, *(last + 1 for last in CLASSES)]
        names = [str(a) if a == b else f"{a}–{b}" for a, b in zip(firsts, CLASSES, strict=False)]
        names.append(f"{CLASSES[-1]} 以上")
        filled = [n for n, number in enumerate(counts) if number]
        return list(zip(names, counts, strict=True))[: filled[-1] + 1] if filled else []


def _month(verdict: Verdict) -> str:
    """The month of the day on which it was due; without a limit, of what happened."""
    due = verdict.due
    day = due if due is not None else verdict.event.on if verdict.event is not None else None
    return f"{day.year:04d}-{day.month:02d}" if day is not None else ""


def _rank(verdict: Verdict) -> tuple[int, float, str, str, str]:
    """The gravest first; among equals, the one furthest over its limit."""
    over = days_over(verdict)
    far = (over or 0) * _DAYS.get(verdict.unit or "", 0.0)
    return _RANK.get(verdict.severity, 3), -far, verdict.matter, verdict.rule, verdict.subject or ""


def _breach(verdict: Verdict, about: About, calendar: Calendar) -> Breach:
    shown = explain(verdict, calendar=calendar, as_of=about.as_of.date())
    return Breach(
        rank=_rank(verdict),
        matter=verdict.matter,
        rule=verdict.rule,
        subject=verdict.subject or "",
        title=verdict.definition.breach_zh or verdict.definition.duty_zh,
        duty=verdict.definition.duty_zh,
        law=verdict.facts.law + verdict.facts.article,
        severity=verdict.severity,
        agency=about.agency_zh(agency_of(verdict)),
        conclusion=conclusion_zh(verdict),
        sentence=shown.sentence,
        quote=verdict.citation.quote,
        rows=tuple(
            (line.label, line.content, line.code or line.source)
            for line in shown.lines
            if not line.is_conclusion
        ),
        strip=shown.strip.days,
        left_out=shown.strip.left_out,
    )


def _no_calendar() -> Calendar:
    """Where no holidays are stated no working day is counted, so that none is asked for."""
    return Calendar(covers_from=date(1, 1, 2), covers_to=date(1, 1, 1), exceptions={})


def missing_rows(findings: Findings) -> list[tuple[str, str, int, list[str]]]:
    """What is missing: its name, its path, how many answers it leaves open, and the rules that ask for it."""
    rows = [
        (path_zh(path), path, number, sorted(findings.rules_missing[path]))
        for path, number in findings.missing.items()
    ]
    return sorted(rows, key=lambda row: (-row[2], row[1]))

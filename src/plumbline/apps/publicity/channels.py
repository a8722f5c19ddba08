"""Channels as data: whether one applies to a decision, by when, for how long, and why not. No number stands in code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from stdnum.cn import uscc

from plumbline.law import Limit, Unit, reckon, statutory_calendar

OURS = "government_site"


@dataclass(frozen=True)
class Said:
    """What a channel asks of a decision: the facts that its data speak of. What is not known is empty."""

    kind: str
    act: str
    domain: str = ""
    procedure: str = ""
    party_kind: str = ""
    kinds: tuple[str, ...] = ()
    severity: str = ""
    necessity: bool | None = None
    fine_fen: int | None = None
    elsewhere: bool | None = None  # the party is registered in another province


@dataclass(frozen=True)
class Duty:
    """``says`` is what the duty asks for where it is not to show the decision; ``then``, what another body does after it."""

    n: int
    unit: str
    rule: str
    basis: str
    says: str = ""
    then: str = ""

    def due_after(self, day: date) -> date:
        return after(day, self.n, self.unit)


@dataclass(frozen=True)
class Term:
    """How long it stands: ``ends_on`` is the day it comes down; ``unknown`` is why that is not known, with what may be chosen."""

    basis: str
    ends_on: date | None = None
    least_on: date | None = None
    unknown: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@cache
def _data() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("channels.yaml").read_bytes())


def channels() -> dict[str, dict[str, Any]]:
    return _data()["channels"]


def name_of(channel: str) -> str:
    return str(channels()[channel]["name"])


def is_ours(channel: str) -> bool:
    return bool(channels()[channel]["ours"])


def party_channel() -> dict[str, Any]:
    return _data()["party"]


def after(day: date, n: int, unit: str) -> date:
    """The last day of a term: working days roll by nature, months and years of a display do not."""
    due = reckon(day, Limit(n, Unit(unit), roll=unit == "wd"), calendar=statutory_calendar()).due
    if not isinstance(due, date):
        raise ValueError(f"no day for {n} {unit} after {day}")
    return due


def registered_elsewhere(credit_code: str) -> bool | None:
    """Whether an organisation was registered in another province: the third and fourth figures of its code (GB 32100)."""
    if not uscc.is_valid(credit_code):
        return None
    return credit_code[2:4] != str(settings.PLUMBLINE_DISTRICT["code"])[:2]


@cache
def depends_on_place(domain: str) -> bool:
    """Whether some duty of the field asks where the party is registered; else nobody looks it up."""
    rows = [row for about in channels().values() for row in about["duties"]]
    return any("elsewhere" in row and domain in row.get("domains", (domain,)) for row in rows)


def fine_class(channel: str, said: Said) -> str:
    """small, large or huge by the amounts that a competent authority set for the field; empty where none is entered."""
    for row in channels()[channel].get("fines", {}).get("amounts", ()):
        if (
            said.fine_fen is not None
            and _fits(row, said)
            and ("up_to_fen" not in row or said.fine_fen <= row["up_to_fen"])
        ):
            return str(row["class"])
    return ""


def _fits(row: dict[str, Any], said: Said, channel: str = "") -> bool:
    """Whether every condition of a row of the data holds; a fact that is not known meets none."""
    checks: dict[str, Callable[[Any], bool]] = {
        "kinds": lambda allowed: said.kind in allowed,
        "acts": lambda allowed: said.act in allowed,
        "domains": lambda allowed: said.domain in allowed,
        "procedures": lambda allowed: said.procedure in allowed,
        "party": lambda allowed: said.party_kind in allowed,
        "severity": lambda allowed: said.severity in allowed,
        "only": lambda allowed: bool(said.kinds) and set(said.kinds) <= set(allowed),
        "any": lambda wanted: bool(set(said.kinds) & set(wanted)),
        "elsewhere": lambda wanted: said.elsewhere is wanted,
        "fine": lambda allowed: bool(channel) and fine_class(channel, said) in allowed,
    }
    return all(check(row[name]) for name, check in checks.items() if name in row)


def duty(channel: str, said: Said, decided_on: date) -> Duty | None:
    """The duty to show a decision there, or None where no verified text sets one."""
    for row in channels()[channel]["duties"]:
        if _fits(row, said) and decided_on >= row["from"]:
            return Duty(
                row["n"], row["unit"], row["rule"], row["basis"], row.get("says", ""), row.get("then", "")
            )
    return None


def why_not(channel: str, said: Said) -> dict[str, str] | None:
    """Why a decision may not be shown there, with its basis; None when it may."""
    for row in channels()[channel].get("never", ()):
        if _fits(row, said) and not (row.get("unless") == "necessity" and said.necessity):
            return {"reason": row["reason"], "basis": row["basis"]}
    return None


def due_channels(said: Said, decided_on: date) -> list[tuple[str, Duty]]:
    """Every channel with a duty for this decision that nothing forbids, with the duty."""
    found = [(channel, duty(channel, said, decided_on)) for channel in channels()]
    return [(channel, owed) for channel, owed in found if owed and why_not(channel, said) is None]


def term(channel: str, said: Said, *, decided_on: date, published_on: date, chosen: str = "") -> Term | None:
    """How long a record stands on a channel; None where no term is set. ``chosen`` is a span as ``choices`` offers it."""
    about = channels()[channel].get("terms")
    if about is None or published_on < about.get("since", date.min):
        return None
    start = decided_on if about["from"] == "decided" else published_on
    for step in about["steps"]:
        if not _fits(step, said, channel):
            continue
        spans = [(f"{each['n']}{each['unit']}", each) for each in step.get("choices", ())]
        taken = dict(spans).get(chosen) if spans else step
        if taken is None:
            words = tuple((code, f"{each['n']} {Unit(each['unit']).zh}") for code, each in spans)
            return Term(about["basis"], unknown=step["unknown"], choices=words)
        least = step.get("least")
        return Term(
            about["basis"],
            ends_on=after(start, taken["n"], taken["unit"]),
            least_on=after(start, least["n"], least["unit"]) if least else None,
        )
    return Term(about["basis"], unknown="没有填写失信程度")


def suggested_severity(channel: str, said: Said) -> str:
    """The severity that the measure itself gives; empty where the line ministry has to say."""
    steps = channels()[channel].get("severities", {}).get("steps", ())
    return next((str(step["severity"]) for step in steps if _fits(step, said, channel)), "")


def withdrawal(channel: str, undone_on: date) -> date:
    """By when a record of an undone decision has to be down."""
    about = channels()[channel]["withdraw"]
    return after(undone_on, about["n"], about["unit"])


def early(channel: str) -> dict[str, Any] | None:
    """On what conditions a record may come down before its term; None where there is no such way."""
    return channels()[channel].get("early")


def never_early(channel: str, kinds: Sequence[str]) -> bool:
    about = early(channel)
    return about is None or bool(set(kinds) & set(about.get("never_kinds", ())))

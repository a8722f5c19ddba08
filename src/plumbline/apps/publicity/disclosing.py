"""What agencies always show: there, missing, since when; computed from the registers, and the guide that an agency writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from plumbline.apps.agencies.contract import certificates_on
from plumbline.apps.inspections.contract import random_lists_on
from plumbline.apps.powers.contract import items_in_force
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.packs.procedures import Procedure
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.evaluation import rule_book

from .events import DISCLOSURE_PUBLISHED
from .models import Disclosure
from .policies import may_disclose
from .redaction import redact_text

WRITTEN = "guide"
SHORTEST = 20


@dataclass(frozen=True)
class Shown:
    """One topic of one agency. ``since`` is when it was there, ``missing`` why it is not (or not whole)."""

    topic: str
    label: str
    since: date | None
    missing: str
    page: str

    @property
    def is_there(self) -> bool:
        return not self.missing


@cache
def data() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("disclosure.yaml").read_bytes())


def board(agencies: list[Agency]) -> dict[str, list[Shown]]:
    """Every topic of every agency, in a handful of queries whatever their number."""
    today = clock.today()
    powers: dict[str, list[Any]] = defaultdict(list)
    for item in items_in_force(today).prefetch_related("transfers"):
        powers[item.agency_id].append(item)
        for transfer in item.transfers.all():
            if transfer.is_held_on(today):
                powers[transfer.street_id].append(item)
    facts = {
        "officers": certificates_on(today),
        "random_list": random_lists_on(today),
        "written": written_on(WRITTEN),
    }
    return {agency.code: _of(agency, powers[agency.code], facts) for agency in agencies}


def written_on(topic: str) -> dict[str, date]:
    """Since when each agency's text of a topic stands."""
    return {row.agency_id: row.published_on for row in _written(topic)}


def _written(topic: str) -> Any:
    return Disclosure.objects.filter(topic=topic, replaced_on=None)


def written_topics() -> dict[str, dict[str, Any]]:
    """What an agency itself writes, before and during enforcement."""
    before = {key: about for key, about in data()["topics"].items() if about["from"] == "written"}
    return before | {key: about for key, about in data()["during"]["topics"].items() if about.get("written")}


def _of(agency: Agency, powers: list[Any], facts: Mapping[str, Mapping[str, date]]) -> list[Shown]:
    found = []
    for topic, about in data()["topics"].items():
        since, missing = _standing(about["from"], agency, powers, facts)
        found.append(Shown(topic, about["label"], since, missing, about.get("page", "")))
    return found


def _standing(
    source: str, agency: Agency, powers: list[Any], facts: Mapping[str, Mapping[str, date]]
) -> tuple[date | None, str]:
    if source == "subject":
        day = agency.subject_published_on
        return day, "" if day else "主体资格没有公示日期"
    if source == "declared":
        return max(p.in_force_from for p in PROCEDURES if p.kind == "penalty"), ""
    if source in {"powers", "basis"}:
        if not powers:
            return None, "权责清单没有今天有效的事项"
        bare = sum(not item.basis for item in powers) if source == "basis" else 0
        return min(item.valid_from for item in powers), f"{bare} 项没有依据" if bare else ""
    words = {
        "officers": "没有今天有效的执法证件",
        "random_list": "随机抽查事项清单没有公布",
        "written": "没有公布",
    }
    since = facts[source].get(agency.code)
    return since, "" if since else words[source]


@action(
    "publicity.disclose",
    policy=may_disclose,
    on="agency",
    records=(DISCLOSURE_PUBLISHED,),
    basis="国办发〔2018〕118号（四）",
)
def disclose(*, actor: Actor, agency: str, text: str, topic: str = WRITTEN) -> Disclosure:
    """Publish what the agency writes of a topic; the text before stays in the register with the day it was replaced."""
    if topic not in written_topics():
        raise InputFault({"text": "没有这一项内容。请从本机关的公示页面重新进入。"})
    label = written_topics()[topic]["label"]
    text = text.strip()
    if len(text) < SHORTEST:
        raise InputFault({"text": f"请写明：{written_topics()[topic]['hint']}。"})
    personal = [m.category for m in redact_text(text).masks if m.category not in {"电话号码", "门牌住址"}]
    if personal:
        raise InputFault({"text": f"{label}是公开的，其中有{'、'.join(dict.fromkeys(personal))}。请删去。"})
    before = Disclosure.objects.select_for_update().filter(agency_id=agency, topic=topic, replaced_on=None)
    before.update(replaced_on=clock.today())
    kept = Disclosure.objects.create(
        agency_id=agency, topic=topic, text=text, published_on=clock.today(), published_label=actor.label
    )
    record(
        actor=actor,
        matter=f"disclosure-{agency}",
        kind="other_act",
        activity=DISCLOSURE_PUBLISHED,
        agency=agency,
        data={"topic": topic, "row": kept.pk},
    )
    return kept


def written_of(agency: str, topic: str = WRITTEN) -> Disclosure | None:
    return _written(topic).filter(agency_id=agency).first()


@dataclass(frozen=True)
class Limit:
    """A rule as the public reads it: the duty in the platform's own words, and where it stands."""

    text: str
    cite: str


@dataclass(frozen=True)
class Stage:
    """A box of the flow chart: what happens, on which article, by when; ``aside`` does not lie on every way."""

    number: int
    label: str
    basis: str
    steps: tuple[str, ...]
    limits: tuple[Limit, ...]
    aside: bool


def procedures() -> list[Procedure]:
    """The procedures in force today, the newest version of each, penalties first."""
    today = clock.today()
    newest: dict[str, Procedure] = {}
    for each in sorted(PROCEDURES, key=lambda p: p.in_force_from):
        if each.in_force_from <= today:
            newest[each.key] = each
    order = ("ordinary", "summary", "compulsory_measure", "compulsory_execution")
    return sorted(
        newest.values(), key=lambda p: (order.index(p.key) if p.key in order else len(order), p.key)
    )


def stages(procedure: Procedure) -> list[Stage]:
    """The phases as boxes; a limit that runs over several is said where it first counts."""
    found, said = [], set[str]()
    for number, phase in enumerate(procedure.phases, 1):
        fresh = [rule for rule in phase.timed_by if rule not in said]
        said.update(fresh)
        steps = [s.label for s in procedure.steps_of(phase.key) if not s.optional and not s.declared]
        aside = phase.optional or phase.side or bool(phase.needed_by)
        found.append(Stage(number, phase.label, phase.basis, tuple(steps), tuple(limits(fresh)), aside))
    return found


def limits(rules: tuple[str, ...] | list[str]) -> list[Limit]:
    """Rules in words, each once."""
    book = rule_book()
    found = [book.by_id[each] for each in rules if each in book.by_id]
    return [Limit(rule.duty_zh, f"{rule.facts.law}{rule.facts.article}") for rule in found]


def remedies() -> list[tuple[str, list[Limit]]]:
    return [(each["title"], limits(each["rules"])) for each in data()["remedies"]]

"""The days for looking into a clue and filing it, at both sides of a transfer: where they end, and where they begin anew.

They are the field's own rule, judged on each side's case. What the texts leave open is said beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from plumbline.lawbook import rule_facts
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .models import Coordination, Kind, State
from .policies import READING

#: The rules that give a number of days from a clue to the decision on filing.
RULES = (
    "SAMR-18-filing-15wd",
    "MOHURD-15-check-15wd",
    "MEE-18-filing-15d",
    "MEM-34-filing-5wd",
    "MARA-29-filing-7wd",
)
#: Fields whose text has a body hand on what is not its own; elsewhere the days of the sender run on.
HAND_ON = ("SAMR-18-filing-15wd", "MOHURD-15-check-15wd", "MARA-29-filing-7wd")


@dataclass(frozen=True)
class Side:
    """What one side's days say; ``due_on`` only while they run or have run out. ``open`` is what no text says."""

    who: str
    says: str
    due_on: date | None
    unit: str
    source: str
    tone: str
    open: str


def filing_days(actor: Actor, row: Coordination) -> list[Side]:
    """Sender first; empty where it is no transfer or the field has no such rule. A side's days are its own to see."""
    rule = next((each for each in RULES if rule_facts()[each].domain == row.domain), None)
    if row.kind != Kind.TRANSFER or rule is None:
        return []
    facts = rule_facts()[rule]
    source = f"《{facts.law}》{facts.article}"
    matters = [row.about, *([row.result_matter] if row.result_matter else [])]
    stored = StoredVerdict.objects.unscoped("移送双方的核查立案期限").filter(matter_id__in=matters, rule=rule)
    found: dict[str, StoredVerdict] = {}
    for verdict in stored.order_by("pk"):
        # Of several clues the one whose days are still open is the one to see.
        if found.get(verdict.matter_id) is None or verdict.verdict in {
            VerdictKind.PENDING,
            VerdictKind.BREACHED,
        }:
            found[verdict.matter_id] = verdict
    reach = actor.reach(*READING)
    sides = [(row.agency, _sender(row, found.get(row.about), source, rule))]
    if row.result_matter:
        sides.append((row.to, _receiver(row, found.get(row.result_matter), source)))
    return [
        side
        if reach is None or agency.code in reach
        else replace(side, says=f"由{agency.short_name}在自己的案件里计算", due_on=None, tone="gry")
        for agency, side in sides
    ]


def _sender(row: Coordination, verdict: StoredVerdict | None, source: str, rule: str) -> Side:
    who = f"移送机关 {row.agency.short_name}"
    left = row.state in {State.RETURNED, State.WITHDRAWN}
    unknown = "" if left else "移送以后这个期限如何计算，法条没有逐字写明（未核实）"
    if verdict is not None and verdict.verdict == VerdictKind.NOT_APPLICABLE and rule in HAND_ON and not left:
        return Side(who, "在期限内移送，期限在本机关结束", None, "", source, "gry", unknown)
    if rule not in HAND_ON and not left:
        unknown = "本领域的规章没有写移送，移送机关的期限照算（未核实）"
    return _judged(who, verdict, source, unknown)


def _receiver(row: Coordination, verdict: StoredVerdict | None, source: str) -> Side:
    taken = row.ended_at.date() if row.ended_at else None
    days = (taken - row.sent_at.date()).days if taken else 0
    unknown = (
        f"自接收之日起算。法条写的是收到材料之日，材料送达到接收的 {days} 日是否计入没有写明（未核实），现在没有计入"
        if days
        else ""
    )
    return _judged(f"接收机关 {row.to.short_name}", verdict, source, unknown)


_SAID = {
    VerdictKind.MET: ("已在期限内核查", "grn"),
    VerdictKind.PENDING: ("期限在走", "blu"),
    VerdictKind.BREACHED: ("超过期限", "red"),
    VerdictKind.NOT_APPLICABLE: ("这个期限不适用", "gry"),
}


def _judged(who: str, verdict: StoredVerdict | None, source: str, unknown: str) -> Side:
    if verdict is None:
        return Side(who, "还没有判断", None, "", source, "gry", unknown)
    says, tone = _SAID.get(VerdictKind(verdict.verdict), ("缺少事实，无法判断", "amb"))
    shown = verdict.due_on if verdict.verdict in {VerdictKind.PENDING, VerdictKind.BREACHED} else None
    return Side(who, says, shown, verdict.unit, source, tone, unknown)

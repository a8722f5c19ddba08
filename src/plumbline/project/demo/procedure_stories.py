"""A few cases at the less common steps: measures, an undone decision, late fines, instalments, two cases to be merged.

They are histories like the others, told with the present as their end, so that each waits for somebody's next step.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from plumbline.apps.cases.contract import take_step
from plumbline.apps.cases.models import Case, Stage
from plumbline.law.periods import add_months
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .district import ITEMS, District, Item, Unit
from .histories import DOCUMENT_PARTS, NOTICE_PARTS, History, Writer, stated_of
from .names import credit_code, firm

STREET, MARKET = "AG-ST-002", "AG-XZ-SCJG"
SEED = 14
MERGED = ("XZ-S-06", "XZ-S-07")
_ACT: dict[str, Any] = {
    "id_shown": True,
    "party_present": True,
    "rights_told": True,
    "statement_heard": True,
    "record_signed": "party",
    "decision_delivered": True,
    "list_delivered": True,
    "document_states": ["party", "reason_basis_period", "property", "remedies", "agency_seal_date"],
    "related_to_case": True,
    "daily_necessities": False,
    "already_sealed": False,
    "av_record": "full",
}


def procedure_histories(district: District, *, now: datetime) -> Iterator[History]:
    """The stories, oldest first."""
    rng = random.Random(SEED)
    street, market = district.units.get(STREET), district.units.get(MARKET)
    if street is None or market is None:
        return
    waste, food = _item("CG-103"), _item("SJ-301")
    for number, (unit, item, back, tell) in enumerate(
        (
            (street, waste, 245, _to_the_court),
            (street, waste, 150, _revoked),
            (street, waste, 120, _overdue),
            (street, waste, 75, _in_parts),
            (market, food, 46, _seized),
            (street, waste, 20, _under_investigation),
            (street, waste, 14, _under_investigation),
            (street, waste, 3, _urgent),
        ),
        start=1,
    ):
        history = History(
            matter=f"XZ-S-{number:02d}",
            unit=unit,
            item=item,
            procedure="ordinary",
            party_kind="legal_person",
            party_name=firm(rng),
            credit=credit_code(rng),
            birth=None,
            place="平江路北侧空地" if unit is street else "邾城街道齐安大道某食品批发部",
            opened=now.date(),
        )
        writer = Writer(history, rng, now)
        history.opened = writer.working(now.date() - timedelta(days=back), 0)
        tell(history, writer)
        yield history


def _item(code: str) -> Item:
    return next(each for each in ITEMS if each.code == code)


def _two(unit: Unit) -> list[tuple[str, str]]:
    return [(number, "officer") for number in unit.officers[:2]]


def _head(unit: Unit) -> list[tuple[str, str]]:
    return [(unit.head, "agency_head")]


def _filed(history: History, w: Writer) -> date:
    """From the clue to the first record; returns the day of filing."""
    unit = history.unit
    stated = stated_of(history)
    w.add("clue_received", history.opened, source="inspection", **stated)
    verified = w.working(history.opened, 1)
    w.add("clue_verified", verified, established=True, details={"findings": "现场核实属实。"})
    details = {"officers": unit.officers[:2], "opinion": "符合立案条件，建议立案。"}
    if w.add("case_filed", verified, actors=_two(unit), details=details, **stated):
        history.filed = verified
    content = {"place": history.place, "content": f"现场发现{history.item.violation}。", "signed": "signed"}
    w.add("record_made", verified, actors=_two(unit), record="onsite", details=content, step="onsite_made")
    w.add(
        "evidence_collected", verified, actors=_two(unit), evidence="Z1", evidence_kind="scene_record",
        source="officers",
    )  # fmt: skip
    return verified


def _decided(history: History, w: Writer, fine: int) -> tuple[date, str]:
    """To the service of a decision; returns the day of service and the decision's event."""
    unit, item = history.unit, history.item
    on = w.working(_filed(history, w), 6)
    w.add("evidence_verified", on, evidence="Z1", verified=True, lawful=True)
    facts = f"{history.party_name}在{history.place}{item.violation}。"
    w.add(
        "investigation_ended", on, details={"facts": facts, "evidence": "现场笔录。", "opinion": "建议处罚。"}
    )
    told = w.working(on, 1)
    proposed = {"kinds": ["fine"], "fine": fine}
    w.add(
        "penalty_notice_served", told, method="direct", receipt="signed", states=NOTICE_PARTS,
        proposed=proposed, details={"facts": facts, "reasons": "违反管理规定，情节一般。"},
    )  # fmt: skip
    decided = w.working(told, 7)
    low, high = item.organisation
    step = min((fine - low) // max((high - low) // 3, 1), 2) + 1
    decision = w.add(
        "decision_made", decided, actors=_head(unit), **stated_of(history), outcome="penalty",
        procedure="ordinary", penalty=proposed,
        benchmark={"benchmark": f"B-{item.code}", "step": f"S{step}", "adjusted": False},
        basis=[{"law": item.law, "article": item.article, "level": item.level}], applied_version="2015-01-01",
        evidence=["Z1"], facts_clear=True, evidence_sufficient=True, complex=False, major=False,
        major_public_interest=False, document_states=DOCUMENT_PARTS, document_sealed=True,
        reconsideration_told=["right", "organ", "period"], correction_ordered=True,
        details={"facts": facts, "reasons": "根据情节和整改情况，在法定幅度内裁量。"},
    )  # fmt: skip
    served = w.working(decided, 2)
    w.add("decision_served", served, method="direct", receipt="signed", publicity_told=True)
    w.add("decision_published", w.working(decided, 4), of=decision, channel="government_site", contains=[])
    return served, decision


def _to_the_court(history: History, w: Writer) -> None:
    """Never paid: the demand has run its ten working days, the court may be asked now."""
    served, _ = _decided(history, w, 1_200_000)
    late = served + timedelta(days=17)
    w.add("surcharge_started", w.working(late, 1), details={"told": "加处标准已书面告知。"})
    demanded = w.working(add_months(served, 6), 4)
    w.add(
        "demand_notice_served", demanded, method="direct", receipt="signed",
        states=["term", "manner", "amount", "right_to_state"], term_until=w.working(demanded, 10).isoformat(),
    )  # fmt: skip


def _revoked(history: History, w: Writer) -> None:
    """The agency has found its own mistake: the decision is revoked and has to be made anew."""
    served, _ = _decided(history, w, 1_000_000)
    w.add("fine_paid", served + timedelta(days=9), amount=1_000_000, channel="bank")
    w.add(
        "decision_revoked", w.working(w.now.date() - timedelta(days=2), 0), actors=_head(history.unit),
        outcome="revoked",
        details={"source": "self", "number": "", "reason": "数量认定有误，自行撤销后重新处理。"},
    )  # fmt: skip


def _overdue(history: History, w: Writer) -> None:
    """The fine is late and the surcharge has begun."""
    served, _ = _decided(history, w, 900_000)
    late = w.working(served + timedelta(days=17), 1)
    w.add("surcharge_started", late, details={"told": "加处标准已书面告知。"})


def _in_parts(history: History, w: Writer) -> None:
    """Three instalments were granted; the first is paid."""
    served, _ = _decided(history, w, 900_000)
    granted = w.working(served, 3)
    plan = [{"on": (granted + timedelta(days=days)).isoformat(), "amount": 300_000} for days in (20, 60, 100)]
    w.add(
        "deferral_granted", granted, actors=_head(history.unit), until=plan[-1]["on"],
        details={"reason": "资金周转困难，已提交财务报表。", "plan": plan},
    )  # fmt: skip
    w.add("fine_paid", granted + timedelta(days=12), amount=300_000, channel="bank")


def _seized(history: History, w: Writer) -> None:
    """Goods are held: a test took its days, the period was extended, and the end is near."""
    unit = history.unit
    held = w.working(_filed(history, w), 1)
    w.add(
        "measure_approved", held, actors=_head(unit), measure="C1", result="approved",
        approved_by="agency_head", x_for="measure", details={"grounds": "涉案食品可能转移。"},
        step="seizure_approved",
    )  # fmt: skip
    w.add(
        "seized", held, actors=_two(unit), measure="C1", urgent=False, **_ACT,
        details={"goods": "预包装食品 42 箱。", "officers": unit.officers[:2]},
    )  # fmt: skip
    sent = w.working(held, 2)
    w.add(
        "test_started", sent, test="T1", test_kind="inspection", measures=["C1"], told_in_writing=True,
        planned_until=(sent + timedelta(days=12)).isoformat(),
        details={"institution": "某食品检验中心", "about": "菌落总数、防腐剂。"},
    )  # fmt: skip
    back = w.working(sent + timedelta(days=10), 0)
    w.add("test_ended", back, test="T1", details={"result": "一项不合格。"})
    longer = w.working(held + timedelta(days=26), 0)
    w.add(
        "seizure_extended", longer, actors=_head(unit), measure="C1", days=20, approved_by="agency_head",
        details={"reason": "需要核查上游供货。"},
    )  # fmt: skip
    w.add(
        "extension_notice_served",
        longer,
        measure="C1",
        states_reasons=True,
        method="direct",
        receipt="signed",
    )


def _under_investigation(history: History, w: Writer) -> None:
    _filed(history, w)


def _urgent(history: History, w: Writer) -> None:
    """Sealed on the spot in an emergency some hours ago: the head has yet to approve it."""
    _filed(history, w)
    unit, hours = history.unit, 2
    at = w.now - timedelta(hours=hours)
    w.add(
        "sealed", at.date(), hour=max(at.hour, 1), actors=_two(unit), measure="C1", urgent=True, **_ACT,
        details={"goods": "自卸货车一辆。", "officers": unit.officers[:2]},
    )  # fmt: skip


def tell_procedures() -> None:
    """Two investigations of one site: the head has approved that the later one follows the earlier."""
    rows = {
        case.matter_id: case
        for case in Case.objects.unscoped("演示数据")
        .select_related("agency", "party")
        .filter(matter_id__in=MERGED, stage=Stage.FILED)
    }
    if len(rows) < len(MERGED):
        return
    lead, case = (rows[matter] for matter in MERGED)
    officer, head = (
        Actor.of(Person.objects.get(login_name=login), on=clock.today()) for login in ("zhou", "he")
    )
    details: dict[str, Any] = {
        "lead": lead.matter_id,
        "ground": "same_facts",
        "reason": "同一地块先后倾倒，证据互有关联，一并查明。",
    }
    try:
        take_step(actor=officer, case=case, step="case_merged", details=details, approver=head)
    except (InputFault, Refusal):
        return

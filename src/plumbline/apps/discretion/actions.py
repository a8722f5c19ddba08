"""Keeping how a penalty was arrived at. The law's own limits are asked of the range; a departure says why and who approves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from plumbline.packs.penalty.leniency import RANGE_ARTICLE
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .events import RECKONED
from .gathering import Ground, ground_of
from .models import Calculation
from .policies import may_reckon
from .reckoning import Facts, ListEntry, Proposal, reckon, yuan


@dataclass(frozen=True)
class Stated:
    """What the officer states: circumstances found, facts, conditions of list entries held (by number)."""

    circumstances: frozenset[str] = frozenset()
    minor: bool | None = None
    corrected: bool | None = None
    harm: str | None = None
    first: bool | None = None
    grounds: frozenset[str] = frozenset()
    conditions: Mapping[str, frozenset[int]] = field(default_factory=dict)
    base: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "circumstances": sorted(self.circumstances),
            "minor": self.minor,
            "corrected": self.corrected,
            "harm": self.harm,
            "first": self.first,
            "grounds": sorted(self.grounds),
            "conditions": {number: sorted(held) for number, held in self.conditions.items()},
            "base": self.base,
        }


@dataclass(frozen=True)
class Choice:
    """What the officer proposes: outcome, kinds, step and fine (fen), with reasons."""

    outcome: str
    kinds: Sequence[str] = ()
    step: str = ""
    fine: int | None = None
    reasons: str = ""


def proposal_for(ground: Ground, stated: Stated) -> Proposal:
    """The proposal that follows from what is stated, on today's registers."""
    return reckon(
        allowed=ground.allowed,
        base=stated.base,
        steps=ground.usable_steps,
        circumstances=stated.circumstances,
        facts=Facts(
            age=ground.age,
            natural_person=ground.natural_person,
            minor=stated.minor,
            corrected=stated.corrected,
            harm=stated.harm,
            first=stated.first,
            grounds=stated.grounds,
        ),
        entries=[
            ListEntry(
                number=entry.number,
                kind=entry.kind,
                title=entry.title,
                basis=entry.basis,
                conditions=entry.conditions,
                held=frozenset(stated.conditions.get(entry.number, ())),
            )
            for entry in ground.entries
        ],
    )


@action(
    "discretion.reckon",
    policy=may_reckon,
    on="case",
    records=(RECKONED,),
    basis="行政处罚法第三十四条；国办发〔2022〕27号（十二）",
)
def keep_calculation(*, actor: Actor, case: Any, stated: Stated, choice: Choice) -> Calculation:
    """Keep the calculation with the versions it rests on; the notice's and the decision's forms take it over."""
    ground = ground_of(case)
    if ground.decided:
        raise Refusal("本案已经作出决定，不再计算", next_step="决定错误的，依法变更或者撤销。")
    if ground.power is None:
        raise Refusal(
            "权责清单中没有本机关可以办理的这一事项，不能计算",
            basis="行政处罚法第十七条",
            next_step="请核对案件的执法事项。",
        )
    proposal = proposal_for(ground, stated)
    reasons = choice.reasons.strip()
    deviates = _judged(ground, proposal, choice, reasons)
    penalty = choice.outcome == "penalty"
    kept = Calculation.objects.create(
        case=case,
        agency_id=case.agency_id,
        item=ground.item,
        facts=stated.as_json() | {"age": ground.age, "earlier": ground.earlier},
        account=[asdict(line) for line in proposal.lines],
        registers=ground.versions(),
        low=proposal.low,
        high=proposal.high,
        base=stated.base,
        benchmark=str(ground.benchmark["id"]) if ground.benchmark and ground.usable_steps else "",
        proposed_step=proposal.step,
        proposed_fine=proposal.fine,
        outcome=choice.outcome,
        kinds=list(choice.kinds) if penalty else [],
        step=choice.step if penalty else "",
        fine=choice.fine if penalty and "fine" in choice.kinds else None,
        leniency=_leniency(proposal, choice),
        deviates=deviates,
        approval=ground.approval if deviates else "",
        reasons=reasons,
        by_id=actor.person_id,
        by_label=actor.label,
        at=clock.now(),
    )
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=RECKONED,
        agency=case.agency_id,
        data={
            "calculation": kept.pk,
            "item": kept.item,
            "registers": kept.registers,
            "proposed_step": kept.proposed_step,
            "proposed_fine": kept.proposed_fine,
            "outcome": kept.outcome,
            "step": kept.step,
            "amount": kept.fine,
            "deviates": kept.deviates,
        },
        actors=[{"id": actor.number, "role": "officer"}],
    )
    return kept


def _leniency(proposal: Proposal, choice: Choice) -> str:
    if choice.outcome == "no_penalty":
        return "exempted"
    if "fine" in choice.kinds and choice.fine is not None and _below(proposal, choice.fine):
        return "mitigated"
    return "none" if proposal.leniency == "exempted" else proposal.leniency


def _below(proposal: Proposal, fine: int) -> bool:
    return proposal.low is not None and fine < proposal.low


def _judged(ground: Ground, proposal: Proposal, choice: Choice, reasons: str) -> bool:
    """Whether the choice departs from the benchmark; what the law does not allow at all is refused here."""
    if choice.outcome == "no_penalty":
        if not (proposal.must_exempt or proposal.may_exempt or proposal.outcome == "no_penalty"):
            raise InputFault({"outcome": "所填事实不符合不予处罚的情形。请核对情节，或者选“给予处罚”。"})
        if not reasons:
            raise InputFault({"reasons": "不予处罚的，请写明理由。"})
        return False
    if proposal.must_exempt:
        article = next(line.article for line in proposal.lines if line.words == "不予处罚")
        raise Refusal(
            "所填事实属于依法不予处罚的情形，不能提出处罚", basis=article, next_step="请选“不予处罚”。"
        )
    if not choice.kinds:
        raise InputFault({"kinds": "请选择处罚种类。"})
    strange = set(choice.kinds) - set(ground.power["kinds"] if ground.power else ())
    if strange:
        raise InputFault({"kinds": "所选种类不在本事项可以给予的种类之内。请重新选择。"})
    if proposal.outcome == "no_penalty" and not reasons:
        raise InputFault({"reasons": "清单条件已经具备而仍要处罚的，请写明理由。"})
    if "fine" not in choice.kinds:
        return False
    return _fine_judged(ground, proposal, choice, reasons)


def _fine_judged(ground: Ground, proposal: Proposal, choice: Choice, reasons: str) -> bool:
    fine = choice.fine
    if fine is None:
        raise InputFault({"fine": "请填写拟罚款数额。"})
    if proposal.low is None or proposal.high is None:
        raise InputFault({"fine": f"{'；'.join(proposal.missing)}。补齐以后才能提出数额。"})
    if fine > proposal.high:
        raise InputFault(
            {"fine": f"{yuan(fine)} 元超过法定上限 {yuan(proposal.high)} 元（{RANGE_ARTICLE}）。请减少。"}
        )
    if fine < proposal.low:
        if not proposal.may_mitigate:
            raise InputFault(
                {
                    "fine": f"低于法定下限 {yuan(proposal.low)} 元，须有法定减轻情形（{RANGE_ARTICLE}）。请核对情节。"
                }
            )
        if not reasons:
            raise InputFault({"reasons": "减轻处罚的，请写明具体情节和评估。"})
    if not ground.usable_steps:
        if not reasons:
            raise InputFault({"reasons": "没有适用的裁量基准，请写明数额的理由。"})
        return False
    step = next((each for each in ground.usable_steps if each["code"] == choice.step), None)
    if step is None:
        raise InputFault({"step": "请选择裁量阶次。"})
    inside = step["min"] <= fine <= step["max"]
    if choice.step == proposal.step and inside:
        return False
    if not reasons:
        raise InputFault({"reasons": "与按情节得出的档次不一致，属于调整适用裁量基准，请写明理由。"})
    return True


def latest(case: Any) -> Calculation | None:
    """The calculation that counts; the caller has settled that the case may be seen."""
    rows = Calculation.objects.unscoped("案件已按可见范围取得").filter(case=case)
    return rows.order_by("-pk").first()

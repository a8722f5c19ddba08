"""The order of the making, asked of the rules before each step of a document: the rest of the life is imagined, then judged.

Of decisions the regulation names what has to lie before the discussion; that stands in their declaration. No order stands in
the code. A step is refused when even the shortest lawful way on from it would end in a publication
that a rule finds breached: then what should have come before is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.apps.cases.contract import activity_zh
from plumbline.packs.normdoc.procedures.deciding import BEFORE
from plumbline.packs.normdoc.words import UNCONTROLLED
from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import contract_form
from plumbline.platform.verdicts.evaluation import OTHER_MATTERS, rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import Verdict, evaluate
from plumbline.vocabulary import Event, Matter

from .reading import KIND, NormFile

#: What may follow, in the order in which the law names it; imagined with its lawful outcome.
AHEAD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("assessment_done", {}),
    ("draft_published_for_comment", {}),
    ("legality_review_given", {"result": "lawful"}),
    ("fair_competition_review_given", {}),
    ("collective_decision_made", {}),
    ("document_published", {}),
)
PLACES = {activity: place for place, (activity, _) in enumerate(AHEAD)}
FAIR = "fair_competition_review_given"
#: The rules on the publication that say what has to lie before it.
ON_PUBLICATION = ("LGO-75-procedure", "BER-63-reviews")


def demand_order(label: str, file: NormFile, candidate: Mapping[str, Any]) -> None:
    """Refuse a step after which the document could no longer be lawfully published."""
    against = broken_by(file, candidate)
    if not against:
        return
    lacking = [
        activity_zh(activity)
        for activity, _ in AHEAD[: PLACES[candidate["activity"]]]
        if not file.happened(activity)
    ]
    duties = "；".join(dict.fromkeys(verdict.definition.duty_zh.rstrip("。") for verdict in against))
    missing = f"。还没有：{'、'.join(lacking)}" if lacking else "。合法性审查没有得出合法的结论"
    raise Refusal(
        f"现在不能{label}：{duties}{missing}",
        basis="、".join(dict.fromkeys(f"{v.citation.law}{v.citation.article}" for v in against)),
        next_step="请先办理前面的步骤。",
        next_url=f"{file.page}#phase",
    )


def broken_by(file: NormFile, candidate: Mapping[str, Any]) -> list[Verdict]:
    """The rules that the publication at the end of the shortest way on from ``candidate`` would break."""
    place = PLACES.get(candidate["activity"])
    # The two reviews stand in no order to one another; an opinion that finds fault may come at any time.
    if (
        place is None
        or file.doc.is_policy
        or candidate["activity"] == FAIR
        or candidate["data"].get("result", "lawful") != "lawful"
    ):
        return []
    moment = clock.now()
    order = max((event.order for event in file.events), default=0)
    # All at one instant: the order of writing is then the order of time, as on one and the same day.
    imagined = [_on(candidate, moment)]
    imagined += [
        contract_form(
            event_id=f"ahead-{activity}",
            matter=file.doc.matter_id,
            kind=KIND,
            activity=activity,
            occurred_at=moment,
            agency=file.doc.maker_id,
            data=data,
            recorded_at=moment,
        )
        for activity, data in AHEAD[place + 1 :]
    ]
    events = [Event.from_json(each, order + n) for n, each in enumerate(imagined, 1)]
    matter = Matter.of([*file.events, *events], moment)
    registers, calendar = current_registers()
    rules = [rule_book().by_id[each] for each in ON_PUBLICATION if each in rule_book().by_id]
    found = evaluate(rules, matter, registers=registers, calendar=calendar, as_of=moment, **OTHER_MATTERS)
    return [v for v in found if v.subject == events[-1].id and v.verdict == "breached"]


def demand_before(step: Step, file: NormFile, on: date) -> None:
    """Refuse a step of a decision before which something that the regulation demands is missing."""
    if not file.doc.is_policy:
        return
    lacking = [
        each
        for each in BEFORE
        if each.step == step.key and file.applies(each.said) and not file.happened(*each.any_of)
    ]
    if lacking:
        raise Refusal(
            f"不能{step.verb}：还没有{'、'.join(each.lacking for each in lacking)}",
            basis="、".join(dict.fromkeys(each.basis for each in lacking)),
            next_step="请先办理缺少的程序；申报不符合实际的，请先更正申报。",
            next_url=f"{file.page}#phase",
        )
    if step.key == "decided" and file.detail("assessment_done", "conclusion") == UNCONTROLLED:
        raise Refusal(
            f"不能{step.verb}：最近一次风险评估认为风险不可控",
            basis="重大行政决策程序暂行条例第二十四条",
            next_step="请调整草案，确保风险可控后重新评估。",
            next_url=f"{file.page}/steps/assessed",
        )


def demands_of(step: Step, details: Mapping[str, Any]) -> tuple[str, ...]:
    """The rules a step must meet. A reform on new ground may be discussed with its legal risk shown (同条例第二十五条第二款)."""
    shown = step.key == "decided" and str(details.get("exploratory", "")).strip()
    return () if shown else step.demands


def _on(candidate: Mapping[str, Any], moment: Any) -> dict[str, Any]:
    """The candidate as if it happened now: the way on is imagined from here."""
    return {**candidate, "occurred_at": clock.as_instant(moment), "recorded_at": clock.as_instant(moment)}

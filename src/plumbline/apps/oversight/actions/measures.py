"""Measures of a plan: taken, answered by the agency, and what was found; a problem found becomes a lead with its source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.apps.supervision.contract import LeadState, Source, lead_of, take_in_lead
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.files.uploads import Accepted, all_accepted, kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from .. import events
from ..models import ASKING, Measure, MeasureFile, MeasureKind, Plan, PlanState
from ..policies import may_answer_measure, may_work_measure, may_work_plan
from .plans import write

BASIS = "行政执法监督条例第二十二条"


@action(
    "oversight.take_measure", policy=may_work_plan, on="plan", records=(events.MEASURE_TAKEN,), basis=BASIS
)
def take_measure(
    *,
    actor: Actor,
    plan: Plan,
    kind: str,
    agency: Agency,
    text: str,
    taken_on: date,
    place: str = "",
    respond_by: date | None = None,
) -> Measure:
    """One measure at one agency of the plan. One that asks for something sets a day and reaches the agency at once."""
    asking = _demand_measure(plan, kind, agency, text, taken_on, respond_by)
    measure = Measure.objects.create(
        plan=plan, agency=agency, kind=kind, text=text, taken_on=taken_on, place=place.strip(),
        respond_by=respond_by if asking else None, by_label=actor.label,
    )  # fmt: skip
    write(actor, plan, events.MEASURE_TAKEN, text, measure=measure.pk, kind=kind, agency=agency.pk)
    _tell_agency(measure)
    return measure


def _demand_measure(
    plan: Plan, kind: str, agency: Agency, text: str, taken_on: date, respond_by: date | None
) -> bool:
    """Refuse a measure that cannot be so; whether it asks the agency for something."""
    if plan.state != PlanState.RUNNING:
        raise Refusal("计划还没有批准实施", basis=BASIS, next_step="请先批准。")
    if kind not in MeasureKind.values:
        raise InputFault({"kind": "请选择措施。"})
    if not plan.subjects.filter(agency=agency).exists():
        raise InputFault({"agency": f"{agency.short_name}不在本计划被监督的机关里。"})
    if not text.strip():
        raise InputFault({"text": "请写明要求什么或者做了什么。"})
    asking = kind in ASKING
    if asking and (respond_by is None or respond_by <= taken_on):
        raise InputFault({"respond_by": "要求对方办理的，请填写晚于当日的答复期限。"})
    if taken_on > clock.today():
        raise InputFault({"taken_on": "「日期」不能晚于今天：采取以后再登记。"})
    return asking


def _tell_agency(measure: Measure) -> None:
    """An agency learns of what it is asked for, and of nothing else."""
    if measure.respond_by is not None:
        notify(
            title=f"{measure.get_kind_display()}，请于 {measure.respond_by} 前答复", body=measure.text,
            url=f"/measures/{measure.pk}", agency_code=measure.agency_id, capability="supervision.reply",
        )  # fmt: skip


@action(
    "oversight.correct_measure",
    policy=may_work_measure,
    on="measure",
    records=(events.MEASURE_CORRECTED, events.MEASURE_TAKEN),
    basis=BASIS,
)
def correct_measure(
    *,
    actor: Actor,
    measure: Measure,
    why: str,
    kind: str = "",
    agency: Agency | None = None,
    text: str = "",
    taken_on: date | None = None,
    place: str = "",
    respond_by: date | None = None,
) -> Measure:
    """更正: what was recorded in error stays readable, struck through; what is right stands in a measure of its own.

    Without ``kind`` nothing takes its place: there was no such measure. Returns what stands now, or else the struck one.
    """
    plan = measure.plan
    if measure.struck_on is not None:
        raise Refusal("这项措施已经更正过", next_step="请更正现在的那一项。")
    if plan.state != PlanState.RUNNING:
        raise Refusal(f"这个计划现在是“{plan.get_state_display()}”，不能再更正措施")
    if not why.strip():
        raise InputFault({"why": "请写明哪里登记有误。"})
    lead = lead_of(Source.PLAN, f"{plan.matter_id}-{measure.pk}")
    if lead is not None and lead.state != LeadState.DISMISSED:
        raise Refusal(
            f"查明的问题已经转为线索 {lead}，不能直接更正",
            basis=BASIS,
            next_step="请先在线索里研判为不属于监督事项，写明登记有误。",
        )
    again = None
    if kind:
        if agency is None or taken_on is None:
            raise InputFault({"agency": "请选择机关，填写日期。"})
        asking = _demand_measure(plan, kind, agency, text, taken_on, respond_by)
        again = Measure.objects.create(
            plan=plan, agency=agency, kind=kind, text=text, taken_on=taken_on, place=place.strip(),
            respond_by=respond_by if asking else None, by_label=actor.label, corrects=measure,
        )  # fmt: skip
    measure.struck_on, measure.struck_why, measure.struck_label = (
        clock.today(),
        why.strip()[:300],
        actor.label,
    )
    measure.save(update_fields=["struck_on", "struck_why", "struck_label"])
    write(
        actor, plan, events.MEASURE_CORRECTED, why.strip(), measure=measure.pk, by=again.pk if again else None
    )
    if measure.respond_by is not None:
        notify(
            title=f"{measure.get_kind_display()}登记有误，已经更正", body=why, url=f"/measures/{measure.pk}",
            agency_code=measure.agency_id, capability="supervision.reply",
        )  # fmt: skip
    if again is not None:
        write(actor, plan, events.MEASURE_TAKEN, text, measure=again.pk, kind=kind, agency=again.agency_id)
        _tell_agency(again)
    return again or measure


@action(
    "oversight.answer_measure", policy=may_answer_measure, on="measure", records=(events.MEASURE_ANSWERED,), basis="行政执法监督条例第二十五条"
)  # fmt: skip
def answer_measure(*, actor: Actor, measure: Measure, answer: str, files: Sequence[Any] = ()) -> Measure:
    """What the agency says of itself, with what was asked for."""
    if not answer.strip():
        raise InputFault({"answer": "请写明自查、说明的情况，或者提供了哪些资料。"})
    checked = all_accepted(files)
    measure.answer, measure.answered_label, measure.answered_at = answer, actor.label, clock.now()
    measure.save()
    _keep(actor, measure, checked)
    write(actor, measure.plan, events.MEASURE_ANSWERED, "", measure=measure.pk)
    notify(
        title=f"{measure.agency.short_name}已答复：{measure.get_kind_display()}", body=answer, url=measure.plan.page,
        capability="supervision.supervise",
    )  # fmt: skip
    return measure


@action(
    "oversight.find",
    policy=may_work_measure,
    on="measure",
    records=(events.MEASURE_FOUND, "lead_registered"),
    basis=BASIS,
)
def find(
    *, actor: Actor, measure: Measure, problem: bool, found: str, title: str = "", files: Sequence[Any] = ()
) -> Measure:
    """What the measure found. A problem goes into the one register of leads, from where it gets its instrument."""
    if measure.struck_on is not None:
        raise Refusal("这项措施登记有误，已经更正")
    if measure.problem is not None:
        raise Refusal("已经登记查明的情况", next_step="有新的情况，请另行登记一项措施。")
    if not found.strip():
        raise InputFault({"found": "请写明查明了什么；没有问题的，写明查了什么、没有发现问题。"})
    if problem and not title.strip():
        raise InputFault({"title": "有问题的，请用一句话写明是什么问题。"})
    checked = all_accepted(files)
    measure.problem, measure.found = problem, found
    measure.found_label, measure.found_at = actor.label, clock.now()
    if problem:
        lead = take_in_lead(
            actor=actor, source=Source.PLAN, source_ref=f"{measure.plan.matter_id}-{measure.pk}",
            source_url=measure.plan.page, title=title, facts=found, concerned=measure.agency_id,
        )  # fmt: skip
        measure.lead_matter = lead.matter_id
    measure.save()
    _keep(actor, measure, checked)
    write(actor, measure.plan, events.MEASURE_FOUND, found, measure=measure.pk, problem=problem)
    return measure


def _keep(actor: Actor, measure: Measure, files: Sequence[Accepted]) -> None:
    for file in files:
        MeasureFile.objects.create(measure=measure, by_label=actor.label, **kept(file))

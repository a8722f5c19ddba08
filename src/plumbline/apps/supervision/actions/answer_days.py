"""The day by which a source wants its answer, entered once it is known: an order that came without one is not in time, only old."""

from __future__ import annotations

from datetime import date

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..lead_models import Lead
from ..policies import may_work_lead
from ..settings import not_after
from ..writing_leads import lead_held, write_lead
from .clocks import set_one_clock
from .writing import demand

BASIS = "行政执法监督条例第二十条"


@action(
    "supervision.enter_answer_day",
    policy=may_work_lead,
    on="lead",
    records=(events.ANSWER_DAY_ENTERED,),
    basis=BASIS,
)
def enter_answer_day(*, actor: Actor, lead: Lead, answer_by: date, how: str) -> Lead:
    """登记答复期限: by when the source wants its answer, and where it says so; the own day is never after it."""
    lead_held(lead)
    if lead.answer_by is not None:
        raise Refusal(
            f"已经登记要求 {lead.answer_by} 以前答复，不能改",
            basis=BASIS,
            next_step="来源改期的，在“改派或者改期”里写明。",
        )
    if lead.answered_on is not None:
        raise Refusal(f"{lead.answered_on} 已经登记回复", basis=BASIS)
    if answer_by < lead.received_on:
        raise InputFault({"answer_by": f"「要求答复的日期」不能早于收到日（{lead.received_on}）。"})
    demand(how, "how", "请写明日期从哪里来，例如：12345 平台工单页面。")
    lead.answer_by = answer_by
    if lead.due_on is not None:
        lead.due_on = not_after(answer_by, lead.due_on)
    if lead.own_due_on is not None:
        lead.own_due_on = not_after(answer_by, lead.own_due_on)
    lead.save(update_fields=["answer_by", "due_on", "own_due_on"])
    write_lead(
        actor, lead, events.ANSWER_DAY_ENTERED, {"day": answer_by.isoformat(), "text": how.strip()[:200]}
    )
    if lead.is_open:
        set_one_clock(lead)
    return lead

"""What leads put on the desk of whoever supervises, and where a lead is found from other pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from plumbline.platform.desk import DeskTask
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page

from .lead_models import OPEN_LEADS, Lead, LeadState
from .lead_queries import UNDATED, to_answer

SHOWN = 20
#: What is done next in each state, in a verb; what has been put to an agency waits for it.
NEXT = {LeadState.REGISTERED: "研判", LeadState.ASSESSED: "核查", LeadState.VERIFIED: "反馈"}


def leads_to_work(actor: Actor) -> Iterator[DeskTask]:
    """Unjudged leads for everybody who supervises; those with an owner for the owner alone."""
    mine = Q(owner=None) | Q(owner_id=actor.person_id)
    rows = Lead.objects.visible_to(actor).filter(mine, state__in=list(NEXT)).select_related("concerned")
    for lead in rows.order_by("due_on", "pk")[:SHOWN]:
        verb = NEXT[LeadState(lead.state)]
        yield DeskTask(
            title=f"{verb}线索：{lead.title}",
            url=lead.page,
            kind="alert",
            number=lead.concerned.short_name if lead.concerned else "机关待定",
            who=lead.facts[:60],
            where=f"{lead.get_source_display()} · {lead.get_state_display()}",
            verb=verb,
            basis="行政执法监督条例第二十条",
            due_on=lead.due_on,
            unit="wd",
        )

    undated = Lead.objects.visible_to(actor).filter(mine, UNDATED, ended_at=None).select_related("concerned")
    for lead in undated.order_by("received_on", "pk")[:SHOWN]:
        yield DeskTask(
            title=f"登记答复期限：{lead.title}",
            url=f"{lead.page}#answer-day",
            kind="alert",
            number=lead.source_ref,
            who=lead.concerned.short_name if lead.concerned else "机关待定",
            where=_without_day(lead),
            verb="登记",
            basis="行政执法监督条例第二十条",
        )

    for lead in to_answer(actor)[:SHOWN]:
        yield DeskTask(
            title=f"回复来源：{lead.title}",
            url=lead.page,
            kind="alert",
            number=lead.source_ref,
            who=lead.feedback or lead.assessment,
            where=_without_day(lead) if lead.lacks_day else f"{lead.get_source_display()} · 已办结",
            verb="回复",
            basis="行政执法监督条例第二十条",
            due_on=lead.answer_by,
            unit="cd",
        )


def _without_day(lead: Lead) -> str:
    """Nothing is claimed about lateness where nobody has entered a day."""
    return f"{lead.get_source_display()} · 未登记期限，收到已 {lead.days_since} 日"


@matter_page
def page_of_lead(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("XS-"):
        return None
    lead = Lead.objects.visible_to(actor).filter(matter_id=matter_id).first()
    return MatterPage("监督线索", lead.title, lead.page) if lead else None


def open_leads(actor: Actor) -> int:
    return Lead.objects.visible_to(actor).filter(state__in=OPEN_LEADS).count()

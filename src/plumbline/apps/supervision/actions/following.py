"""A lead follows the alert it became: what is decided about the alert says whether the lead held."""

from __future__ import annotations

from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from ..conducts import NONE
from ..lead_models import UNVERIFIED, Lead, LeadState
from ..models import Alert, AlertState
from ..settings import not_after, working_days_after
from ..writing_leads import write_lead

HELD = {AlertState.INSTRUMENT: True, AlertState.EXPLAINED: False, AlertState.FALSE_ALARM: False}


def leads_follow(actor: Actor, alert: Alert, reason: str) -> None:
    """Mark the leads behind a decided alert as verified; those verified before keep their conclusion."""
    held = HELD.get(AlertState(alert.state))
    if held is None:
        return
    waiting = Q(state__in=UNVERIFIED)
    if alert.instrument_id is not None and not held:
        # An objection that holds takes back what the instrument had found; what was answered already stays as it was told.
        waiting |= Q(state=LeadState.VERIFIED, substantiated=True)
    for lead in Lead.objects.unscoped("随预警的处置核定").filter(waiting, alert=alert):
        conclude(actor, lead, substantiated=held, conduct=lead.conduct, text=reason)


def conclude(actor: Actor, lead: Lead, *, substantiated: bool, conduct: str, text: str) -> None:
    """Write what was found about a lead: from here on its source waits for the answer."""
    lead.state, lead.substantiated, lead.conduct = LeadState.VERIFIED, substantiated, conduct
    lead.verified, lead.verified_label, lead.verified_at = text, actor.label, clock.now()
    own = working_days_after(clock.today(), "lead.feed_back")
    lead.due_on, lead.own_due_on = not_after(lead.answer_by, own), None
    lead.save()
    data: dict[str, object] = {"substantiated": substantiated, "conduct": conduct or NONE, "x_text": text}
    write_lead(actor, lead, "lead_verified", data)

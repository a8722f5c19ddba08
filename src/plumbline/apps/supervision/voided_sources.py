"""A lead whose source took back what it came with: the letter, signed for by mistake, was voided. Called in the source's own action.

A lead that nobody has worked on closes with the reason. One that is worked on, answered, or joined with others stays with its
keeper, who is told: what was looked into is not undone by a slip in the letter's register. Recorded again, the letter finds its lead.
"""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district

from . import events
from .lead_models import Lead, LeadState
from .settings import not_after, working_days_after
from .writing_leads import LEAD, write_lead


def void_source(*, actor: Actor, source: str, source_ref: str, reason: str) -> None:
    """Tell the lead of ``source_ref`` that its source was voided; a source that brought no lead has nothing to tell."""
    with whole_district():
        lead = _locked(source, source_ref)
        if lead is None or lead.source_void:
            return
        lead.source_void = reason.strip()
        write_lead(actor, lead, events.LEAD_SOURCE_VOIDED, {"reason": lead.source_void})
        joined = Lead.objects.unscoped("并入的线索").filter(merged_into=lead)
        if lead.state == LeadState.REGISTERED and not joined.exists():
            lead.state, lead.due_on = LeadState.WITHDRAWN, None
            lead.ended_label, lead.ended_at = actor.label, clock.now()
            write_lead(actor, lead, "matter_closed", {})
        lead.save()
        _tell(lead, "来源已作废")


def restore_source(*, actor: Actor, lead: Lead, title: str, facts: str) -> Lead:
    """The voided source was recorded again: its lead is as it was before; one that had closed waits to be judged anew.

    ``title`` and ``facts`` are what the source says now; what somebody has worked on keeps its own.
    """
    if not lead.source_void:
        return lead
    with whole_district():
        locked = _locked(lead.source, lead.source_ref)
        assert locked is not None
        locked.source_void = ""
        if locked.state == LeadState.WITHDRAWN:
            _undo_closing(actor, locked)
            locked.state, locked.ended_label, locked.ended_at = LeadState.REGISTERED, "", None
            locked.title, locked.facts = title.strip()[:200], facts.strip()
            locked.due_on = not_after(locked.answer_by, working_days_after(clock.today(), "lead.assess"))
        write_lead(actor, locked, events.LEAD_SOURCE_RESTORED, {})
        locked.save()
        _tell(locked, "来源已重新登记")
    return locked


def _locked(source: str, source_ref: str) -> Lead | None:
    rows = Lead.objects.unscoped("来源作废的线索").select_for_update(of=("self",))
    found: Lead | None = rows.filter(source=source, source_ref=source_ref).first()
    return found


def _undo_closing(actor: Actor, lead: Lead) -> None:
    said = StoredEvent.objects.unscoped("线索的办结记录").filter(
        matter_id=lead.matter_id, activity="matter_closed"
    )
    closing = said.order_by("-seq").first()
    assert closing is not None
    record(
        actor=actor, matter=lead.matter_id, kind=LEAD, activity="event_voided", agency=lead.agency_id,
        data={"voids": closing.event_id, "reason": "来源已重新登记"}, actors=[{"id": actor.number, "role": "other"}],
    )  # fmt: skip


def _tell(lead: Lead, what: str) -> None:
    """Whoever keeps it, or keeps what it was merged into; all who supervise where nobody does yet."""
    keeper = lead.owner_id or (lead.merged_into.owner_id if lead.merged_into is not None else None)
    notify(
        title=f"{what}：{lead.title}",
        body=lead.source_void,
        url=lead.page,
        person_id=keeper,
        capability="" if keeper else "supervision.supervise",
    )

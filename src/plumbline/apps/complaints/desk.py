"""What complaints give to the work desk and the menu."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page
from plumbline.platform.ui.navigation import register_entry

from .clocks import due_by_matter
from .models import WAITING, Complaint, Referral, State
from .policies import CUSTODY, HANDLING, REPLYING, may_keep_identities, openings_for

MOST = 200

register_entry(
    "投诉举报",
    "complaints",
    order=46,
    capabilities=(HANDLING,),
    counter=lambda actor: Complaint.objects.visible_to(actor).filter(state__in=WAITING).count(),
)
register_entry(
    "身份保管",
    "identities",
    order=47,
    capabilities=(CUSTODY,),
    counter=lambda actor: openings_for(actor).filter(granted=None).count(),
)


@matter_page
def page_of_complaint(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("TS-"):
        return None
    row = Complaint.objects.visible_to(actor).filter(matter_id=matter_id).first()
    return MatterPage("投诉举报", row.get_kind_display(), f"/complaints/{row.matter_id}") if row else None


@task_source("complaints")
def complaint_tasks(actor: Actor) -> Sequence[DeskTask]:
    """To tell and to conclude for the handling organ, to reply for an agency, to decide for a custodian."""
    found: list[DeskTask] = []
    if actor.can(HANDLING):
        found += _to_handle(actor)
    if actor.can(REPLYING):
        rows = Referral.objects.visible_to(actor).filter(replied_at=None).select_related("to")
        found += [
            DeskTask(
                title="答复转办的投诉举报",
                url=f"/complaints/referrals/{row.pk}",
                kind="other",
                number=row.matter_id,
                who=row.to.short_name,
                verb="答复",
                basis="期限由区司法局在转办时写明",
                due_on=row.respond_by,
            )
            for row in rows[:MOST]
        ]
    if may_keep_identities(actor):
        found += [
            DeskTask(
                title="答复开启身份的申请",
                url=f"/complaints/identities/{row.pk}",
                kind="approve",
                number=row.complaint.matter_id,
                who=row.asked_label,
                verb="答复",
            )
            for row in openings_for(actor).filter(granted=None)[:MOST]
        ]
    return found


def _to_handle(actor: Actor) -> list[DeskTask]:
    rows = list(
        Complaint.objects.visible_to(actor)
        .filter(state__in=WAITING)
        .select_related("concerned")
        .order_by("received_at")[:MOST]
    )
    due = due_by_matter(rows)
    return [
        DeskTask(
            title="告知受理情况" if row.state == State.RECEIVED else "办理并答复",
            url=f"/complaints/{row.matter_id}",
            kind="other",
            number=row.matter_id,
            who=row.get_kind_display(),
            where=row.concerned.short_name if row.concerned else "",
            verb="告知" if row.state == State.RECEIVED else "办理",
            basis=f"{due[row.matter_id].law}{due[row.matter_id].article}" if row.matter_id in due else "",
            due_on=due[row.matter_id].due_on if row.matter_id in due else None,
            unit=due[row.matter_id].unit if row.matter_id in due else "",
        )
        for row in rows
    ]

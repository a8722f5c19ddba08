"""What waits at the desk: applications and records for the organ, invitations for a volunteer; and the menu of both."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page
from plumbline.platform.ui.navigation import register_entry

from .models import Activity, Application, ApplicationState, Invitation, InvitationState, MediaLead, Visit
from .policies import MANAGE, SERVE

MOST = 100


def _asked(actor: Actor) -> int:
    return Invitation.objects.filter(
        volunteer__person_id=actor.own_id,
        state=InvitationState.SENT,
        activity__starts_at__gt=clock.now(),
    ).count()


register_entry("邀请", "volunteering", order=1, capabilities=(SERVE,), counter=_asked)
register_entry("我的记录", "volunteering-records", order=2, capabilities=(SERVE,))
register_entry("反馈", "volunteering-feedback", order=3, capabilities=(SERVE,))
register_entry("学习", "volunteering-learning", order=4, capabilities=(SERVE,))
register_entry("社会监督", "volunteers", order=45, capabilities=(MANAGE,))
register_entry("检查评价", "ratings", order=63, capabilities=("supervision.supervise",))


@matter_page
def page_of_media(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("MT-"):
        return None
    row = MediaLead.objects.visible_to(actor).filter(matter_id=matter_id).first()
    return MatterPage("媒体线索", row.title, f"/volunteers/media/{row.matter_id}") if row else None


@matter_page
def page_of_visit(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("YWJL-"):
        return None
    row = Visit.objects.visible_to(actor).filter(matter_id=matter_id).first()
    return (
        MatterPage("监督记录", row.get_kind_display(), f"/volunteers/visits/{row.matter_id}") if row else None
    )


@task_source("volunteers")
def volunteer_tasks(actor: Actor) -> Sequence[DeskTask]:
    """Applications, draws and answers that wait for the organ; invitations that wait for a volunteer."""
    if actor.person_id is None:
        return []
    return [
        *(_of_organ(actor) if actor.can(MANAGE) else ()),
        *(_of_volunteer(actor) if actor.can(SERVE) else ()),
    ]


def _of_organ(actor: Actor) -> list[DeskTask]:
    waiting = {ApplicationState.RECEIVED: "审查义务监督员报名", ApplicationState.ACCEPTED: "聘任义务监督员"}
    found = [
        DeskTask(
            title=waiting[ApplicationState(row.state)],
            url=f"/volunteers/applications/{row.matter_id}",
            kind="other",
            number=row.matter_id,
            verb="办理",
        )
        for row in Application.objects.visible_to(actor).filter(state__in=list(waiting))[:MOST]
    ]
    reach = actor.reach(MANAGE)
    undrawn = Activity.objects.filter(drawn_at=None, cancelled_at=None, starts_at__gt=clock.now())
    undrawn = undrawn if reach is None else undrawn.filter(agency_id__in=reach)
    found += [
        DeskTask(
            title=f"抽取义务监督员：{row.title}",
            url=f"/volunteers/activities/{row.pk}",
            kind="other",
            verb="抽取",
            due_on=row.starts_at.astimezone(clock.CHINA).date(),
        )
        for row in undrawn[:MOST]
    ]
    unanswered = Visit.objects.visible_to(actor).filter(observation=True, feedback_at=None)
    return found + [
        DeskTask(
            title="向义务监督员反馈",
            url=f"/volunteers/visits/{row.matter_id}",
            kind="other",
            number=row.matter_id,
            where=row.concerned.short_name,
            verb="反馈",
        )
        for row in unanswered.select_related("concerned").order_by("recorded_at")[:MOST]
    ]


def _of_volunteer(actor: Actor) -> list[DeskTask]:
    rows = Invitation.objects.filter(volunteer__person_id=actor.own_id).select_related("activity")
    asked = rows.filter(state=InvitationState.SENT, activity__starts_at__gt=clock.now())
    return [
        DeskTask(
            title=f"答复邀请：{row.activity.title}",
            url=f"/volunteering/invitations/{row.pk}",
            kind="other",
            verb="答复",
            due_on=row.activity.starts_at.astimezone(clock.CHINA).date(),
        )
        for row in asked[:MOST]
    ]

"""Activities, the draw of those who are invited, and their answers. Who declines is followed by the next of the draw."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db.models import Count, Max

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..drawing import Considered, drawn
from ..events import ACTIVITY_CANCELLED, ACTIVITY_PLANNED, INVITATION_ANSWERED, VOLUNTEERS_DRAWN
from ..models import Activity, ActivityKind, Invitation, InvitationState, Volunteer
from ..policies import BASIS, MANAGE, may_answer, may_manage, may_run
from ..recording import demand, log, organ_of


@action("volunteers.plan_activity", policy=may_manage, records=(ACTIVITY_PLANNED,), basis=BASIS)
def plan_activity(
    *, actor: Actor, kind: str, title: str, concerned: Agency, starts_at: datetime, place: str, wanted: int
) -> Activity:
    """Register something that volunteers may accompany. Title and place name no party."""
    demand({"title": (title, "请填写活动名称。"), "place": (place, "请填写集合地点。")})
    if kind not in ActivityKind.values:
        raise InputFault({"kind": "请选择种类。"})
    if wanted < 1:
        raise InputFault({"wanted": "至少邀请 1 人。"})
    if starts_at <= clock.now():
        raise InputFault({"starts_at": "活动时间已经过去。请改为之后的时间。"})
    made = Activity.objects.create(
        agency=organ_of(actor), kind=kind, title=title.strip(), concerned=concerned, starts_at=starts_at,
        place=place.strip(), wanted=wanted, made_at=clock.now(), made_label=actor.label,
    )  # fmt: skip
    log(actor, made.matter_id, ACTIVITY_PLANNED, made.agency_id, {"kind": kind, "concerned": concerned.pk})
    return made


def considered_for(activity: Activity) -> list[Considered]:
    """Every volunteer of the organ in office on the day, with the reason where one may not go."""
    day = activity.starts_at.astimezone(clock.CHINA).date()
    rows = (
        Volunteer.objects.unscoped("抽取的名单")
        .filter(agency_id=activity.agency_id)
        .annotate(load=Count("invitations"))
        .order_by("matter_id")
    )
    barred = lineage(activity.concerned)
    found = []
    for row in rows:
        if row.is_in_office(day):
            excluded = "应当回避" if barred & set(row.conflicts) else "" if row.person_id else "没有账号"
            found.append(Considered(row.matter_id, row.load, excluded))
    return found


def lineage(agency: Agency) -> set[str]:
    """An agency and those above it: who has an interest in the whole has one in the part."""
    found: set[str] = set()
    each: Agency | None = agency
    while each is not None and each.pk not in found:
        found.add(each.pk)
        each = each.parent
    return found


@action("volunteers.draw", policy=may_run, on="activity", records=(VOLUNTEERS_DRAWN,), basis=BASIS)
def draw_volunteers(*, actor: Actor, activity: Activity) -> Activity:
    """Draw once and invite as many as are wanted."""
    activity = Activity.objects.select_for_update().select_related("concerned").get(pk=activity.pk)
    if activity.draw is not None:
        raise Refusal("这次活动已经抽取过，不能重抽", next_step="有人不参加的，按抽取的次序自动递补。")
    if activity.starts_at <= clock.now():
        raise Refusal("活动时间已经过去，不能再抽取", next_step="请登记新的活动。")
    made = drawn(considered_for(activity), seed=secrets.token_hex(16))
    if not made["order"]:
        raise Refusal("没有可以邀请的义务监督员", next_step="请查看各人的聘期、账号和应当回避的机关。")
    activity.draw, activity.drawn_at = made, clock.now()
    activity.save(update_fields=["draw", "drawn_at"])
    log(
        actor, activity.matter_id, VOLUNTEERS_DRAWN, activity.agency_id,
        {"seed": made["seed"], "list_sha256": made["list_sha256"], "order": made["order"]},
    )  # fmt: skip
    for _ in range(activity.wanted):
        invite_next(activity)
    return activity


def invite_next(activity: Activity) -> Invitation | None:
    """Invite the next of the draw; None when nobody is left."""
    order: list[str] = (activity.draw or {}).get("order", [])
    turn = activity.invitations.aggregate(last=Max("turn"))["last"] or 0
    while turn < len(order):
        row = Volunteer.objects.unscoped("按抽取次序邀请").filter(matter_id=order[turn]).first()
        turn += 1
        if row is None or row.ended_on is not None or activity.invitations.filter(volunteer=row).exists():
            continue
        made = Invitation.objects.create(activity=activity, volunteer=row, turn=turn, sent_at=clock.now())
        if row.person_id is not None:
            notify(
                title=f"邀请您参加：{activity.title}",
                body=f"{activity.starts_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}，{activity.place}",
                url="/volunteering",
                person_id=row.person_id,
            )
        return made
    return None


@action(
    "volunteers.answer_invitation",
    policy=may_answer,
    on="invitation",
    records=(INVITATION_ANSWERED,),
    basis=BASIS,
)
def answer_invitation(
    *, actor: Actor, invitation: Invitation, accept: bool, reason: str = "", conflict: bool = False
) -> Invitation:
    """Accept or decline. A conflict of interest is kept for all later draws; the next of the draw is invited at once."""
    activity = Activity.objects.select_for_update().get(pk=invitation.activity_id)
    if activity.starts_at <= clock.now():
        raise Refusal("活动已经开始，不能再答复", next_step="没有参加的不用登记。")
    invitation.state = InvitationState.ACCEPTED if accept else InvitationState.DECLINED
    invitation.reason, invitation.conflict = reason.strip()[:200], conflict and not accept
    invitation.answered_at = clock.now()
    invitation.save()
    log(
        actor, activity.matter_id, INVITATION_ANSWERED, activity.agency_id,
        {"invitation": invitation.pk, "accepted": accept, "conflict": invitation.conflict},
    )  # fmt: skip
    if accept:
        return invitation
    if invitation.conflict:
        row = invitation.volunteer
        row.conflicts = sorted({*row.conflicts, activity.concerned_id})
        row.save(update_fields=["conflicts"])
    if invite_next(activity) is None:
        notify(
            title=f"递补名单已经用完：{activity.title}",
            url=f"/volunteers/activities/{activity.pk}",
            agency_code=activity.agency_id,
            capability=MANAGE,
        )
    return invitation


@action(
    "volunteers.cancel_activity", policy=may_run, on="activity", records=(ACTIVITY_CANCELLED,), basis=BASIS
)
def cancel_activity(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """Call an activity off; whoever was invited is told."""
    demand({"reason": (reason, "请写明取消的理由，受邀的人会看到。")})
    if Invitation.objects.filter(activity=activity, visit__isnull=False).exists():
        raise Refusal("已经有人登记了所见，不能取消")
    activity.cancelled_at, activity.cancelled_reason = clock.now(), reason.strip()
    activity.save(update_fields=["cancelled_at", "cancelled_reason"])
    open_ones = activity.invitations.filter(state__in=[InvitationState.SENT, InvitationState.ACCEPTED])
    for each in open_ones.select_related("volunteer"):
        if each.volunteer.person_id is not None:
            notify(
                title=f"活动取消：{activity.title}",
                body=reason.strip(),
                url="/volunteering",
                person_id=each.volunteer.person_id,
            )
    open_ones.update(state=InvitationState.CANCELLED)
    log(actor, activity.matter_id, ACTIVITY_CANCELLED, activity.agency_id)
    return activity

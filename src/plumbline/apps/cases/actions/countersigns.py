"""An agency says which posts countersign which step: a dated row, never edited; it ends and another begins."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import OBJECTIONS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..approval_policies import may_end_countersign, may_set_countersigns
from ..attached import approved_steps
from ..events import COUNTERSIGN_ENDED, COUNTERSIGN_SET
from ..models import CountersignSetting
from ..posts import consulted_posts

BASIS = "机关内部审批（平台内部控制）"


@action(
    "cases.set_countersign",
    policy=may_set_countersigns,
    on="agency_code",
    records=(COUNTERSIGN_SET,),
    basis=BASIS,
)
def set_countersign(
    *,
    actor: Actor,
    agency_code: str,
    step: str,
    post: int,
    turn: int,
    objection: str,
    source: str,
    valid_from: date,
) -> CountersignSetting:
    """Demand the countersignature of a post on a step from a day on. What was submitted before keeps its own demands."""
    faults: dict[str, str] = {}
    if step not in approved_steps():
        faults["step"] = "请选择需要审批的步骤。"
    offered = {held.post.pk for held in consulted_posts(agency_code)}
    if post not in offered:
        faults["post"] = "请选择今天有人在岗、可以查看本单位案件的岗位。"
    if not 1 <= turn <= 9:
        faults["turn"] = "先后次序填 1 到 9；同一个数字的同时征求。"
    if objection not in OBJECTIONS:
        faults["objection"] = "请选择不同意时怎样办。"
    if not source.strip():
        faults["source"] = "请写明依据，例如本机关的审批制度和文号。"
    if valid_from < clock.today():
        faults["valid_from"] = "起用日不能早于今天；已经提交的报批不受影响。"
    rows = CountersignSetting.objects.select_for_update().filter(
        agency_id=agency_code, step=step, post_id=post
    )
    if not faults and any(_reaches(row, valid_from) for row in rows):
        faults["post"] = "这个岗位已经会签这一步。要改次序或者处理方式的，先停用原来的，再从次日起另设。"
    if faults:
        raise InputFault(faults)
    row = CountersignSetting.objects.create(
        agency_id=agency_code,
        step=step,
        post_id=post,
        turn=turn,
        objection=objection,
        source=source.strip(),
        valid_from=valid_from,
        set_label=actor.label,
        set_at=clock.now(),
    )
    _record(
        actor, row, COUNTERSIGN_SET, {"from": valid_from.isoformat(), "turn": turn, "objection": objection}
    )
    return row


def _reaches(row: CountersignSetting, day: date) -> bool:
    """Whether a setting is in force on ``day`` or later; one that ended before it began never was."""
    return row.valid_to is None or (row.valid_to >= day and row.valid_to >= row.valid_from)


@action(
    "cases.end_countersign",
    policy=may_end_countersign,
    on="setting",
    records=(COUNTERSIGN_ENDED,),
    basis=BASIS,
)
def end_countersign(*, actor: Actor, setting: CountersignSetting) -> CountersignSetting:
    """Demand it no longer: today is the last day, or it never begins when it was to begin later."""
    row = CountersignSetting.objects.select_for_update().get(pk=setting.pk)
    today = clock.today()
    if row.valid_to is not None and row.valid_to <= today:
        raise Refusal("这项会签已经停用", next_step="请刷新页面。")
    row.valid_to, row.ended_label = today, actor.label
    row.save(update_fields=["valid_to", "ended_label"])
    _record(actor, row, COUNTERSIGN_ENDED, {"to": today.isoformat()})
    return row


def _record(actor: Actor, row: CountersignSetting, activity: str, data: dict[str, object]) -> None:
    record(
        actor=actor,
        matter=f"COUNTERSIGN-{row.agency_id}",
        kind="register",
        activity=activity,
        agency=row.agency_id,
        data={"setting": row.pk, "step": row.step, "post": row.post_id, **data},
    )

"""A plan is edited before it begins and amended afterwards; every change says what stood there, what stands there now, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .. import events
from ..models import NoticeWord, Plan, PlanChange, PlanKind, PlanMember, PlanState, PlanSubject, measures_of
from ..policies import may_change_plan
from .plans import ROUTINE, agencies_of, write

LABELS: Mapping[str, str] = {
    "title": "名称", "reason": "事由和依据", "scope": "监督的范围和重点", "from_on": "开始", "until_on": "结束",
    "subjects": "被监督的机关", "notice_word": "试点通知里的用语", "sent_by": "下达机关", "sent_number": "下达文号",
}  # fmt: skip


@action(
    "oversight.change_plan", policy=may_change_plan, on="plan", records=(events.PLAN_CHANGED,), basis=ROUTINE
)
def change_plan(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    reason: str,
    scope: str,
    from_on: date,
    until_on: date,
    subjects: Sequence[Agency],
    notice_word: str = "",
    sent_by: str = "",
    sent_number: str = "",
    why: str = "",
) -> Plan:
    """Put the plan as it is to be; once it has begun with a reason, and without touching what was done under it."""
    texts = {
        "title": title.strip(), "reason": reason.strip(), "scope": scope.strip(), "sent_by": sent_by.strip(),
        "sent_number": sent_number.strip(),
    }  # fmt: skip
    began = plan.state == PlanState.RUNNING
    faults = _faults(plan, texts, from_on, until_on, subjects, why, began)
    if plan.kind != PlanKind.RECEIVED:
        texts |= {"sent_by": "", "sent_number": ""}
    if faults:
        raise InputFault(faults)
    held = [each.agency for each in plan.subjects.select_related("agency")]
    now = {**texts, "from_on": from_on, "until_on": until_on, "notice_word": notice_word}
    changed = [
        {"label": LABELS[name], "before": _said(name, getattr(plan, name)), "after": _said(name, value)}
        for name, value in now.items()
        if getattr(plan, name) != value
    ]
    if {each.pk for each in held} != {each.pk for each in subjects}:
        changed.append({"label": LABELS["subjects"], "before": _names(held), "after": _names(subjects)})
    if not changed:
        raise InputFault({"": "没有改动。"})
    for name, value in now.items():
        setattr(plan, name, value)
    plan.save()
    plan.subjects.exclude(agency__in=[each.pk for each in subjects]).delete()
    fresh = {each.pk for each in subjects} - {each.pk for each in held}
    PlanSubject.objects.bulk_create(PlanSubject(plan=plan, agency_id=code) for code in sorted(fresh))
    PlanChange.objects.create(plan=plan, changed=changed, why=why.strip()[:300], by_label=actor.label)
    said = "、".join(each["label"] for each in changed) + (f"：{why.strip()}" if why.strip() else "")
    write(actor, plan, events.PLAN_CHANGED, said, changed=changed)
    return plan


def _faults(
    plan: Plan,
    texts: Mapping[str, str],
    from_on: date,
    until_on: date,
    subjects: Sequence[Agency],
    why: str,
    began: bool,
) -> dict[str, str]:
    faults = {name: f"请填写{LABELS[name]}。" for name in ("title", "reason", "scope") if not texts[name]}
    if plan.kind == PlanKind.RECEIVED:
        faults |= {name: f"请填写{LABELS[name]}。" for name in ("sent_by", "sent_number") if not texts[name]}
    if until_on < from_on:
        faults["until_on"] = "「结束」不能早于「开始」。"
    if not subjects:
        faults["subjects"] = "请选择被监督的机关。"
    if began and not why.strip():
        faults["why"] = "计划已经实施，请写明修改的理由。"
    if began and from_on != plan.from_on:
        faults["from_on"] = "计划已经实施，「开始」不能再改。"
    kept = {each.pk for each in subjects}
    gone = measures_of(plan).exclude(agency_id__in=kept).first()
    if subjects and gone is not None:
        faults["subjects"] = f"对{gone.agency.short_name}已经采取监督措施，不能从计划里去掉。"
    for member in plan.members.filter(person__isnull=False, left_on=None).select_related("person"):
        own = [each for each in subjects if member.person and each.pk in agencies_of(member.person)]
        if own:
            faults["subjects"] = f"{member.name}在{own[0].short_name}任职，应当先退出本计划。"
    return faults


def _said(name: str, value: object) -> str:
    if name == "notice_word":
        return str(NoticeWord(str(value)).label)
    return value.isoformat() if isinstance(value, date) else str(value)


def _names(agencies: Sequence[Agency]) -> str:
    return "、".join(each.short_name for each in sorted(agencies, key=lambda each: each.pk))


@action(
    "oversight.release_member", policy=may_change_plan, on="plan", records=(events.PLAN_MEMBER_RELEASED,),
    basis="行政执法监督条例第二十三条",
)  # fmt: skip
def release_member(*, actor: Actor, plan: Plan, member: PlanMember, why: str) -> PlanMember:
    """Somebody leaves the team, with the reason; a plan under way never has fewer than two people left."""
    if member.plan_id != plan.pk or member.left_on is not None:
        raise Refusal(f"{member.name}不在名单里")
    if not why.strip():
        raise InputFault({"why": "请写明退出的理由。"})
    left = plan.members.filter(person__isnull=False, left_on=None).exclude(pk=member.pk).count()
    if plan.state == PlanState.RUNNING and member.person_id is not None and left < 2:
        raise Refusal("退出以后监督人员不到两人", next_step="请先增加人员。")
    member.left_on, member.left_why = clock.today(), why.strip()[:300]
    member.save(update_fields=["left_on", "left_why"])
    write(actor, plan, events.PLAN_MEMBER_RELEASED, f"{member.name}：{why.strip()}")
    return member

"""Plans of supervision: drafted, approved, put on the list or taken up, reported with a number, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.apps.paperwork.contract import issue as issue_document
from plumbline.apps.supervision.contract import open_instruments
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import new_event_id, record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

from .. import events
from ..models import Plan, PlanKind, PlanMember, PlanState, PlanSubject, measures_of
from ..policies import may_approve_plan, may_plan, may_work_plan

ROUTINE, KEY, HIGHER = "行政执法监督条例第二十二条", "行政执法监督条例第二十条", "行政执法监督条例第二十一条"
MATTER = "supervision_lead"


def write(
    actor: Actor, plan: Plan, activity: str, text: str = "", on: date | None = None, **data: object
) -> None:
    """A step of a plan, in the plan's own matter."""
    record(
        actor=actor, matter=plan.matter_id, kind=MATTER, activity=activity, agency=actor.agency_code or plan.agency_id,
        occurred_at=on,
        data={"text": text, **data},
    )  # fmt: skip


def _demand(faults: dict[str, str], **texts: str) -> None:
    wanted = {
        "title": "请填写名称。",
        "reason": "请写明为什么监督、依据是什么。",
        "scope": "请写明监督的范围和重点。",
    }
    faults |= {name: wanted[name] for name, text in texts.items() if not text.strip()}


def _make(
    actor: Actor, kind: str, title: str, reason: str, scope: str, from_on: date, until_on: date,
    subjects: Sequence[Agency], faults: dict[str, str], **more: object,
) -> Plan:  # fmt: skip
    _demand(faults, title=title, reason=reason, scope=scope)
    if until_on < from_on:
        faults["until_on"] = "「结束」不能早于「开始」。"
    if not subjects:
        faults["subjects"] = "请选择被监督的机关。"
    if faults:
        raise InputFault(faults)
    plan = Plan.objects.create(
        matter_id=f"JH-{from_on.year}-{new_event_id()[3:11].upper()}", agency_id=actor.agency_code, kind=kind,
        title=title.strip(), reason=reason, scope=scope, from_on=from_on, until_on=until_on, made_label=actor.label, **more,
    )  # fmt: skip
    PlanSubject.objects.bulk_create(PlanSubject(plan=plan, agency=agency) for agency in subjects)
    return plan


@action("oversight.draft_plan", policy=may_plan, records=(events.PLAN_DRAFTED,), basis=ROUTINE)
def draft_plan(
    *,
    actor: Actor,
    kind: str,
    title: str,
    reason: str,
    scope: str,
    from_on: date,
    until_on: date,
    subjects: Sequence[Agency],
    notice_word: str = "",
    lead_matter: str = "",
    on: date | None = None,
) -> Plan:
    """A plan of routine or key supervision. A district launches no special supervision: the article keeps it for higher levels."""
    if kind not in {PlanKind.ROUTINE, PlanKind.KEY}:
        raise Refusal(
            "区一级不能开展专项监督",
            basis=HIGHER,
            next_step="请按日常监督或者重点监督办理；上级部署的，请登记为上级任务。",
        )
    plan = _make(
        actor, kind, title, reason, scope, from_on, until_on, subjects, {}, notice_word=notice_word, lead_matter=lead_matter
    )  # fmt: skip
    write(actor, plan, events.PLAN_DRAFTED, title, on, kind=kind, subjects=[each.pk for each in subjects])
    return plan


@action("oversight.receive_task", policy=may_plan, records=(events.PLAN_RECEIVED,), basis=HIGHER)
def receive_task(
    *,
    actor: Actor,
    sent_by: str,
    sent_number: str,
    title: str,
    reason: str,
    scope: str,
    from_on: date,
    until_on: date,
    subjects: Sequence[Agency],
    on: date | None = None,
) -> Plan:
    """A special supervision of province or above, as the task it gives the district; its launch is their event, not ours."""
    faults = {} if sent_by.strip() else {"sent_by": "请填写下达任务的机关。"}
    if not sent_number.strip():
        faults["sent_number"] = "请填写下达任务的文号。"
    plan = _make(
        actor, PlanKind.RECEIVED, title, reason, scope, from_on, until_on, subjects, faults,
        sent_by=sent_by.strip(), sent_number=sent_number.strip(),
    )  # fmt: skip
    write(actor, plan, events.PLAN_RECEIVED, title, on, sent_by=sent_by, number=sent_number)
    return plan


@action(
    "oversight.add_member", policy=may_work_plan, on="plan", records=(events.PLAN_MEMBER_ADDED,), basis="行政执法监督条例第二十三条"
)  # fmt: skip
def add_member(
    *, actor: Actor, plan: Plan, person: Person | None = None, name: str = "", role: str, why: str = ""
) -> PlanMember:
    """Somebody of the team, or a guest; nobody supervises the unit they belong to. Once it has begun, with a reason."""
    if plan.state not in {PlanState.DRAFT, PlanState.RUNNING}:
        raise Refusal(f"这个计划已经是“{plan.get_state_display()}”，不能再变动监督人员")
    if plan.state == PlanState.RUNNING and not why.strip():
        raise InputFault({"why": "计划已经实施，请写明增加人员的理由。"})
    if not role.strip():
        raise InputFault({"role": "请写明身份，例如：组长、监督员、人大代表。"})
    if person is None and not name.strip():
        raise InputFault({"name": "请选择人员，或者填写受邀人员的姓名。"})
    if person is not None:
        held = plan.subjects.filter(agency__in=agencies_of(person)).select_related("agency").first()
        if held is not None:
            raise InputFault({"person": f"{person.display_name}在{held.agency.short_name}任职，应当回避。"})
        if plan.members.filter(person=person, left_on=None).exists():
            raise InputFault({"person": f"{person.display_name}已经在名单里。"})
    member = PlanMember.objects.create(
        plan=plan, person=person, name=person.display_name if person else name.strip(), role=role.strip()
    )
    said = f"{member.name}，{member.role}" + (f"：{why.strip()}" if why.strip() else "")
    write(actor, plan, events.PLAN_MEMBER_ADDED, said)
    return member


def agencies_of(person: Person) -> set[str]:
    """Where somebody serves today: whom they may not supervise."""
    rows = person.tenures.filter(from_on__lte=clock.today()).exclude(to_on__lt=clock.today())
    return set(rows.values_list("post__agency", flat=True))


@action(
    "oversight.approve_plan",
    policy=may_approve_plan,
    on="plan",
    records=(events.PLAN_APPROVED,),
    basis=ROUTINE,
)
def approve_plan(*, actor: Actor, plan: Plan, on: date | None = None) -> Plan:
    """The plan starts: with at least two people of the team, all of whom stay out of the units they belong to."""
    if plan.state != PlanState.DRAFT:
        raise Refusal(f"这个计划已经是“{plan.get_state_display()}”")
    if plan.members.filter(person__isnull=False, left_on=None).count() < 2:
        raise Refusal("监督人员还不到两人，不能开始", next_step="请先确定监督人员。")
    plan.state, plan.approved_label, plan.approved_on = PlanState.RUNNING, actor.label, on or clock.today()
    plan.save()
    write(actor, plan, events.PLAN_APPROVED, "", on)
    return plan


@action("oversight.list_plan", policy=may_approve_plan, on="plan", records=(events.PLAN_LISTED,), basis=KEY)
def list_plan(*, actor: Actor, plan: Plan, why: str, on: date | None = None) -> Plan:
    """挂牌: a key supervision stands on the list of what is watched, with the reason, until it is closed."""
    _demand_key(plan, why)
    if plan.listed_on is not None:
        raise Refusal("已经挂牌")
    plan.listed_on, plan.listed_why = on or clock.today(), why.strip()
    plan.save(update_fields=["listed_on", "listed_why"])
    write(actor, plan, events.PLAN_LISTED, why, on)
    return plan


@action("oversight.raise_plan", policy=may_approve_plan, on="plan", records=(events.PLAN_RAISED,), basis=KEY)
def raise_plan(*, actor: Actor, plan: Plan, to: str, why: str, on: date | None = None) -> Plan:
    """提级: a higher organ takes the key supervision up; what was done here stays with it."""
    _demand_key(plan, why)
    if not to.strip():
        raise InputFault({"to": "请填写提级到哪个监督机构。"})
    plan.raised_to, plan.raised_why = to.strip(), why.strip()
    plan.save(update_fields=["raised_to", "raised_why"])
    write(actor, plan, events.PLAN_RAISED, f"{to}：{why}", on)
    return plan


def _demand_key(plan: Plan, why: str) -> None:
    if plan.kind != PlanKind.KEY:
        raise Refusal("只有重点监督可以挂牌、提级", basis=KEY)
    if not why.strip():
        raise InputFault({"why": "请写明理由。"})


@action("oversight.report_plan", policy=may_work_plan, on="plan", records=(events.PLAN_REPORTED,), basis=KEY)
def report_plan(*, actor: Actor, plan: Plan, findings: str, proposals: str, on: date | None = None) -> Plan:
    """The report, with a number, as Word and PDF; every measure must say what it found first."""
    if plan.state != PlanState.RUNNING:
        raise Refusal(f"这个计划现在是“{plan.get_state_display()}”，不能作出报告")
    if not findings.strip() or not proposals.strip():
        raise InputFault(
            {"findings": "请写明查明的情况。"}
            if not findings.strip()
            else {"proposals": "请写明处理意见和建议。"}
        )
    measures = list(measures_of(plan))
    if not measures:
        raise Refusal("还没有采取监督措施，不能作出报告", basis=ROUTINE, next_step="请先登记监督措施。")
    if any(each.problem is None for each in measures):
        raise Refusal("还有监督措施没有登记查明的情况", next_step="请先登记每项措施查明了什么。")
    day = on or clock.today()
    issuer = Agency.objects.get(pk=plan.agency_id)
    # An imported name or word is the person's own text; the paper adds what the records say.
    done = [
        f"{each.taken_on} 对{each.agency.short_name}{each.get_kind_display()}：{each.found}"
        for each in measures
    ]
    team = "、".join(
        f"{each.name}（{each.role}{f'，至 {each.left_on}' if each.left_on else ''}）"
        for each in plan.members.all()
    )
    paper = issue_document(
        actor=actor, agency=issuer, matter_id=plan.matter_id, title="行政执法监督情况报告", mark="监报", template="J09",
        kind=MATTER, on=day,
        facts=[
            {"label": "主送", "text": "区人民政府", "gap": ""},
            {"label": "", "text": f"{plan.title}（{plan.get_kind_display()}）。{plan.reason}", "gap": ""},
            {"label": "", "text": f"监督的范围和重点：{plan.scope}", "gap": ""},
            {"label": "", "text": f"监督人员：{team}。", "gap": ""},
            {"label": "", "text": "采取的措施：\n" + "\n".join(done), "gap": ""},
            {"label": "", "text": f"查明的情况：{findings}", "gap": ""},
            {"label": "", "text": f"处理意见和建议：{proposals}", "gap": ""},
        ],
    )  # fmt: skip
    plan.findings, plan.proposals = findings, proposals
    plan.report_number, plan.reported_on, plan.state = paper.number, day, PlanState.REPORTED
    plan.save()
    write(actor, plan, events.PLAN_REPORTED, paper.number, on)
    return plan


@action("oversight.close_plan", policy=may_approve_plan, on="plan", records=(events.PLAN_CLOSED,), basis=KEY)
def close_plan(*, actor: Actor, plan: Plan, conclusion: str, on: date | None = None) -> Plan:
    """Closed once every instrument that came of it is over; a listed one comes off the list with it."""
    if plan.state != PlanState.REPORTED:
        raise Refusal("还没有作出报告，不能办结", next_step="请先作出报告。")
    if not conclusion.strip():
        raise InputFault({"conclusion": "请写明落实的情况。"})
    leads = [each.lead_matter for each in measures_of(plan) if each.lead_matter]
    if still := open_instruments([plan.matter_id, *leads]):
        raise Refusal(
            f"由本计划发出的文书还有 {still} 件没有了结", next_step="请等整改落实、文书销号以后再办结。"
        )
    plan.state, plan.closed_on, plan.conclusion = PlanState.CLOSED, on or clock.today(), conclusion
    plan.save()
    write(actor, plan, events.PLAN_CLOSED, conclusion, on)
    return plan


@action(
    "oversight.drop_plan", policy=may_approve_plan, on="plan", records=(events.PLAN_DROPPED,), basis=ROUTINE
)
def drop_plan(*, actor: Actor, plan: Plan, conclusion: str) -> Plan:
    """Not carried out, with the reason; what was begun stays readable."""
    if plan.state == PlanState.REPORTED:
        raise Refusal("已经作出报告，不能撤下", next_step="请在落实以后办结。")
    if not conclusion.strip():
        raise InputFault({"conclusion": "请写明为什么不再实施。"})
    plan.state, plan.closed_on, plan.conclusion = PlanState.DROPPED, clock.today(), conclusion
    plan.save()
    write(actor, plan, events.PLAN_DROPPED, conclusion)
    return plan

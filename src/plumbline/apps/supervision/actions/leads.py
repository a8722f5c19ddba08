"""The verbs of leads: register, judge, assign, put to the agency, verify, answer; and merge like ones, which can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.files.uploads import all_accepted
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.notify.models import notify

from .. import events
from ..conducts import NONE, PREFIX, conducts, finding_of_conduct
from ..findings import finding_kind
from ..joined import as_it_is_now, held
from ..lead_models import OPEN_LEADS, UNVERIFIED, Lead, LeadState, Source
from ..models import UNDECIDED, Alert, AlertKind, AlertState
from ..policies import may_register_lead, may_triage, may_work_lead
from ..settings import not_after, working_days_after
from ..taking_in import take_in_lead, tell_source, told_by_platform
from ..writing_leads import lead_held, write_lead
from .clocks import group_of, set_one_clock
from .following import conclude
from .lead_files import case_named, keep_files
from .triage import put_question
from .writing import demand, move

BASIS = "行政执法监督条例第二十条"
#: Sources whose leads carry the source's own number, and what it is called there.
NUMBERED = {Source.HOTLINE: "工单编号", Source.EVALUATION: "评查编号"}
#: What becomes of a rule's alert when the leads that joined it do not hold; a false alarm counts against the rule.
RULE_ALERT = {
    "": "规则预警另行处置",
    AlertState.EXPLAINED: "规则预警也解释属实",
    AlertState.FALSE_ALARM: "规则判断有误，记为误报",
}


@action("supervision.register_lead", policy=may_register_lead, records=("lead_registered",), basis=BASIS)
def register_lead(
    *,
    actor: Actor,
    source: str,
    title: str,
    facts: str,
    concerned: Agency | None = None,
    about: str = "",
    source_ref: str = "",
    received_on: date | None = None,
    answer_by: date | None = None,
    files: Sequence[Any] = (),
) -> Lead:
    """Register by hand what reached the organ in another way, with the papers it came with."""
    demand(title, "title", "请填写标题。")
    demand(facts, "facts", "请写明反映的情况。")
    day = received_on or clock.today()
    if day > clock.today():
        raise InputFault({"received_on": "「收到日」不能晚于今天。"})
    if answer_by is not None and answer_by < day:
        raise InputFault({"answer_by": "「要求答复的日期」不能早于收到日。"})
    if source in NUMBERED:
        demand(source_ref, "source_ref", f"{Source(source).label}的线索请填写{NUMBERED[Source(source)]}。")
    about, agency = case_named(actor, about)
    concerned = concerned or agency
    if source == Source.EVALUATION and concerned is None:
        raise InputFault({"concerned": "案卷评查的线索请填写案号，或者选择办案机关。"})
    checked = all_accepted(files)
    if (
        source_ref
        and Lead.objects.unscoped("同一来源编号").filter(source=source, source_ref=source_ref).exists()
    ):
        raise InputFault({"source_ref": f"这个来源编号已经登记过（{source_ref}）。"})
    lead = take_in_lead(
        actor=actor, source=source, title=title, facts=facts, concerned=concerned.code if concerned else "", about=about,
        source_ref=source_ref, received_on=day, answer_by=answer_by,
    )  # fmt: skip
    keep_files(actor, lead, checked)
    return lead


@action("supervision.assess_lead", policy=may_work_lead, on="lead", records=("lead_assessed",), basis=BASIS)
def assess_lead(
    *,
    actor: Actor,
    lead: Lead,
    assessment: str,
    concerned: Agency,
    conduct: str = NONE,
    owner: Person | None = None,
    due_on: date | None = None,
) -> Lead:
    """研判: it is for supervision. It becomes an alert of the agency concerned, with an owner and a clock."""
    _held(lead)
    _demand_state(lead, LeadState.REGISTERED, "已经研判过")
    demand(assessment, "assessment", "请写明研判意见：反映的是什么问题，为什么属于监督事项。")
    if conduct not in conducts():
        raise InputFault({"conduct": "请选择问题类型。"})
    _demand_due(due_on, lead.answer_by)
    lead.concerned, lead.conduct, lead.assessment = concerned, conduct, assessment
    lead.owner_id = owner.pk if owner else actor.person_id
    lead.due_on = due_on or not_after(lead.answer_by, working_days_after(clock.today(), "lead.verify"))
    lead.state = LeadState.ASSESSED
    lead.alert = _alert_of(lead)
    lead.save()
    write_lead(actor, lead, "lead_assessed", {"x_text": assessment, "x_owner": lead.owner_id})
    if lead.owner_id != actor.person_id:
        notify(title=f"交您办理的监督线索：{lead.title}", url=lead.page, person_id=lead.owner_id)
    return lead


def _alert_of(lead: Lead) -> Alert:
    """The alert a lead becomes: of its own kind of conduct, about the case where one is named, and about the lead otherwise."""
    kind = finding_kind(finding_of_conduct(lead.conduct))
    assert kind is not None and lead.concerned_id is not None
    return Alert.objects.create(
        matter_id=lead.about or lead.matter_id,
        agency_id=lead.concerned_id,
        kind=AlertKind.BREACH,
        rule=kind.key,
        subject=lead.matter_id,
        severity=kind.severity,
        law=kind.law,
        article=kind.article,
        facts=f"{kind.duty_zh}；{lead.facts}",
        owner_id=lead.owner_id,
    )


@action(
    "supervision.dismiss_lead",
    policy=may_work_lead,
    on="lead",
    records=("lead_assessed", "matter_closed"),
    basis=BASIS,
)
def dismiss_lead(*, actor: Actor, lead: Lead, assessment: str) -> Lead:
    """研判: it is not for supervision (another organ's, or a dispute that belongs to reconsideration); its source is told why."""
    _held(lead)
    _demand_state(lead, LeadState.REGISTERED, "已经研判过")
    demand(assessment, "assessment", "请写明为什么不属于监督事项，应当向谁提出。")
    lead.state, lead.assessment = LeadState.DISMISSED, assessment
    write_lead(actor, lead, "lead_assessed", {"x_text": assessment, "x_dismissed": True})
    for each in (lead, *_merged_into([lead])):
        each.feedback = assessment if each is not lead else ""
        _end(actor, each)
        write_lead(actor, each, "matter_closed", {})
        tell_source(actor, each, assessment)
    return lead


def _merged_into(leads: Sequence[Lead]) -> list[Lead]:
    """What was merged into these and has not been answered yet: it is answered together with them."""
    return list(
        Lead.objects.unscoped("并入的线索一并反馈").filter(merged_into__in=leads, ended_at=None).order_by("pk")
    )  # fmt: skip


@action(
    "supervision.assign_lead", policy=may_work_lead, on="lead", records=(events.LEAD_ASSIGNED,), basis=BASIS
)
def assign_lead(*, actor: Actor, lead: Lead, owner: Person, due_on: date, reason: str) -> Lead:
    """Another owner or another day for a lead that is being worked on, with the reason."""
    _held(lead)
    if lead.state not in OPEN_LEADS:
        raise Refusal(f"这条线索已经是“{lead.get_state_display()}”，不能改派")
    demand(reason, "reason", "请写明改派或者改期的理由。")
    _demand_due(due_on, lead.answer_by)
    lead.owner, lead.due_on, lead.own_due_on = owner, due_on, None
    lead.save(update_fields=["owner", "due_on", "own_due_on"])
    for each in group_of(lead)[1:]:
        each.due_on = each.own_due_on = due_on
        each.save(update_fields=["due_on", "own_due_on"])
    said = {"owner": owner.pk, "due_on": due_on.isoformat(), "reason": reason}
    write_lead(actor, lead, events.LEAD_ASSIGNED, said)
    notify(title=f"交您办理的监督线索：{lead.title}", body=reason, url=lead.page, person_id=owner.pk)
    return lead


@action(
    "supervision.refer_lead",
    policy=may_work_lead,
    on="lead",
    records=("lead_referred", events.QUESTION_ASKED),
    basis=BASIS,
)
def refer_lead(*, actor: Actor, lead: Lead, text: str, respond_by: date) -> Lead:
    """转办核查: the agency concerned is asked to look into it and answer by a day."""
    _held(lead)
    if lead.state not in {LeadState.ASSESSED, LeadState.REFERRED} or lead.alert is None:
        raise Refusal("还没有研判，不能转办", basis=BASIS, next_step="请先研判。")
    if lead.alert.state not in UNDECIDED:
        raise Refusal(f"这个问题已经是“{lead.alert.get_state_display()}”，不用再转办")
    put_question(actor, lead.alert, text, respond_by)
    for each in group_of(lead):
        if each.state == LeadState.ASSESSED or each is lead:
            each.state = LeadState.REFERRED
            each.save(update_fields=["state"])
            write_lead(actor, each, "lead_referred", {"to": lead.alert.agency_id, "x_text": text})
    return lead


@action(
    "supervision.verify_lead",
    policy=may_work_lead,
    on="lead",
    records=("lead_verified", events.ALERT_TRIAGED),
    basis=BASIS,
)
def verify_lead(
    *, actor: Actor, lead: Lead, substantiated: bool, text: str, conduct: str = "", rule_alert: str = ""
) -> Lead:
    """核查: a person says whether it is so, for all leads that are one problem.

    What is not so ends an alert made from leads as explained; what is so may be put into an instrument. ``rule_alert`` says
    what the finding of a rule that the lead had joined was (a key of ``RULE_ALERT``): nothing said, it stays to be decided.
    """
    _held(lead)
    if lead.state not in {LeadState.ASSESSED, LeadState.REFERRED}:
        raise Refusal(f"这条线索现在是“{lead.get_state_display()}”，不能登记核查结论", basis=BASIS)
    demand(text, "text", "请写明核查的经过、证据和结论。")
    for each in group_of(lead):
        if each.state in UNVERIFIED:
            conclude(actor, each, substantiated=substantiated, conduct=conduct or lead.conduct, text=text)
    alert = lead.alert
    others = Lead.objects.unscoped("同一问题的其他线索").filter(alert=alert, substantiated=True)
    if not substantiated and alert is not None and alert.state in UNDECIDED and not others.exists():
        _decide_alert(actor, alert, rule_alert, text)
    return lead


def _decide_alert(actor: Actor, alert: Alert, wanted: str, text: str) -> None:
    """What is not so ends an alert made from leads; a rule's own finding stands until somebody says what it was."""
    if alert.rule.startswith(PREFIX):
        move(actor, alert, AlertState.EXPLAINED, f"线索核查不属实：{text}")
    elif wanted in RULE_ALERT and wanted:
        held(actor, may_triage, alert)
        move(actor, alert, AlertState(wanted), f"随线索核查：{text}")


@action(
    "supervision.feed_back_lead",
    policy=may_work_lead,
    on="lead",
    records=("lead_fed_back", "matter_closed"),
    basis=BASIS,
)
def feed_back_lead(*, actor: Actor, lead: Lead, text: str) -> Lead:
    """反馈: whoever brought it, or anything that is one problem with it, is told what came of it: one answer for all sources."""
    _held(lead)
    _demand_state(lead, LeadState.VERIFIED, "还没有核查结论，或者已经反馈")
    demand(text, "text", "请写明反馈的内容：查明了什么，怎么处理的。")
    beside = Lead.objects.unscoped("同一问题的线索一并反馈").filter(
        alert=lead.alert_id, state=LeadState.VERIFIED, substantiated=lead.substantiated
    )
    answered = [lead, *(beside.exclude(pk=lead.pk).order_by("pk") if lead.alert_id else ())]
    for each in (*answered, *_merged_into(answered)):
        each.feedback = text
        if each.state == LeadState.VERIFIED:
            each.state = LeadState.FED_BACK
        else:
            each.substantiated = lead.substantiated
        _end(actor, each)
        write_lead(actor, each, "lead_fed_back", {"x_text": text})
        write_lead(actor, each, "matter_closed", {})
        tell_source(actor, each, text)
    return lead


@action("supervision.merge_lead", policy=may_work_lead, on="lead", records=(events.LEAD_MERGED,), basis=BASIS)
def merge_lead(*, actor: Actor, lead: Lead, into: Lead, reason: str) -> Lead:
    """合并: a lead about the same thing goes along with another one; both pages show it, and it can be undone."""
    _held(*sorted((lead, into), key=lambda each: each.pk))
    if lead.pk == into.pk:
        raise InputFault({"into": "不能并入自己。"})
    if lead.state not in {LeadState.REGISTERED, LeadState.ASSESSED} or into.state not in OPEN_LEADS:
        raise Refusal("只能把还没有转办的线索并入一条未了结的线索", basis=BASIS)
    if Lead.objects.unscoped("已有并入的").filter(merged_into=lead).exists():
        raise Refusal("已有其他线索并入这一条", next_step="请反过来，把那一条并入这一条。")
    if lead.alert_id is not None:
        raise Refusal("这条线索已经列为问题", next_step="请改为并入那一条线索的预警。")
    demand(reason, "reason", "请写明为什么是同一件事。")
    lead.state_before_merge, lead.state, lead.merged_into = lead.state, LeadState.MERGED, into
    lead.save()
    set_one_clock(into)
    for one, other in ((lead, into), (into, lead)):
        said: dict[str, object] = {"reason": reason, "other": other.matter_id, "gone": one is lead}
        write_lead(actor, one, events.LEAD_MERGED, said)
    return lead


@action("supervision.part_lead", policy=may_work_lead, on="lead", records=(events.LEAD_PARTED,), basis=BASIS)
def part_lead(*, actor: Actor, lead: Lead, reason: str) -> Lead:
    """撤销并入: it stands on its own again, where it stood; not once it has been answered together with the other."""
    _held(lead)
    into = lead.merged_into
    if lead.state != LeadState.MERGED or into is None:
        raise Refusal("这条线索没有并入别的线索")
    if lead.ended_at is not None:
        raise Refusal("已经一并反馈，不能再撤销并入", next_step="有新的情况，请另行登记。")
    demand(reason, "reason", "请写明为什么不是同一件事。")
    lead.state, lead.state_before_merge, lead.merged_into = lead.state_before_merge, "", None
    lead.due_on = lead.own_due_on or lead.due_on or working_days_after(clock.today(), "lead.assess")
    lead.own_due_on = None
    lead.save()
    set_one_clock(into)
    for one, other in ((lead, into), (into, lead)):
        write_lead(actor, one, events.LEAD_PARTED, {"reason": reason, "other": other.matter_id})
    return lead


@action(
    "supervision.answer_source",
    policy=may_work_lead,
    on="lead",
    records=(events.LEAD_ANSWERED,),
    basis=BASIS,
)
def answer_source(*, actor: Actor, lead: Lead, on: date, how: str) -> Lead:
    """回复来源: a hotline or another body outside the platform has been given the answer; when, and by which paper."""
    _held(lead)
    if told_by_platform(lead):
        raise Refusal("这个来源由平台告知，不用另行登记", basis=BASIS)
    if lead.ended_at is None:
        raise Refusal("还没有反馈内容，不能登记已回复", basis=BASIS, next_step="请先反馈并办结。")
    if lead.answered_on is not None:
        raise Refusal(f"{lead.answered_on} 已经登记回复", basis=BASIS)
    demand(how, "how", "请写明怎样回复的，例如：12345 平台办结回单。")
    if not lead.received_on <= on <= clock.today():
        raise InputFault({"on": "「回复日」应当在收到日以后，不能晚于今天。"})
    lead.answered_on, lead.answered_how, lead.answered_label = on, how.strip()[:200], actor.label
    lead.save(update_fields=["answered_on", "answered_how", "answered_label"])
    said: dict[str, object] = {"ref": lead.source_ref, "day": on.isoformat(), "text": lead.answered_how}
    write_lead(actor, lead, events.LEAD_ANSWERED, said)
    return lead


def _held(*leads: Lead) -> None:
    """Lock leads for this action and bring them to what they are now; their alerts before them, as whoever decides an alert does."""
    for each in leads:
        if each.alert is not None:
            as_it_is_now(each.alert)
    for each in leads:
        lead_held(each)


def _demand_state(lead: Lead, state: LeadState, otherwise: str) -> None:
    if lead.state != state:
        raise Refusal(f"这条线索{otherwise}：现在是“{lead.get_state_display()}”", basis=BASIS)


def _demand_due(due_on: date | None, answer_by: date | None) -> None:
    if due_on is not None and due_on < clock.today():
        raise InputFault({"due_on": "「办理期限」不能早于今天。"})
    if due_on is not None and answer_by is not None and due_on > max(answer_by, clock.today()):
        raise InputFault({"due_on": f"来源要求 {answer_by} 以前答复，「办理期限」不能晚于这一天。"})


def _end(actor: Actor, lead: Lead) -> None:
    lead.ended_label, lead.ended_at, lead.due_on = actor.label, clock.now(), None
    lead.save()

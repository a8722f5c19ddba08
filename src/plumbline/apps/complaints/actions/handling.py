"""The handling organ's side: telling, asking, referring and concluding. None of it needs to know who complained."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from plumbline.apps.supervision.contract import Answered, Lead, Source, on_fed_back, take_in_lead
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..events import COMPLAINT_PASSED_ON, COMPLAINT_QUESTIONED, COMPLAINT_REFERRED, COMPLAINT_REPLIED
from ..models import Complaint, Kind, Message, Referral, State
from ..policies import may_handle, may_reply
from ..queries import referrals_of

TELLING = "信访工作条例第二十三条"
DEALING = "信访工作条例第三十一条、第三十四条"


@action(
    "complaints.accept",
    policy=may_handle,
    on="complaint",
    records=("petition_told", "petition_accepted"),
    basis=TELLING,
)
def accept(
    *, actor: Actor, complaint: Complaint, told: str, dealt_under_31_6: bool, at: datetime | None = None
) -> Complaint:
    """Tell the sender that it is taken up and how; ``dealt_under_31_6``: it is among the matters with a term of sixty days."""
    _lock(complaint)
    if complaint.state != State.RECEIVED:
        raise Refusal("这份反映已经告知过")
    _tell(actor, complaint, told, at)
    complaint.state = State.ACCEPTED
    complaint.save()
    _record(actor, complaint, "petition_accepted", at, {"article_31_6": dealt_under_31_6})
    return complaint


@action(
    "complaints.point_elsewhere",
    policy=may_handle,
    on="complaint",
    records=("petition_told", "matter_closed"),
    basis=TELLING,
)
def point_elsewhere(
    *, actor: Actor, complaint: Complaint, told: str, at: datetime | None = None
) -> Complaint:
    """Tell the sender which organ or which procedure it belongs to."""
    _lock(complaint)
    if complaint.state != State.RECEIVED:
        raise Refusal("这份反映已经告知过")
    _tell(actor, complaint, told, at)
    complaint.state = State.ELSEWHERE
    complaint.save()
    _record(actor, complaint, "matter_closed", at)
    return complaint


@action(
    "complaints.ask_sender", policy=may_handle, on="complaint", records=(COMPLAINT_QUESTIONED,), basis=DEALING
)
def ask_sender(*, actor: Actor, complaint: Complaint, text: str, at: datetime | None = None) -> Message:
    """Put a question to the sender; it stands under the code."""
    if not text.strip():
        raise InputFault({"text": "请写下要询问的内容。"})
    asked = Message.objects.create(
        complaint=complaint, from_sender=False, text=text.strip(), by_label=actor.label
    )
    _record(actor, complaint, COMPLAINT_QUESTIONED, at, {"message": asked.pk})
    return asked


@action("complaints.refer", policy=may_handle, on="complaint", records=(COMPLAINT_REFERRED,), basis=DEALING)
def refer(
    *, actor: Actor, complaint: Complaint, to: Agency, note: str, respond_by: date, at: datetime | None = None
) -> Referral:
    """Ask an agency for its statement. It gets the content without the sender; ``respond_by`` is set by the organ."""
    if to.pk == complaint.agency_id:
        raise InputFault({"to": "不能转给本机关自己。请选择涉及的机关。"})
    moment = at or clock.now()
    if respond_by <= moment.date():
        raise InputFault({"respond_by": "答复期限应晚于今天。"})
    if referrals_of(complaint).filter(to=to, replied_at=None).exists():
        raise InputFault({"to": f"已经转给{to.short_name}，还没有答复。"})
    made = Referral.objects.create(
        complaint=complaint,
        to=to,
        matter_id=complaint.matter_id,
        content=_content(complaint),
        note=note.strip(),
        respond_by=respond_by,
        asked_at=moment,
        asked_label=actor.label,
    )
    _record(actor, complaint, COMPLAINT_REFERRED, at, {"to": to.pk, "respond_by": respond_by.isoformat()})
    return made


def _content(complaint: Complaint) -> list[list[str]]:
    """What an agency is told, line by line. There is no line for the sender.

    What was added later stays here: the sender's name, which lies sealed, could not be taken out of it. The organ puts what
    matters of it into its demand.
    """
    concerned = complaint.concerned.name if complaint.concerned else ""
    lines = [
        ("反映的事情", complaint.get_kind_display()),
        ("涉及的机关", concerned),
        ("地点", complaint.place),
        ("时间", complaint.happened),
        ("文书文号或执法证号", complaint.reference),
        ("具体情况", complaint.text),
        ("希望怎么处理", complaint.wish),
    ]
    return [[label, value] for label, value in lines if value]


@action("complaints.reply", policy=may_reply, on="referral", records=(COMPLAINT_REPLIED,), basis=DEALING)
def reply(*, actor: Actor, referral: Referral, text: str, at: datetime | None = None) -> Referral:
    """The agency's statement to the organ. It does not reach the sender by itself."""
    if len(text.strip()) < 10:
        raise InputFault({"text": "请写明核查的经过、认定的事实和处理意见。"})
    referral.reply, referral.replied_at, referral.replied_label = text.strip(), at or clock.now(), actor.label
    referral.save(update_fields=["reply", "replied_at", "replied_label"])
    record(
        actor=actor,
        matter=referral.matter_id,
        kind="petition",
        activity=COMPLAINT_REPLIED,
        agency=referral.to_id,
        occurred_at=referral.replied_at,
        data={"referral": referral.pk},
    )
    return referral


@action(
    "complaints.conclude",
    policy=may_handle,
    on="complaint",
    records=("petition_concluded", "matter_closed"),
    basis=DEALING,
)
def conclude(*, actor: Actor, complaint: Complaint, answer: str, at: datetime | None = None) -> Complaint:
    """Conclude with an answer, which the sender reads under the code."""
    _lock(complaint)
    if complaint.state != State.ACCEPTED:
        raise Refusal("还没有告知受理情况，不能办结", basis=TELLING, next_step="请先告知。")
    if len(answer.strip()) < 10:
        raise InputFault({"answer": "请写明查明的情况和处理结果，反映人凭查询码可以看到。"})
    complaint.answer, complaint.concluded_at = answer.strip(), at or clock.now()
    complaint.concluded_label, complaint.state = actor.label, State.CONCLUDED
    complaint.save()
    _record(actor, complaint, "petition_concluded", at)
    _record(actor, complaint, "matter_closed", at)
    return complaint


@action(
    "complaints.to_supervision",
    policy=may_handle,
    on="complaint",
    records=("lead_registered", COMPLAINT_PASSED_ON),
    basis="行政执法监督条例第二十条",
)
def to_supervision(*, actor: Actor, complaint: Complaint, title: str, at: datetime | None = None) -> Lead:
    """Bring what was told about enforcement into supervision as a lead: the content alone, never who told it."""
    if complaint.kind != Kind.CONDUCT:
        raise Refusal(
            "举报违法行为的，由有权机关查处，不作为执法监督线索", next_step="请转给涉及的机关核查。"
        )
    if not title.strip():
        raise InputFault({"title": "请用一句话写明反映的问题。"})
    lead = take_in_lead(
        actor=actor,
        source=Source.COMPLAINT,
        source_ref=complaint.matter_id,
        source_url=f"/complaints/{complaint.matter_id}",
        title=title,
        facts="\n".join(f"{label}：{value}" for label, value in _content(complaint)),
        concerned=complaint.concerned_id or "",
        received_on=complaint.received_at.astimezone(clock.CHINA).date() if complaint.received_at else None,
    )
    _record(actor, complaint, COMPLAINT_PASSED_ON, at, {"lead": lead.matter_id})
    return lead


@on_fed_back(Source.COMPLAINT)
def hear_of_lead(actor: Actor, answered: Answered) -> None:
    """What supervision found stands beside the complaint; whoever handles it puts it into the answer."""
    complaint = Complaint.objects.unscoped("线索反馈").filter(matter_id=answered.source_ref).first()
    if complaint is None:
        return
    complaint.lead_answer = answered.text
    complaint.save(update_fields=["lead_answer"])
    notify(
        title="监督线索已有结果，请答复反映人",
        body=answered.text,
        url=f"/complaints/{complaint.matter_id}",
        capability="complaints.handle",
    )


def _tell(actor: Actor, complaint: Complaint, told: str, at: datetime | None) -> None:
    if len(told.strip()) < 10:
        raise InputFault({"told": "请写明告知的内容，反映人凭查询码可以看到。"})
    complaint.told, complaint.told_at, complaint.told_label = told.strip(), at or clock.now(), actor.label
    _record(actor, complaint, "petition_told", at)


def _lock(complaint: Complaint) -> None:
    complaint.refresh_from_db(from_queryset=Complaint.objects.unscoped("办理").select_for_update())


def _record(
    actor: Actor,
    complaint: Complaint,
    activity: str,
    at: datetime | None,
    data: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor,
        matter=complaint.matter_id,
        kind="petition",
        activity=activity,
        agency=complaint.agency_id,
        occurred_at=at,
        data=data,
    )

"""What the body that was asked does: sign, refuse, announce a delay, answer; and the sender's check of a feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import case_rows
from plumbline.packs.transfer.coordination import REFUSAL_GROUNDS, ground_of
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor

from ..clocks import clear_clock, set_own_term
from ..events import ANSWERED, CHECKED, POSTPONED, REFUSED, SIGNED, WITHDRAWN
from ..models import Coordination, Kind, State
from ..packages import keep_uploads
from ..policies import may_answer, may_check, may_postpone, may_refuse, may_sign, may_withdraw
from .writing import locked, log, moment_of, moved, said, tell

BASIS = "行政处罚法第二十六条"
LOOP = "新政办[2022]14号 二(三)5"


@action("coordination.sign_for", policy=may_sign, on="row", records=(SIGNED,), basis=f"{BASIS}、{LOOP}")
def sign_for(*, actor: Actor, row: Coordination, text: str = "", at: datetime | None = None) -> Coordination:
    """Take on what was asked; from here on its own term counts."""
    moment = moment_of(at)
    row = locked(row, actor, may_sign)
    row.state = State.WORKING
    set_own_term(row)
    moved(actor, row, f"{row.to.short_name}签收", text=text, at=moment, party=row.to_id)
    log(actor, row, SIGNED, agency=row.to_id, at=moment)
    tell(row, row.agency_id, f"{row.to.short_name}已签收")
    return row


@action("coordination.refuse", policy=may_refuse, on="row", records=(REFUSED,), basis=BASIS)
def refuse(
    *, actor: Actor, row: Coordination, reason: str, text: str, at: datetime | None = None
) -> Coordination:
    """Say no for a legal reason; a dispatched task goes back to the body that dispatched it."""
    moment = moment_of(at)
    ground = ground_of(reason, REFUSAL_GROUNDS)
    if ground is None:
        raise InputFault({"reason": "请选择退回或者不予协助的法定理由。"})
    text = said(text, "text", "理由")
    row = locked(row, actor, may_refuse)
    row.reason = reason
    row.state = State.RETURNED if row.kind == Kind.DISPATCH else State.REFUSED
    clear_clock(row)
    moved(actor, row, f"{row.to.short_name}{row.get_state_display()}", text=f"{ground.said}。{text}", at=moment, party=row.to_id)  # fmt: skip
    log(actor, row, REFUSED, agency=row.to_id, at=moment, data={"reason": reason})
    tell(row, row.agency_id, f"{row.to.short_name}{row.get_state_display()}")
    return row


@action("coordination.postpone", policy=may_postpone, on="row", records=(POSTPONED,), basis=BASIS)
def postpone(
    *, actor: Actor, row: Coordination, until: date, text: str, at: datetime | None = None
) -> Coordination:
    """Tell the sender before the term ends that it will take longer, why, and until when."""
    moment = moment_of(at)
    text = said(text, "text", "延期的理由")
    row = locked(row, actor, may_postpone)
    if row.respond_by is None or moment.date() > row.respond_by:
        raise InputFault({"until": f"期限 {row.respond_by} 已经届满，不能再告知延期。请尽快答复。"})
    if until <= row.respond_by:
        raise InputFault({"until": f"应当晚于现在的期限 {row.respond_by}。"})
    before, row.respond_by = row.respond_by, until
    if row.state == State.WORKING or row.kind != Kind.DISPATCH:
        set_own_term(row)
    moved(actor, row, f"告知延期至 {until}", text=f"原期限 {before}。{text}", at=moment, party=row.to_id)
    log(actor, row, POSTPONED, agency=row.to_id, at=moment, data={"until": until.isoformat()})
    tell(row, row.agency_id, f"{row.to.short_name}延期至 {until}")
    return row


@action("coordination.answer", policy=may_answer, on="row", records=(ANSWERED,), basis=f"{BASIS}、{LOOP}")
def answer(
    *,
    actor: Actor,
    row: Coordination,
    text: str,
    files: Sequence[Any] = (),
    case_number: str = "",
    at: datetime | None = None,
) -> Coordination:
    """Answer a request; feed a dispatched task back for its check; write the record of a joint enforcement.

    ``case_number``: the case that a dispatched task has led to at its receiver, whose outcome is fed back when there is one.
    """
    moment = moment_of(at)
    text = said(text, "text", "办理情况和结果")
    kept = keep_uploads(files)
    row = locked(row, actor, may_answer)
    if case_number.strip():
        row.result_matter = _own_case(actor, row, case_number.strip())
    late = row.due_on is not None and moment.date() > row.due_on
    row.state = State.ANSWERED if row.kind == Kind.DISPATCH else State.DONE
    clear_clock(row)
    what = {Kind.DISPATCH: "反馈结果", Kind.JOINT: "登记联合执法结果"}.get(Kind(row.kind), "答复")
    party = row.agency_id if row.kind == Kind.JOINT else row.to_id
    moved(actor, row, f"{what}{'（逾期）' if late else ''}", text=text, at=moment, files=kept, party=party)
    log(actor, row, ANSWERED, agency=party, at=moment, data={"late": late})
    other = row.to_id if row.kind == Kind.JOINT else row.agency_id
    tell(row, other, what)
    return row


def _own_case(actor: Actor, row: Coordination, number: str) -> str:
    """The matter of a case that the answering body has, by its number or, of a lead, its matter's."""
    if row.kind != Kind.DISPATCH:
        raise InputFault({"case_number": "只有派单的反馈可以写明据此办理的案件。"})
    own = case_rows(actor).filter(agency_id=row.to_id)
    found = own.filter(Q(number=number) | Q(matter_id=number)).values_list("matter_id", flat=True).first()
    if found is None:
        raise InputFault({"case_number": f"没有找到本机关的案件“{number}”。请核对案号，或者不填。"})
    return str(found)


@action("coordination.check_feedback", policy=may_check, on="row", records=(CHECKED,), basis=LOOP)
def check_feedback(
    *,
    actor: Actor,
    row: Coordination,
    passed: bool,
    text: str,
    respond_by: date | None = None,
    at: datetime | None = None,
) -> Coordination:
    """Close a dispatched task, or send it back to be dealt with again by another day."""
    moment = moment_of(at)
    text = said(text, "text", "核查意见")
    row = locked(row, actor, may_check)
    if passed:
        row.state = State.DONE
    else:
        if respond_by is None or respond_by < moment.date():
            raise InputFault({"respond_by": "请写明重新办理的期限，不早于今天。"})
        row.state, row.respond_by = State.WORKING, respond_by
        set_own_term(row)
    moved(
        actor,
        row,
        "核查通过，办结" if passed else "核查未通过，退回重办",
        text=text,
        at=moment,
        party=row.agency_id,
    )
    log(actor, row, CHECKED, agency=row.agency_id, at=moment, data={"passed": passed})
    tell(row, row.to_id, "反馈已核查通过" if passed else "反馈未通过，请重新办理")
    return row


@action("coordination.withdraw", policy=may_withdraw, on="row", records=(WITHDRAWN,), basis=BASIS)
def withdraw(*, actor: Actor, row: Coordination, text: str, at: datetime | None = None) -> Coordination:
    """Take a request or a dispute back while nobody has answered it."""
    moment = moment_of(at)
    text = said(text, "text", "撤回的理由")
    row = locked(row, actor, may_withdraw)
    row.state = State.WITHDRAWN
    clear_clock(row)
    moved(actor, row, "撤回", text=text, at=moment, party=row.agency_id)
    log(actor, row, WITHDRAWN, agency=row.agency_id, at=moment)
    for party in row.parties:
        if party != row.agency_id:
            tell(row, party, f"{row.agency.short_name}撤回")
    return row

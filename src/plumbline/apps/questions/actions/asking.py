"""What the body that asks does: ask, supply what was missing, say that it helped, ask on, take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .. import events
from ..models import Did, Question, State
from ..policies import BASIS, answering_bodies, may_ask, may_ask_on, may_confirm, may_supply, may_withdraw
from .writing import Words, locked, moment_of, new_matter, said, stop_waiting, tell_answering, wait_for_answer

LEAST = 10


@action("questions.ask", policy=may_ask, on="agency_code", records=(events.ASKED,), basis=BASIS)
def ask(
    *,
    actor: Actor,
    agency_code: str,
    to: Agency,
    title: str,
    text: str,
    about: str = "",
    item: str = "",
    domain: str = "",
    files: Sequence[Any] = (),
    at: datetime | None = None,
) -> Question:
    """Ask a body about a case (``about``), an item or in general. The term is the district's own, where it has set one."""
    moment = moment_of(at)
    faults = {}
    if len(title.strip()) < 5:
        faults["title"] = "请用一句话写明问题，至少 5 个字。"
    if len(text.strip()) < LEAST:
        faults["text"] = f"请写明情况和拿不准的地方，至少 {LEAST} 个字。"
    if to.code == agency_code:
        faults["to"] = "不能向本机关咨询。请选择其他机关。"
    elif not answering_bodies().filter(code=to.code).exists():
        faults["to"] = "只能向区级执法部门或者区司法局咨询。"
    if faults:
        raise InputFault(faults)
    row = Question(
        matter_id=new_matter(), title=title.strip()[:120], agency=Agency.objects.get(code=agency_code), to=to,
        parties=[agency_code, to.code], about=about, item_code=item, domain=domain, asked_by_id=actor.person_id,
        asked_label=actor.label[:60], asked_at=moment, moved_at=moment,
    )  # fmt: skip
    wait_for_answer(row, moment)
    words = Words(text, files=files)
    said(actor, row, Did.ASKED, events.ASKED, agency=agency_code, at=moment, words=words, to=to.code)
    tell_answering(row, f"{row.agency.short_name}咨询")
    return row


@action("questions.supply", policy=may_supply, on="row", records=(events.SUPPLIED,), basis=BASIS)
def supply(
    *, actor: Actor, row: Question, text: str, files: Sequence[Any] = (), at: datetime | None = None
) -> Question:
    """Give what the asked body needs to answer; its term begins anew."""
    moment = moment_of(at)
    if not text.strip():
        raise InputFault({"text": "请写明补充的情况。"})
    row = locked(row, actor, may_supply)
    wait_for_answer(row, moment)
    words = Words(text, files=files)
    said(actor, row, Did.SUPPLIED, events.SUPPLIED, agency=row.agency_id, at=moment, words=words)
    tell_answering(row, f"{row.agency.short_name}补充了情况")
    return row


@action("questions.confirm", policy=may_confirm, on="row", records=(events.HELPED,), basis=BASIS)
def confirm(*, actor: Actor, row: Question, text: str = "", at: datetime | None = None) -> Question:
    """Say that the answer helped; the question is over."""
    moment = moment_of(at)
    row = locked(row, actor, may_confirm)
    stop_waiting(row, State.HELPED, moment)
    said(actor, row, Did.HELPED, events.HELPED, agency=row.agency_id, at=moment, words=Words(text))
    tell_answering(row, f"{row.agency.short_name}确认答复解决了问题")
    return row


@action("questions.ask_on", policy=may_ask_on, on="row", records=(events.ASKED_ON,), basis=BASIS)
def ask_on(
    *, actor: Actor, row: Question, text: str, files: Sequence[Any] = (), at: datetime | None = None
) -> Question:
    """Say what the answer leaves open; the body that answered has it again, under a term of its own."""
    moment = moment_of(at)
    if len(text.strip()) < LEAST:
        raise InputFault({"text": f"请写明还有什么没有说清，至少 {LEAST} 个字。"})
    row = locked(row, actor, may_ask_on)
    wait_for_answer(row, moment)
    words = Words(text, files=files)
    said(actor, row, Did.ASKED_ON, events.ASKED_ON, agency=row.agency_id, at=moment, words=words)
    tell_answering(row, f"{row.agency.short_name}追问")
    return row


@action("questions.withdraw", policy=may_withdraw, on="row", records=(events.WITHDRAWN,), basis=BASIS)
def withdraw(*, actor: Actor, row: Question, text: str, at: datetime | None = None) -> Question:
    """Take back a question while an answer is waited for; what was said stays readable, with the reason."""
    moment = moment_of(at)
    if not text.strip():
        raise InputFault({"text": "请写明撤回的理由。"})
    row = locked(row, actor, may_withdraw)
    stop_waiting(row, State.WITHDRAWN, moment)
    said(actor, row, Did.WITHDRAWN, events.WITHDRAWN, agency=row.agency_id, at=moment, words=Words(text))
    tell_answering(row, f"{row.agency.short_name}撤回了咨询")
    return row

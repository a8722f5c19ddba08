"""What the asked body does: answer with what the answer rests on, ask back, hand on to the body that knows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbline.apps.law_library.contract import pinned_article
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .. import events
from ..models import Did, Question, State
from ..policies import BASIS, answering_bodies, may_answer, may_ask_back, may_hand_on
from .writing import (
    Words,
    locked,
    moment_of,
    said,
    stop_waiting,
    tell_answering,
    tell_asking,
    wait_for_answer,
)

LEAST = 10


@action("questions.answer", policy=may_answer, on="row", records=(events.ANSWERED,), basis=BASIS)
def answer(
    *,
    actor: Actor,
    row: Question,
    text: str,
    basis: Sequence[dict[str, str]] = (),
    papers: str = "",
    files: Sequence[Any] = (),
    at: datetime | None = None,
) -> Question:
    """Answer, and say on which articles or documents the answer rests. The asker then says whether it helped."""
    moment = moment_of(at)
    faults = {}
    if len(text.strip()) < LEAST:
        faults["text"] = f"请写明答复，至少 {LEAST} 个字。"
    if not basis and not papers.strip():
        faults["basis"] = "请写明答复依据的条款；没有条款可引的，在“其他依据”中写明文件。"
    if faults:
        raise InputFault(faults)
    row = locked(row, actor, may_answer)
    stop_waiting(row, State.ANSWERED, moment)
    row.answered_at = row.answered_at or moment
    cited = [pinned_article(each["law"], each["article"]) for each in basis]
    words = Words(text, cited, papers, files)
    said(
        actor, row, Did.ANSWERED, events.ANSWERED, agency=row.to_id, at=moment, words=words, cited=len(cited)
    )
    tell_asking(row, f"{row.to.short_name}已答复")
    return row


@action("questions.ask_back", policy=may_ask_back, on="row", records=(events.RETURNED,), basis=BASIS)
def ask_back(*, actor: Actor, row: Question, text: str, at: datetime | None = None) -> Question:
    """Ask for what is needed to answer; meanwhile no term of the asked body runs."""
    moment = moment_of(at)
    if not text.strip():
        raise InputFault({"text": "请写明需要补充什么。"})
    row = locked(row, actor, may_ask_back)
    stop_waiting(row, State.RETURNED, moment)
    said(actor, row, Did.RETURNED, events.RETURNED, agency=row.to_id, at=moment, words=Words(text))
    tell_asking(row, f"{row.to.short_name}请您补充情况")
    return row


@action("questions.hand_on", policy=may_hand_on, on="row", records=(events.HANDED_ON,), basis=BASIS)
def hand_on(*, actor: Actor, row: Question, to: Agency, text: str, at: datetime | None = None) -> Question:
    """Give the question to the body it belongs to; this one goes on reading it, and the other's term begins."""
    moment = moment_of(at)
    faults = {}
    if not text.strip():
        faults["text"] = "请写明为什么由对方答复。"
    if to.code in {row.to_id, row.agency_id}:
        faults["to"] = "不能转给本机关或者提问的机关。"
    elif not answering_bodies().filter(code=to.code).exists():
        faults["to"] = "只能转给区级执法部门或者区司法局。"
    if faults:
        raise InputFault(faults)
    row = locked(row, actor, may_hand_on)
    giver = row.to
    row.to, row.parties = to, list(dict.fromkeys((*row.parties, to.code)))
    wait_for_answer(row, moment)
    said(
        actor, row, Did.HANDED_ON, events.HANDED_ON, agency=giver.code, at=moment, words=Words(text, to=to), to=to.code
    )  # fmt: skip
    tell_answering(row, f"{giver.short_name}转来{row.agency.short_name}的咨询")
    tell_asking(row, f"{giver.short_name}已转{to.short_name}答复")
    return row

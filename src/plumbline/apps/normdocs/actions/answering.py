"""Questions about a document's legality from a reconsideration organ or a court: registered and answered with their clocks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..choices import NoticeKind
from ..models import NOTICE_MARK, NormDoc, ReviewNotice
from ..policies import may_work_on

BASIS = "行政复议法第五十八条、第六十条，最高法行诉解释第一百四十九条"


@dataclass(frozen=True)
class Way:
    """The contract's kind of matter, what has come and what ends it."""

    kind: str
    received: str
    answered: str


WAYS = {
    NoticeKind.NOTICE: Way(
        "reconsideration", "incidental_review_notice_received", "incidental_review_answered"
    ),
    NoticeKind.FORWARDED: Way("reconsideration", "incidental_review_forwarded", "incidental_review_returned"),
    NoticeKind.SUGGESTION: Way("normative_document", "judicial_suggestion_received", "reply_sent"),
}


@action(
    "normdocs.register_notice",
    policy=may_work_on,
    on="doc",
    records=tuple(way.received for way in WAYS.values()),
    basis=BASIS,
)
def register_notice(
    *,
    actor: Actor,
    doc: NormDoc,
    kind: str,
    sender: str,
    clauses: str,
    received_on: date,
    number: str = "",
) -> ReviewNotice:
    """Register what has come; the clock of its rule runs from the day of receipt."""
    faults = {}
    if kind not in NoticeKind.values:
        faults["kind"] = "请选择来文的种类。"
    if not sender.strip():
        faults["sender"] = "请填写来文机关。"
    if not clauses.strip():
        faults["clauses"] = "请填写涉及的条款。"
    if received_on > clock.today():
        faults["received_on"] = "收到日期在将来。请填写实际收到的日期。"
    if faults:
        raise InputFault(faults)
    if not doc.is_published:
        raise Refusal("文件还没有公布，没有可以审查的文件", basis=BASIS)
    way = WAYS[NoticeKind(kind)]
    notice = ReviewNotice.objects.create(
        doc=doc,
        matter_id=f"{NOTICE_MARK}{doc.maker_id}-{received_on.year}-{uuid.uuid4().hex[:10]}",
        kind=kind,
        sender=sender.strip()[:100],
        number=number.strip()[:80],
        clauses=clauses.strip()[:200],
        received_on=received_on,
        by_label=actor.label,
    )
    record(
        actor=actor,
        matter=notice.matter_id,
        kind=way.kind,
        activity=way.received,
        agency=doc.maker_id,
        occurred_at=received_on,
        data={"about": "normative_document"} if kind == NoticeKind.SUGGESTION else {},
    )
    notify(
        title=f"{doc.title}：{NoticeKind(kind).label}",
        body=f"{sender}，涉及{clauses}",
        url=f"{doc.page}#notices",
        capability="normdocs.draft",
        agency_code=doc.agency_id,
    )
    return notice


@action(
    "normdocs.answer_notice",
    policy=may_work_on,
    on="doc",
    records=tuple(way.answered for way in WAYS.values()),
    basis=BASIS,
)
def answer_notice(
    *, actor: Actor, doc: NormDoc, notice: ReviewNotice, answer: str, answered_on: date
) -> ReviewNotice:
    """Record the written answer."""
    if not answer.strip():
        raise InputFault({"answer": "请写明书面答复的内容。"})
    locked = ReviewNotice.objects.select_for_update().get(pk=notice.pk)
    if locked.doc_id != doc.pk or locked.answered_on is not None:
        raise Refusal("这件来文已经答复", next_step="请刷新页面。")
    if not locked.received_on <= answered_on <= clock.today():
        raise InputFault({"answered_on": "答复日期应当在收到之后、今天以前。"})
    way = WAYS[NoticeKind(locked.kind)]
    locked.answered_on, locked.answer = answered_on, answer.strip()
    locked.save()
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=way.kind,
        activity=way.answered,
        agency=doc.maker_id,
        occurred_at=answered_on,
    )
    return locked

"""Taking a step of the making: the guards, the event, what is kept beside it, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import (
    compose_step,
    demand_lawful,
    demand_open,
    demand_time,
    in_contract,
)
from plumbline.packs.normdoc.procedures import PROCEDURES
from plumbline.packs.normdoc.words import DRAFT, EVALUATIONS, POLICY_EVALUATIONS, PUBLISH, REVIEW
from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..choices import Handling
from ..guarding import demand_before, demand_order, demands_of
from ..keeping import bring_in_line, register_moved
from ..models import NormDoc, NormEntry, PublicComment
from ..page import FIXED
from ..policies import may_take, may_work_on
from ..reading import NormFile
from .drafting import locked_document

STEP_ACTIVITIES = tuple(
    sorted({step.activity for each in PROCEDURES for step in each.steps.values() if not step.kept_by})
)
#: Steps that somebody else has to know of: whose post, and what is said.
TOLD = {
    "legality_review_requested": (REVIEW, "送来合法性审查"),
    "legality_review_returned": (DRAFT, "合法性审查退回补充材料"),
    "legality_review_given": (DRAFT, "已出具合法性审查意见"),
    "collective_decision_made": (PUBLISH, "集体讨论通过，待公布"),
}


@action(
    "normdocs.take_step",
    policy=may_work_on,
    on="doc",
    records=STEP_ACTIVITIES,
    basis="地方组织法第七十五条、优化营商环境条例第六十二条至第六十四条；各步骤的依据见程序声明",
)
def take_step(
    *,
    actor: Actor,
    doc: NormDoc,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> StoredEvent:
    """Take ``step`` now or at a past time. ``data`` are the event's fields, ``details`` what is kept beside it."""
    locked = locked_document(doc.pk)
    file = NormFile(locked)
    declared = file.procedure.steps.get(step)
    if declared is None or declared.kept_by:
        raise Refusal("没有这个步骤", basis=file.procedure.basis)
    may_take(actor, locked, declared).demand()
    stored = carry_out(actor, file, declared, data or {}, details or {}, occurred_at or clock.now())
    doc.refresh_from_db(
        from_queryset=NormDoc.objects.unscoped("步骤登记之后").select_related("agency", "maker")
    )
    return stored


def carry_out(
    actor: Actor,
    file: NormFile,
    step: Step,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: date | datetime,
) -> StoredEvent:
    """Ask the guards and record the step with all that follows, inside the caller's transaction."""
    doc = file.doc
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    demand_open(step, file)
    demand_time(step, file, occurred)
    demand_before(step, file, on)
    _demand_own(step, file, on)
    stated = dict(data)
    if step.activity == "draft_published_for_comment":
        stated["shortened_reason"] = bool(str(details.get("why_short", "")).strip())
    document = compose_step(step, file, actor=actor, data=stated, details=details, occurred=occurred)
    document["agency"] = doc.maker_id
    if in_contract(step.activity):
        demand_order(step.verb, file, document)
        demand_lawful(step.verb, file, document, demands_of(step, details), outside=step.outside)
    stored = record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity=step.activity,
        agency=doc.maker_id,
        occurred_at=occurred,
        data=document["data"],
        actors=document.get("actors"),
        event_id=document["id"],
    )
    NormEntry.objects.create(
        doc=doc,
        step=step.key,
        event_id=stored.event_id,
        details=dict(details),
        text=file.text,
        by_label=actor.label,
    )
    _follow(doc, step, details, on)
    bring_in_line(doc, NormFile(doc))
    _tell(doc, step)
    return stored


def _demand_own(step: Step, file: NormFile, on: date) -> None:
    """What a step needs of this app's own rows: a text to publish, a period that is over, comments that are answered."""
    doc = file.doc
    if step.key in {"opened", "review_requested"} and file.text is None:
        raise Refusal(
            f"不能{step.verb}：还没有{doc.words.text}",
            next_step="请先保存文本。",
            next_url=f"{doc.page}/text",
        )
    if step.key == "opened" and file.says("secret"):
        raise Refusal(
            f"不能公开征求意见：申报说明本{doc.words.short}依法需要保密",
            basis=step.basis,
            next_step="不需要保密的，请先更正申报。",
        )
    until = file.value("draft_published_for_comment", "comment_until")
    if step.key == "closed" and until and on <= date.fromisoformat(until):
        raise Refusal(
            f"不能结束征求意见：截止日是 {until}，公众当天仍然可以提意见",
            basis=step.basis,
            next_step="请在截止日的次日以后办理。",
        )
    if step.key == "adoption":
        open_ones = PublicComment.objects.unscoped("采纳情况公布前核对").filter(
            doc=doc, handling=Handling.OPEN
        )
        left = open_ones.count()
        if left:
            raise Refusal(
                f"不能公布采纳情况：还有 {left} 条公众意见没有答复",
                basis=step.basis,
                next_step="请逐条写明采纳、部分采纳或者不采纳及理由。",
                next_url=f"{doc.page}/comments",
            )


def _follow(doc: NormDoc, step: Step, details: Mapping[str, Any], on: date) -> None:
    """What a step does to the row besides the projection."""
    if step.key == "evaluated":
        _after_evaluation(doc, details, on)
    elif step.key == "ended":
        how = str(details["how"])
        doc.ended_on, doc.ended_how, doc.ended_reason = on, how, str(details["reason"])
        doc.save()
        register_moved()
    elif step.key == "stopped":
        register_moved()


def _after_evaluation(doc: NormDoc, details: Mapping[str, Any], on: date) -> None:
    conclusion, until = details["conclusion"], details.get("valid_to")
    if conclusion == "continue":
        doc.amend_wanted = ""
        if until:
            new = date.fromisoformat(str(until))
            if new <= on or (doc.valid_to is not None and new < doc.valid_to):
                raise InputFault({"@valid_to": "新的有效期止应当晚于评估日，也不早于原来的有效期止。"})
            doc.valid_to = new
            doc.ended_on, doc.ended_how, doc.ended_reason = None, "", ""
            register_moved()
    else:
        words = POLICY_EVALUATIONS if doc.is_policy else EVALUATIONS
        said = f"评估结论为{dict(words)[str(conclusion)]}"
        doc.amend_wanted = f"{said}（{on}）"
    doc.save()


def _tell(doc: NormDoc, step: Step) -> None:
    told = TOLD.get(step.activity)
    if told is None:
        return
    capability, said = told
    agency = doc.agency_id if capability == DRAFT else ""
    notify(title=f"{doc.title}：{said}", url=doc.page, capability=capability, agency_code=agency)


@action(
    "normdocs.void_step",
    policy=may_work_on,
    on="doc",
    records=("event_voided",),
    basis="事件契约第四节：记错的事件以作废记录更正，不修改、不删除",
)
def void_step(*, actor: Actor, doc: NormDoc, event_id: str, reason: str) -> None:
    """Void the latest record of the making, with a reason; publication and what follows from it cannot be unsaid."""
    if not reason.strip():
        raise InputFault({"reason": "请写明作废的理由。"})
    locked = locked_document(doc.pk)
    file = NormFile(locked)
    entry = file.entries.get(event_id)
    counted = [each for each in (file.flow.events if file.flow else ()) if each.id in file.entries]
    if entry is None or event_id not in {each.id for each in counted}:
        raise Refusal("这条记录已经作废，或者不属于本文件", next_step="请刷新页面。")
    step = file.procedure.steps[entry.step]
    may_take(actor, locked, step).demand()
    if step.key in FIXED:
        raise Refusal(
            f"“{step.label}”不能作废",
            next_step="起草申报请更正；公布、失效和评估已经对外生效，请用新的文件或者评估处理。",
        )
    # The last one written down, whatever day it bears.
    if counted and max(counted, key=lambda each: each.order).id != event_id:
        raise Refusal("后面还有记录，不能单独作废", next_step="请从最后一条开始作废。")
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=locked.kind,
        activity="event_voided",
        agency=locked.maker_id,
        data={"voids": event_id, "reason": reason.strip()},
        actors=[{"id": actor.number, "role": "other"}],
    )
    bring_in_line(locked, NormFile(locked))

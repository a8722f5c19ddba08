"""Remarks on the lines of a returned proposal, ticked off one by one; and the phrases somebody keeps for himself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, InputFault, action, denied
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import COMMENT_RESOLVED
from ..models import Case, Phrase, RequestComment, StepRequest
from ..policies import may_work_on
from ..posts import Standing

MOST_PHRASES = 30


@dataclass(frozen=True)
class Remark:
    """What the approver says about one line: its path in the form, its name on the page, the words."""

    path: str
    label: str
    text: str


def keep_remarks(request: StepRequest, by: Standing, remarks: Sequence[Remark]) -> None:
    """Keep the remarks of a return, inside its action."""
    now = clock.now()
    RequestComment.objects.bulk_create(
        RequestComment(
            request=request,
            agency_id=request.case.agency_id,
            path=remark.path,
            label=remark.label[:120],
            text=remark.text.strip()[:500],
            by_label=by.actor.label,
            at=now,
        )
        for remark in remarks
        if remark.text.strip()
    )


@action(
    "cases.resolve_comments",
    policy=may_work_on,
    on="case",
    records=(COMMENT_RESOLVED,),
    basis="退回后的修改情况留痕（平台内部控制）",
)
def resolve_comments(*, actor: Actor, case: Case, comments: Iterable[int]) -> int:
    """Tick off remarks on a returned step of the case; returns how many were open."""
    rows = RequestComment.objects.visible_to(actor).filter(
        pk__in=list(comments), request__case=case, resolved_at=None
    )
    found = list(rows.select_for_update(of=("self",)).select_related("request"))
    for comment in found:
        comment.resolved_at, comment.resolved_label = clock.now(), actor.label
        comment.save(update_fields=["resolved_at", "resolved_label"])
        record(
            actor=actor,
            matter=comment.request.attached_to or case.matter_id,
            kind=comment.request.kind,
            activity=COMMENT_RESOLVED,
            agency=case.agency_id,
            data={"step": comment.request.step, "comment": comment.pk, "line": comment.path},
            actors=[{"id": actor.number, "role": "other"}],
        )
    return len(found)


def may_keep_phrases(actor: Actor) -> Decision:
    """Anybody who is logged in keeps phrases, for himself alone."""
    return ALLOWED if actor.person_id is not None else denied("请先登录")


@action("cases.keep_phrase", policy=may_keep_phrases, records=(), basis="常用意见供本人使用，不产生法律效果")
def keep_phrase(*, actor: Actor, text: str) -> Phrase:
    """Save an opinion to use again."""
    said = text.strip()
    if not said:
        raise InputFault({"text": "请填写要保存的常用意见。"})
    if len(said) > 200:
        raise InputFault({"text": f"常用意见不超过 200 字（当前 {len(said)} 字）。请改短。"})
    if Phrase.objects.filter(person_id=actor.own_id).count() >= MOST_PHRASES:
        raise InputFault({"text": f"常用意见最多保存 {MOST_PHRASES} 条。请先删除不用的。"})
    kept, _ = Phrase.objects.get_or_create(person_id=actor.own_id, text=said)
    return kept


@action("cases.drop_phrase", policy=may_keep_phrases, records=(), basis="常用意见供本人使用，不产生法律效果")
def drop_phrase(*, actor: Actor, phrase: int) -> None:
    """Delete one of one's own saved opinions."""
    Phrase.objects.filter(person_id=actor.own_id, pk=phrase).delete()

"""Answers that all may read: told without names, by the body that answered or by 区司法局, and withdrawn with a reason."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..models import Did, Question, SharedAnswer
from ..namelessness import Checked, checked
from ..policies import may_share, may_unshare
from .writing import Words, locked, said, tell_answering

BASIS = "行政执法监督条例第二十四条"
LEAST = {"title": 5, "asked": 10, "answered": 10}
LABELS = {"title": "标题", "asked": "问的是什么", "answered": "答复", "papers": "其他依据"}


@action("questions.share", policy=may_share, on="row", records=(events.SHARED,), basis=BASIS)
def share(
    *,
    actor: Actor,
    row: Question,
    title: str,
    asked: str,
    answered: str,
    papers: str = "",
    weighed: bool = False,
    last: int | None = None,
) -> SharedAnswer:
    """Put the last answer into the collection. No name may be left in it; doubtful words have to be weighed first.

    ``last`` is the number of the answer that the words were written for, where a page showed it.
    """
    told = {
        "title": title.strip(),
        "asked": asked.strip(),
        "answered": answered.strip(),
        "papers": papers.strip(),
    }
    faults = {
        part: f"“{LABELS[part]}”至少写 {least} 个字。"
        for part, least in LEAST.items()
        if len(told[part]) < least
    }
    found = {part: checked(row, text) for part, text in told.items()}
    faults |= {part: each.fault for part, each in found.items() if each.personal}
    if faults:
        raise InputFault(faults)
    if not weighed and (doubts := _doubts(found)):
        raise InputFault({"weighed": f"可能是姓名或者个人情况：{doubts}。请逐处看过，确认可以共享后勾选。"})
    row = locked(row, actor, may_share)
    answer = row.sayings.filter(did=Did.ANSWERED).last()
    if answer is None:
        raise Refusal("这件咨询还没有答复，不能共享")
    if last is not None and last != answer.pk:
        raise Refusal(
            "打开本页以后又有了新的答复", next_step="请返回后重新打开“共享这件答复”，按最后一次答复改写。"
        )
    if not answer.basis and not told["papers"]:
        raise InputFault({"papers": "请写明答复依据的文件；答复没有引用条款，不写就没有依据。"})
    shared = SharedAnswer.objects.create(
        question=row, agency_id=answer.agency_id, basis=answer.basis, item_code=row.item_code,
        domain=row.domain, shared_at=clock.now(), shared_label=actor.label[:60], **told,
    )  # fmt: skip
    said(
        actor, row, Did.SHARED, events.SHARED, agency=actor.agency_code or row.to_id, at=shared.shared_at, words=Words(),
        shared=shared.pk,
    )  # fmt: skip
    return shared


def _doubts(found: dict[str, Checked]) -> str:
    return "、".join(dict.fromkeys(f"“{word}”" for each in found.values() for word in each.doubtful))


@action("questions.unshare", policy=may_unshare, on="answer", records=(events.UNSHARED,), basis=BASIS)
def unshare(*, actor: Actor, answer: SharedAnswer, reason: str) -> SharedAnswer:
    """Withdraw an answer that no longer holds; who looks for it sees the reason in its place."""
    if len(reason.strip()) < 5:
        raise InputFault({"reason": "请写明停止共享的理由，至少 5 个字。各机关都会看到。"})
    if (found := checked(answer.question, reason)).personal:
        raise InputFault({"reason": found.fault})
    rows = Question.objects.unscoped("停止共享的咨询").select_related("agency", "to")
    row = rows.select_for_update(of=("self",)).get(pk=answer.question_id)
    held = SharedAnswer.objects.select_for_update().get(pk=answer.pk)
    may_unshare(actor, held).demand()
    held.withdrawn_at, held.withdrawn_label, held.reason = clock.now(), actor.label[:60], reason.strip()[:300]
    held.save()
    said(
        actor, row, Did.UNSHARED, events.UNSHARED, agency=actor.agency_code or row.to_id, at=held.withdrawn_at,
        words=Words(reason), shared=held.pk,
    )  # fmt: skip
    if actor.agency_code != row.to_id:
        tell_answering(row, "答复已停止共享")
    return held

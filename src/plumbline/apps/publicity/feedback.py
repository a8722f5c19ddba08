"""「反映信息有误」: taken in from the portal, answered by the publisher within the platform's own promise."""

from __future__ import annotations

from django.conf import settings

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor

from .actions import log_about
from .channels import after
from .events import PUBLIC_REPORT_ANSWERED
from .models import Handled, Publication, PublicationState, PublicFeedback
from .policies import may_answer


def promised_days() -> int:
    """Working days within which an answer is promised: a service of this platform, not a term of law."""
    return int(settings.PLUMBLINE_ANSWER_DAYS)


def take_in(publication: Publication, *, text: str, contact: str) -> PublicFeedback:
    """Keep what a reader says about a public record; no log-in, no event: the log names no visitor."""
    due = after(clock.today(), promised_days(), "wd")
    return PublicFeedback.objects.create(publication=publication, text=text, contact=contact, due_on=due)


@action(
    "publicity.answer",
    policy=may_answer,
    on="feedback",
    records=(PUBLIC_REPORT_ANSWERED,),
    basis="市场监督管理行政处罚信息公示规定第十二条、政府信息公开条例第四十一条",
)
def answer(*, actor: Actor, feedback: PublicFeedback, outcome: str, text: str) -> PublicFeedback:
    """Say what checking a report gave. 「已更正」 and 「已撤回」 must have happened to the record before."""
    kept = PublicFeedback.objects.select_for_update().select_related("publication").get(pk=feedback.pk)
    if kept.outcome != Handled.WAITING:
        raise Refusal(f"这条反映已经处理：{kept.get_outcome_display()}")
    if outcome not in {Handled.RIGHT, Handled.CORRECTED, Handled.WITHDRAWN}:
        raise InputFault({"outcome": "请选择核对结果。"})
    if len(text.strip()) < 4:
        raise InputFault({"text": "请写明核对了什么、结果如何。"})
    row = kept.publication
    if outcome == Handled.WITHDRAWN and row.state != PublicationState.WITHDRAWN:
        raise Refusal("这项公示还没有撤回", next_step="请先在公示预览页撤回并写明理由。")
    if outcome == Handled.CORRECTED and row.changed_at <= kept.at:
        raise Refusal(
            "收到反映以后，公开的内容没有变过",
            next_step="请先在公示预览页增加遮盖；内容有错的，撤回后以更正后的决定重新公示。",
        )
    kept.outcome, kept.answer = Handled(outcome), text.strip()
    kept.answered_at, kept.answered_label = clock.now(), actor.label
    kept.save()
    # What the reader wrote stays in the row: it may name people.
    log_about(actor, row, PUBLIC_REPORT_ANSWERED, {"report": kept.pk, "outcome": kept.outcome})
    return kept

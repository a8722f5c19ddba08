"""Giving feedback and answering it."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import ALLOWED, Decision, InputFault, Refusal, action, denied
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from .events import FEEDBACK_ANSWERED, FEEDBACK_GIVEN
from .models import Feedback, FeedbackKind

BASIS = "国办函〔2026〕12号：政务应用应当有投诉建议功能"


def may_give_feedback(actor: Actor) -> Decision:
    return ALLOWED if actor.is_authenticated else denied("请先登录")


def may_answer_feedback(actor: Actor) -> Decision:
    """The system administrator, or the supervision body that runs the platform."""
    if actor.is_system or actor.administrator == "system" or actor.can("supervision.supervise"):
        return ALLOWED
    return denied("您的岗位不答复意见建议", next_step="由系统管理员或者区司法局答复。")


@action("workbench.give_feedback", policy=may_give_feedback, records=(FEEDBACK_GIVEN,), basis=BASIS)
def give_feedback(*, actor: Actor, kind: str, text: str, page: str = "") -> Feedback:
    """Keep what somebody says about the system."""
    if kind not in FeedbackKind.values:
        raise InputFault({"kind": "请选择类别。"})
    if not text.strip():
        raise InputFault({"text": "请填写内容。"})
    kept = Feedback.objects.create(
        kind=kind,
        text=text.strip()[:4000],
        page=page[:200],
        by_person_id=actor.person_id,
        by_label=actor.label,
        agency_name=actor.agency_name,
    )
    _note(actor, kept, FEEDBACK_GIVEN)
    return kept


@action(
    "workbench.answer_feedback",
    policy=may_answer_feedback,
    records=(FEEDBACK_ANSWERED,),
    basis=BASIS,
)
def answer_feedback(*, actor: Actor, feedback: Feedback, text: str) -> Feedback:
    """Answer once; the answer is read by everyone inside."""
    if not text.strip():
        raise InputFault({"text": "请填写答复。"})
    current = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if current.answered_at is not None:
        raise Refusal("这条意见已经答复", next_step="有补充的，请另提一条。")
    current.answer, current.answered_by, current.answered_at = text.strip()[:4000], actor.label, clock.now()
    current.save()
    _note(actor, current, FEEDBACK_ANSWERED)
    return current


def _note(actor: Actor, feedback: Feedback, activity: str) -> None:
    # Whoever sees no case may speak too; the database hands the new row back only to whoever may see it.
    with whole_district():
        record(
            actor=actor,
            matter=f"FEEDBACK-{feedback.pk}",
            kind="platform",
            activity=activity,
            agency=actor.agency_code,
            data={"feedback": feedback.pk},
        )

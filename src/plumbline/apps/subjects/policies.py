"""Who may open, fill in, review and publish a clean-up, and who may change a subject."""

from __future__ import annotations

from typing import Any

from plumbline.apps.agencies.contract import keeps_the_district
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CleanupEntry, CleanupRound, Subject

BASIS = "行政执法监督条例第十七条"
BUREAU = "请由区司法局办理。"


def may_keep_subjects(actor: Actor) -> Decision:
    """Opening rounds, reviewing, confirming and publishing: the keepers of the district (区司法局)."""
    if keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不办理主体清理的审核和公布", basis=BASIS, next_step=BUREAU)


def may_state(actor: Actor, entry: CleanupEntry) -> Decision:
    """Filling in and handing in: the agency's keeper of the registers, while the entry is open."""
    if not actor.can("registers.maintain", entry.agency_id):
        return denied("您的岗位不报送该机关的清理数据", next_step="请由该机关的管理员办理。")
    if entry.round.stage != "collecting":
        return denied(f"本次清理{_stage(entry.round)}，不再接收报送")
    if entry.left_out_at is not None:
        return denied("该机关不列入本次清理")
    if entry.submitted_at is not None:
        return denied("数据已经报送，正在审核", next_step="需要修改的，请区司法局退回。")
    return ALLOWED


def may_review(actor: Actor, entry: CleanupEntry) -> Decision:
    """Deciding on what was handed in, until the round is confirmed."""
    if entry.round.stage != "collecting":
        return denied(f"本次清理{_stage(entry.round)}，审核结论不再改动")
    if entry.submitted_at is None or entry.left_out_at is not None:
        return denied("该机关还没有报送，不能审核")
    return may_keep_subjects(actor)


def may_press(actor: Actor, entry: CleanupEntry) -> Decision:
    """Reminding an agency that has not handed in, or leaving it out of the round."""
    if entry.round.stage != "collecting":
        return denied(f"本次清理{_stage(entry.round)}")
    if entry.submitted_at is not None:
        return denied("该机关已经报送")
    if entry.left_out_at is not None:
        return denied("该机关不列入本次清理")
    return may_keep_subjects(actor)


def may_confirm(actor: Actor, cleanup: CleanupRound) -> Decision:
    return _at(actor, cleanup, "collecting")


def may_submit(actor: Actor, cleanup: CleanupRound) -> Decision:
    return _at(actor, cleanup, "confirmed")


def may_publish(actor: Actor, cleanup: CleanupRound) -> Decision:
    return _at(actor, cleanup, "consented")


def may_record_consent(actor: Actor, cleanup: CleanupRound) -> Decision:
    """The government's own post, or 区司法局 with the number of the government's document."""
    if cleanup.stage != "submitted":
        return denied(f"本次清理{_stage(cleanup)}，不能登记区政府的意见")
    if actor.can("supervision.decide") or keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不登记区政府的意见", basis=BASIS, next_step="请由区政府或者区司法局办理。")


def may_change_subject(actor: Actor, subject: Subject) -> Decision:
    if subject.valid_to is not None:
        return denied(f"该主体已于 {subject.valid_to} 终止", next_step="请打开现行的主体。")
    return may_keep_subjects(actor)


def may_publish_subject(actor: Actor, subject: Subject) -> Decision:
    """Publishing one subject outside a round, which publishes its own."""
    if subject.published_on is not None or subject.valid_to is not None:
        return denied("该主体已经公布或者已经终止")
    if subject.round is not None and subject.round.stage != "published":
        return denied("该主体随本次清理一并公布", next_step="请在清理页办理。")
    return may_keep_subjects(actor)


def may_reaffirm_basis(actor: Actor, subject: Subject) -> Decision:
    """Saying that a subject still rests on a changed article: the keepers of the district."""
    return may_keep_subjects(actor)


def _at(actor: Actor, cleanup: CleanupRound, stage: str) -> Decision:
    if cleanup.stage != stage:
        return denied(f"本次清理{_stage(cleanup)}，不能办理这一步")
    return may_keep_subjects(actor)


def _stage(cleanup: CleanupRound) -> str:
    from .models import STAGE_ZH

    return f"现在是“{STAGE_ZH[cleanup.stage]}”"


@visible(CleanupEntry)
def entries_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    if keeps_the_district(actor) or actor.can("supervision.decide"):
        return rows
    return rows.filter(agency_id__in=actor.reach("registers.maintain") or ())

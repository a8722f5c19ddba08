"""Who drafts, reviews and reads revisions of lists. Whoever drafted or submitted a revision never reviews it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import ArticleWatch, ListUpload, Revision, State

KEEP, REVIEW = "registers.maintain", "registers.review"
BASIS = "新政办[2022]14号 二(一)"


def may_keep(actor: Actor, agency: str) -> Decision:
    """Draft the lists of an agency."""
    if actor.can(KEEP, agency):
        return ALLOWED
    return denied(
        "您的岗位不维护这份清单",
        basis=BASIS,
        next_step="请由本单位持有“维护主体、人员与事项清单”权能的岗位办理。",
    )


def may_draft(actor: Actor, revision: Revision) -> Decision:
    return may_keep(actor, revision.agency_id)


def may_take_over(actor: Actor, upload: ListUpload) -> Decision:
    return may_keep(actor, upload.agency_id)


def may_settle(actor: Actor, watch: ArticleWatch) -> Decision:
    return may_keep(actor, watch.agency_id)


def may_review(actor: Actor, revision: Revision) -> Decision:
    """Review and publish: the district's post for it, and another person than those who drafted."""
    if not actor.can(REVIEW, revision.agency_id):
        return denied(
            "您的岗位不审核清单", basis=BASIS, next_step="请由区司法局持有“审核、公布清单”权能的岗位办理。"
        )
    if actor.person_id is not None and actor.person_id in {revision.drafted_by_id, revision.submitted_by_id}:
        return denied(
            "起草、送审的人不能审核自己的修订", basis=BASIS, next_step="请由区司法局的另一名人员审核。"
        )
    return ALLOWED


def may_publish(actor: Actor, revision: Revision) -> Decision:
    return may_review(actor, revision)


def may_comment(actor: Actor, revision: Revision) -> Decision:
    """Those who draft and those who review."""
    if actor.can(REVIEW, revision.agency_id):
        return ALLOWED
    return may_draft(actor, revision)


@visible(Revision)
def revisions_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Published versions are everybody's; what is under way is seen by those who draft and review it."""
    reach = actor.reach(KEEP, REVIEW)
    return rows if reach is None else rows.filter(Q(state=State.PUBLISHED) | Q(agency_id__in=reach))


@visible(ListUpload)
def uploads_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(KEEP)
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(ArticleWatch)
def watches_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(KEEP, REVIEW)
    return rows if reach is None else rows.filter(agency_id__in=reach)

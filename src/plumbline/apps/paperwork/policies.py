"""Who may see, draft and sign documents."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import case_rows, may_see
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Document, DocumentState


@visible(Document)
def documents_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Documents of the cases one may see, and those of one's own agencies."""
    reach = actor.reach("documents.sign", "supervision.supervise", "supervision.sign", "supervision.decide")
    own = Q() if reach is None else Q(agency_id__in=reach)
    return rows.filter(own | Q(matter_id__in=case_rows(actor).values("matter_id")))


def may_see_document(actor: Actor, document: Document) -> Decision:
    if Document.objects.visible_to(actor).filter(pk=document.pk).exists():
        return ALLOWED
    return denied("您的岗位不能查看这份文书")


def may_draft(actor: Actor, case: Any) -> Decision:
    if may_see(actor, case) and actor.can("cases.handle", case.agency_id):
        return ALLOWED
    return denied("您的岗位不能起草本案文书", next_step="请由承办人员起草。")


def may_sign(actor: Actor, document: Document) -> Decision:
    if document.state != DocumentState.DRAFT:
        return denied(f"这份文书已经是“{document.get_state_display()}”，不能再签发")
    if actor.can("documents.sign", document.agency_id):
        return ALLOWED
    return denied("您的岗位没有签发权能", basis="行政处罚法第五十七条", next_step="请由本机关负责人签发。")


def may_void(actor: Actor, document: Document) -> Decision:
    if document.state != DocumentState.SIGNED:
        return denied("只有已签发的文书可以作废")
    if actor.can("documents.sign", document.agency_id):
        return ALLOWED
    return denied("您的岗位没有签发权能", next_step="请由本机关负责人办理。")

"""Who may see, draft and sign documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from plumbline.apps.cases.contract import case_rows, may_see
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import Document, DocumentComment, DocumentSignature, DocumentState, TemplateVersion

#: For an actor, the papers that few may know of and that the actor is none of those few for.
_SEALS: list[Callable[[Actor], Q]] = []


def sealed(papers: Callable[[Actor], Q]) -> Callable[[Actor], Q]:
    """Register the papers that a matter with a closer wall than its agency's keeps from an actor, in lists and in the search."""
    _SEALS.append(papers)
    return papers


@visible(Document)
def documents_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Documents of the cases one may see, and those of one's own agencies; of what is sealed only one's own part."""
    for papers in _SEALS:
        rows = rows.exclude(papers(actor))
    reach = actor.reach("documents.sign", "supervision.supervise", "supervision.sign", "supervision.decide")
    own = Q() if reach is None else Q(agency_id__in=reach)
    return rows.filter(own | Q(matter_id__in=case_rows(actor).values("matter_id")))


@visible(DocumentSignature)
def signatures_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Signatures of the documents one may see."""
    return rows.filter(document__in=Document.objects.visible_to(actor).values("pk"))


@visible(DocumentComment)
def comments_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Comments on the documents one may see."""
    return rows.filter(document__in=Document.objects.visible_to(actor).values("pk"))


def may_see_document(actor: Actor, document: Document) -> Decision:
    if Document.objects.visible_to(actor).filter(pk=document.pk).exists():
        return ALLOWED
    return denied("您的岗位不能查看这份文书")


def may_draft(actor: Actor, case: Any) -> Decision:
    if may_see(actor, case) and actor.can("cases.handle", case.agency_id):
        return ALLOWED
    return denied("您的岗位不能起草本案文书", next_step="请由承办人员起草。")


def may_edit(actor: Actor, document: Document) -> Decision:
    """Whoever handles the case writes in its drafts."""
    if document.state != DocumentState.DRAFT:
        return denied(f"这份文书已经是“{document.get_state_display()}”，内容不能再改")
    if actor.can("cases.handle", document.agency_id):
        return ALLOWED
    return denied("您的岗位不能填写本案文书", next_step="请由承办人员填写。")


def may_comment(actor: Actor, document: Document) -> Decision:
    """Those who handle, review, approve or sign say what should be changed in a draft."""
    if document.state != DocumentState.DRAFT:
        return denied("只对草稿提意见")
    if any(
        actor.can(capability, document.agency_id)
        for capability in ("cases.handle", "cases.review", "cases.approve", "documents.sign")
    ):
        return ALLOWED
    return denied("您的岗位不对本案文书提意见")


def may_settle(actor: Actor, comment: DocumentComment) -> Decision:
    """Whoever may write in the draft, or the one who made the comment, says that it is dealt with."""
    if comment.settled_at is not None:
        return denied("这条意见已经处理")
    own = comment.by_id == actor.person_id
    return ALLOWED if own and may_comment(actor, comment.document) else may_edit(actor, comment.document)


def may_sign(actor: Actor, document: Document) -> Decision:
    """The head's post signs and issues; a record is closed by the officers who made it."""
    if document.state != DocumentState.DRAFT:
        return denied(f"这份文书已经是“{document.get_state_display()}”，不能再签发")
    if actor.can("documents.sign", document.agency_id):
        return ALLOWED
    template = TEMPLATES.get(document.template)
    if template is not None and template.finished_by == "officers":
        if actor.can("cases.handle", document.agency_id):
            return ALLOWED
        return denied("您的岗位不能为这份笔录定稿", next_step="请由承办人员办理。")
    return denied("您的岗位没有签发权能", basis="行政处罚法第五十七条", next_step="请由本机关负责人签发。")


def may_void(actor: Actor, document: Document) -> Decision:
    if document.state != DocumentState.SIGNED:
        return denied("只有已签发的文书可以作废")
    if actor.can("documents.sign", document.agency_id):
        return ALLOWED
    return denied("您的岗位没有签发权能", next_step="请由本机关负责人办理。")


def may_keep_templates(actor: Actor, agency_code: str) -> Decision:
    """An agency's administrator keeps its templates; ``agency_code`` is empty for those of the whole district."""
    reach = actor.reach("agency.administer")
    if reach is None or (agency_code and agency_code in reach):
        return ALLOWED
    if not agency_code:
        return denied("全区模板由区级管理员维护", next_step="请只维护本单位的模板。")
    return denied("您的岗位不维护文书模板", next_step="请由本单位管理员办理。")


def may_keep_version(actor: Actor, version: TemplateVersion) -> Decision:
    """A version belongs to whoever keeps the templates of its agency, or of the district."""
    return may_keep_templates(actor, version.agency_id or "")

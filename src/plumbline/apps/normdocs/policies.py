"""Who may see documents and act in them; each reading policy beside its queryset twin.

A published document is everybody's. A draft is seen by its drafting unit, its maker, the office that reviews, the office
that publishes, and supervisors.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from plumbline.packs.normdoc.words import DRAFT, PUBLISH, REVIEW
from plumbline.packs.procedures import Step
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .choices import Stage
from .models import CitedDocument, NormDoc, PlanItem, PublicComment

SUPERVISING = ("supervision.supervise", "supervision.sign", "supervision.decide")
READING = (DRAFT, REVIEW, PUBLISH, *SUPERVISING)
WHO = {DRAFT: "起草单位", REVIEW: "负责合法性审查的区司法局", PUBLISH: "负责统一登记、编号、公布的单位"}


def may_see_document(actor: Actor, doc: NormDoc) -> Decision:
    if doc.published_on is not None:
        return ALLOWED
    if any(actor.can(each, code) for each in READING for code in (doc.agency_id, doc.maker_id)):
        return ALLOWED
    return denied("没有找到该文件，或您的岗位不能查看")


@visible(NormDoc)
def documents_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """The condition of ``may_see_document`` over rows: the two must agree."""
    reach = actor.reach(*READING)
    if reach is None:
        return rows
    return rows.filter(
        Q(published_on__isnull=False) | Q(agency_id__in=sorted(reach)) | Q(maker_id__in=sorted(reach))
    )


@visible(PlanItem)
def plans_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_id__in=sorted(reach))


@visible(PublicComment)
def comments_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach(*READING)
    return rows if reach is None else rows.filter(agency_id__in=sorted(reach))


@visible(CitedDocument)
def citations_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    """Decisions of the agencies whose cases an actor may read as a whole."""
    reach = actor.reach("cases.view", "cases.approve", "cases.review", *SUPERVISING)
    return rows if reach is None else rows.filter(agency_code__in=sorted(reach))


def holds(actor: Actor, capability: str, doc: NormDoc) -> bool:
    """A post for the drafting unit; the reviewing and publishing offices reach the maker as well."""
    if actor.can(capability, doc.agency_id):
        return True
    return capability != DRAFT and actor.can(capability, doc.maker_id)


def may_work_on(actor: Actor, doc: NormDoc) -> Decision:
    """Working on the document at all, in any of the three parts."""
    if any(holds(actor, each, doc) for each in (DRAFT, REVIEW, PUBLISH)):
        return ALLOWED
    return denied("您的岗位不办理这件文件", next_step=f"请由{doc.agency.short_name}办理。")


def may_take(actor: Actor, doc: NormDoc, step: Step) -> Decision:
    """One step: by the part it belongs to."""
    if holds(actor, step.capability, doc):
        return ALLOWED
    who = doc.agency.short_name if step.capability == DRAFT else WHO[step.capability]
    return denied(f"“{step.label}”由{who}办理", basis=step.basis)


def may_begin(actor: Actor, agency_code: str) -> Decision:
    if actor.can(DRAFT, agency_code):
        return ALLOWED
    return denied("您的岗位不起草规范性文件", next_step="请由本单位负责起草的岗位办理。")


def may_draft(actor: Actor, doc: NormDoc) -> Decision:
    """Text, papers, answers to comments, notices: the drafting unit's own work."""
    if doc.stage == Stage.STOPPED:
        return denied("这件文件已经终止制定", next_step="需要时请重新起草。")
    if holds(actor, DRAFT, doc):
        return ALLOWED
    return denied(f"由起草单位{doc.agency.short_name}办理")


def may_publish(actor: Actor, doc: NormDoc) -> Decision:
    if holds(actor, PUBLISH, doc):
        return ALLOWED
    if doc.is_policy:
        return denied(
            "您的岗位不办理重大行政决策的公布",
            basis="重大行政决策程序暂行条例第三十二条",
            next_step="请由负责统一公布的单位办理。",
        )
    return denied(
        "您的岗位不办理规范性文件的统一登记、编号、公布",
        basis="新政办[2022]14号 二(五)3",
        next_step="请由负责统一公布的单位办理。",
    )


def may_keep_papers(actor: Actor, doc: NormDoc) -> Decision:
    """Papers come from every part: the opinion from the reviewer, the minutes from the drafting unit."""
    return may_work_on(actor, doc)


def may_comment(actor: Actor, doc: NormDoc) -> Decision:
    """Everybody, without an account; whether the period runs is asked by the action."""
    return ALLOWED


def may_plan(actor: Actor, agency_code: str) -> Decision:
    if actor.can(PUBLISH, agency_code) or actor.can(REVIEW, agency_code):
        return ALLOWED
    return denied("您的岗位不编制规范性文件制定计划", next_step="请由区政府办或者区司法局办理。")


def may_plan_item(actor: Actor, item: PlanItem) -> Decision:
    return may_plan(actor, item.agency_id)


def may_publish_catalogue(actor: Actor) -> Decision:
    """The organ's catalogue is published by whoever publishes for the district."""
    if actor.reach(PUBLISH) is None:
        return ALLOWED
    return denied("您的岗位不公布决策事项目录", next_step="请由区政府办办理。")


def may_clean_up(actor: Actor) -> Decision:
    """Rounds are opened and published for the whole district."""
    reach = actor.reach(PUBLISH, REVIEW)
    if reach is None:
        return ALLOWED
    return denied("您的岗位不组织规范性文件清理", next_step="请由区政府办或者区司法局办理。")


def may_import(actor: Actor) -> Decision:
    if actor.reach(PUBLISH) is None:
        return ALLOWED
    return denied("您的岗位不维护现有文件目录", next_step="请由负责统一公布的单位办理。")

"""Who publishes. A doubtful text needs a second person, never the one who prepared it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CreditFile, CreditRow, Publication, PublicationState, PublicFeedback


def may_publish(actor: Actor, publication: Publication) -> Decision:
    if not actor.can("publicity.publish", publication.agency_id):
        return denied("您的岗位没有公示权能", next_step="请由本机关负责公示的人员办理。")
    if (
        publication.state == PublicationState.AWAITING_SECOND
        and publication.prepared_by_id == actor.person_id
    ):
        return denied(
            "须由第二人复核，不能由准备人自己确认",
            basis="政府信息公开条例第十五条",
            next_step="请另一名负责公示的人员确认。",
        )
    return ALLOWED


def may_backfill(actor: Actor, agencies: Sequence[str] | None) -> Decision:
    """For agencies one publishes for; for all of them, the platform itself."""
    if actor.is_system or (agencies and all(actor.can("publicity.publish", each) for each in agencies)):
        return ALLOWED
    return denied("您的岗位没有公示权能", next_step="请由本机关负责公示的人员办理。")


def may_hide(actor: Actor, publication: Publication) -> Decision:
    """To take more out is open to everybody who publishes here, also to the one who prepared the text."""
    if actor.can("publicity.publish", publication.agency_id):
        return ALLOWED
    return denied("您的岗位没有公示权能", next_step="请由本机关负责公示的人员办理。")


def publications_for(actor: Actor) -> QuerySet[Publication, Any]:
    """The queryset twin: publications of the agencies one publishes or supervises for."""
    reach = actor.reach("publicity.publish", "supervision.supervise", "cases.view")
    rows = Publication.objects.select_related("agency")
    return rows if reach is None else rows.filter(agency_id__in=reach)


def may_end(actor: Actor, publication: Publication) -> Decision:
    """The platform itself takes down what has stood for its term; nobody does it by hand."""
    if actor.is_system:
        return ALLOWED
    return denied("公示期满由系统停止公示", next_step="提前停止的，请按申请办理。")


def may_answer(actor: Actor, feedback: PublicFeedback) -> Decision:
    if actor.can("publicity.publish", feedback.publication.agency_id):
        return ALLOWED
    return denied("您的岗位不处理公众反映", next_step="请由本机关负责公示的人员办理。")


def feedback_for(actor: Actor) -> QuerySet[PublicFeedback, Any]:
    """The queryset twin of ``may_answer``."""
    reach = actor.reach("publicity.publish", "supervision.supervise")
    rows = PublicFeedback.objects.select_related("publication__agency")
    return rows if reach is None else rows.filter(publication__agency_id__in=reach)


def may_report_credit(actor: Actor, agency: str) -> Decision:
    """Who makes and sends 双公示 data: it holds identity numbers that are not public."""
    if actor.can("publicity.publish", agency):
        return ALLOWED
    return denied("您的岗位不报送双公示数据", next_step="请由本机关负责公示的人员办理。")


def may_send_credit(actor: Actor, file: CreditFile) -> Decision:
    return may_report_credit(actor, file.agency_id)


@visible(CreditFile)
def files_for(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = actor.reach("publicity.publish")
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(CreditRow)
def rows_for(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return files_for(actor, rows)


def may_disclose(actor: Actor, agency: str) -> Decision:
    if actor.can("publicity.publish", agency):
        return ALLOWED
    return denied("您的岗位不公布本机关的事前公示内容", next_step="请由本机关负责公示的人员办理。")

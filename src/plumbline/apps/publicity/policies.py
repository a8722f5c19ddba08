"""Who publishes. A doubtful text needs a second person, never the one who prepared it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

from .models import Publication, PublicationState


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

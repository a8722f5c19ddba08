"""Shared by the views: the actor of a request, the matter that it names, and the record that somebody outside has read it."""

from __future__ import annotations

from django.http import HttpRequest

from plumbline.platform.events.access import keep_access
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of

from ..models import Inquiry, Linkage, LinkageReading
from ..policies import liaises_for


def crumbs_of(linkage: Linkage) -> list[tuple[str, str]]:
    """The pages above one of the linkage."""
    return [("行刑衔接", "/linkage"), (str(linkage), linkage.page)]


def linkage_of(request: HttpRequest, code: str) -> Linkage:
    """The visible matter with its bodies and case; 404 alike for missing and out of scope."""
    seen = get_visible(Linkage, actor_of(request), code=code)
    # The case behind stands behind the wall for the other end; its name and number are in what was sent.
    with whole_district():
        rows = Linkage.objects.unscoped("已核对衔接事项的可见范围")
        return rows.select_related("agency", "addressed_to", "organ", "procuratorate", "case__agency").get(
            pk=seen.pk
        )


def inquiry_of(request: HttpRequest, pk: int) -> Inquiry:
    seen = get_visible(Inquiry, actor_of(request), pk=pk)
    with whole_district():
        rows = Inquiry.objects.unscoped("已核对查询申请的可见范围")
        return rows.select_related("agency", "organ", "case__agency").get(pk=seen.pk)


def keep_reading(
    actor: Actor, what: str, *, linkage: Linkage | None = None, inquiry: Inquiry | None = None
) -> None:
    """Keep that a liaison officer opened something: for the sender and the supervision organ, and in the log of reads."""
    if not liaises_for(actor):
        return
    LinkageReading.objects.create(
        linkage=linkage,
        inquiry=inquiry,
        what=what[:200],
        by_label=actor.label,
        by_agency=actor.agency_name[:60],
    )
    keep_access(actor=actor, kind="read", action="linkage.read", subject=linkage or inquiry, reason=what)

"""Shared by the views: the actor of a request and the matter that it names."""

from __future__ import annotations

from django.http import HttpRequest

from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from ..models import Challenge


def crumbs_of(challenge: Challenge) -> list[tuple[str, str]]:
    """The pages above one of the challenge."""
    return [("复议诉讼", "/challenges"), (str(challenge), f"/challenges/{challenge.matter_id}")]


def challenge_of(request: HttpRequest, matter_id: str) -> Challenge:
    """The visible matter with agency and case; 404 alike for missing and out of scope."""
    rows = Challenge.objects.visible_to(actor_of(request)).filter(matter_id=matter_id)
    found = rows.select_related("agency", "heard_by", "case__agency", "case__party", "continues").first()
    return found or get_visible(Challenge, actor_of(request), matter_id=matter_id)

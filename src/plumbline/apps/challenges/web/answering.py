"""Shared by the views: the actor of a request and the matter that it names."""

from __future__ import annotations

from django.http import HttpRequest

from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible

from ..models import Challenge


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


def challenge_of(request: HttpRequest, matter_id: str) -> Challenge:
    """The visible matter with agency and case; 404 alike for missing and out of scope."""
    rows = Challenge.objects.visible_to(actor_of(request)).filter(matter_id=matter_id)
    found = rows.select_related("agency", "heard_by", "case__agency", "case__party", "continues").first()
    return found or get_visible(Challenge, actor_of(request), matter_id=matter_id)

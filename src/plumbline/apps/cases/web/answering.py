"""Shared by the views: the actor of a request, the case it names, and refusals shown as they stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from plumbline.platform.actions import Refusal
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from ..models import Case


def case_of(request: HttpRequest, matter_id: str) -> Case:
    """The visible case, with agency and party; 404 alike for missing and out of scope."""
    rows = Case.objects.visible_to(actor_of(request)).filter(matter_id=matter_id)
    found = rows.select_related("agency", "party").defer("bigrams", "searched").first()
    return found or get_visible(Case, actor_of(request), matter_id=matter_id)


def tell_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Put a refusal before the user: reason, article, next step."""
    messages.error(request, str(refusal))

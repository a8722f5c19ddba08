"""Shared by the views: the actor of a request, the document it names, and the small form that most of them are."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, form_page

from ..models import NormDoc


def document_of(request: HttpRequest, matter_id: str) -> NormDoc:
    """The visible document with its units; 404 alike for missing and out of scope."""
    rows = NormDoc.objects.visible_to(actor_of(request)).filter(matter_id=matter_id)
    found = rows.select_related("agency", "maker", "plan").first()
    return found or get_visible(NormDoc, actor_of(request), matter_id=matter_id)


small_form = partial(form_page, template="normdocs/small_form.html")

"""What the pages share: who asks, for which programme, on which day; and small forms on pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import actor_of, form_page

from ..models import Programme
from ..policies import may_read


def programme_for(request: HttpRequest, key: str) -> tuple[Actor, Programme]:
    """The programme for somebody who takes part in one or oversees it."""
    actor = actor_of(request)
    may_read(actor).demand()
    return actor, get_object_or_404(Programme.objects.select_related("agency"), key=key)


def day_asked(request: HttpRequest, programme: Programme) -> date:
    """The day of the address (``on``), within the programme's life; its own day when none is asked."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return programme.today()
    return min(max(asked, programme.from_on), programme.today())


def small_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[Any], Any],
    *,
    programme: Programme,
    template: str = "programme/form.html",
    context: dict[str, Any] | None = None,
    **told: Any,
) -> HttpResponse:
    """A form on its own page below the programme; ``told`` is what every such page says."""
    return form_page(
        request,
        form=form,
        act=lambda: act(form),
        template=template,
        programme=programme,
        crumbs=[(programme.title, reverse("programme", args=[programme.key]))],
        **told,
        **(context or {}),
    )


def kept_file(sha256: str, name: str, content_type: str) -> FileResponse:
    response = FileResponse(open_kept(sha256), as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    return response

"""Leads of the media; slips for ratings and the sums of what was answered."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.complaints.contract import digits_of, shown
from plumbline.apps.inspections.contract import Inspection
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.models import Agency
from plumbline.platform.rates.limiting import Lane, too_fast
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of

from .. import actions
from ..actions.rating import origin_now
from ..forms import MediaForm, RatingForm
from ..models import MediaLead, RatingSlip, SpentCode
from ..policies import MANAGE, SUPERVISE, may_print_slip
from ..queries import rated
from ..rating_codes import hash_of
from .acting import carry_out, demand_right

PAGE = 30
RATE = Lane("open.rating", 30, 3600)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def media(request: HttpRequest) -> HttpResponse:
    """Leads of the media, and a new one."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    form = MediaForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST":
        made = carry_out(
            request,
            form,
            lambda: actions.register_media_lead(actor=actor, **form.cleaned_data),
            "已登记，并作为线索交给监督研判。",
        )
        if made:
            return redirect("media-lead", matter_id=made.matter_id)
    rows = MediaLead.objects.visible_to(actor).select_related("concerned").order_by("-registered_at")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "volunteers/media.html", {"page_rows": page, "form": form})


@login_required
@require_safe
def media_lead(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_visible(MediaLead, actor, matter_id=matter_id)
    url = f"/leads/{row.lead}" if row.lead and actor.can(SUPERVISE) else ""
    return render(request, "volunteers/media_lead.html", {"row": row, "lead_url": url})


@login_required
@require_safe
def clipping(request: HttpRequest, matter_id: str) -> FileResponse:
    """The clipping as it was registered, to be taken away and never shown within our own pages."""
    actor = actor_of(request)
    row = get_visible(MediaLead, actor, matter_id=matter_id)
    if not row.clipping:
        raise Http404
    keep_access(actor=actor, kind="read", action="volunteers.clipping", subject=row.matter_id)
    return FileResponse(open_kept(row.clipping), as_attachment=True, filename=row.clipping_name)


@login_required
@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """The sums of five and more, for the supervision organ alone."""
    actor = actor_of(request)
    demand_right(actor, MANAGE, SUPERVISE)
    return render(request, "volunteers/ratings.html", {"rows": rated(), "manages": actor.can(MANAGE)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The slip for the firm that was inspected. It is shown in the answer to the press, and never again."""
    actor = actor_of(request)
    row = get_visible(Inspection, actor, matter_id=matter_id)
    code = ""
    if request.method == "POST":
        code = carry_out(request, None, lambda: actions.print_slip(actor=actor, inspection=row), "") or ""
        if not code:
            return redirect("rating-slip", matter_id=matter_id)
    address = f"{settings.PUBLIC_URL}/open/rating?code={digits_of(code)}" if code else ""
    context = {
        "row": row,
        "code": code,
        "picture": segno.make(address, error="m").svg_data_uri(scale=4) if code else "",
        "address": f"{settings.PUBLIC_URL}/open/rating",
        "may": None if code else may_print_slip(actor, row),
        "printed": RatingSlip.objects.visible_to(actor).filter(matter_id=matter_id).first(),
    }
    return render(request, "volunteers/slip.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest) -> HttpResponse:
    """The firm's page: the code, five questions, no name, no account."""
    given = digits_of(request.GET.get("code", ""))
    form = RatingForm(
        request.POST if request.method == "POST" else None, initial={"code": shown(given) if given else ""}
    )
    if request.method == "POST":
        if answer := too_fast(request, RATE):
            return answer
        with whole_district():
            if carry_out(
                request, form,
                lambda: actions.rate(actor=actor_of(request), code=form.cleaned_data["code"], answers=form.given()), "",
            ):  # fmt: skip
                return redirect("rating-done")
    agency, spent = None, False
    if given and (answer := too_fast(request, RATE)):
        return answer
    if given and (origin := origin_now(given)) is not None:
        agency = Agency.objects.filter(pk=origin[0]).first()
        spent = SpentCode.objects.filter(code_hash=hash_of(given)).exists()
    marks = [field for field in form if field.name != "code"]
    return render(
        request, "volunteers/rate.html", {"form": form, "marks": marks, "agency": agency, "spent": spent}
    )


@require_safe
def rated_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "volunteers/rated.html")

"""The photo of a certificate: shown to its keepers and to the officer, and entered by the keepers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.ui.acting import actor_of, put_faults

from . import actions
from .forms import PhotoForm
from .models import OfficerCertificate
from .photos import photo_of
from .policies import may_keep_certificate, may_see_photo


@login_required
@require_safe
def photo(request: HttpRequest, pk: int) -> FileResponse:
    row = get_object_or_404(OfficerCertificate, pk=pk)
    found = photo_of(row.number)
    if found is None or not may_see_photo(actor_of(request), row):
        raise Http404
    answer = FileResponse(open_kept(found.sha256), content_type="image/jpeg")
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def photo_new(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficerCertificate.objects.select_related("agency"), pk=pk)
    actor = actor_of(request)
    allowed = may_keep_certificate(actor, row)
    if not allowed:
        raise Refusal(allowed.reason, next_step=allowed.next_step)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_photo(actor=actor, certificate=row, file=form.cleaned_data["file"])
        except InputFault as fault:
            put_faults(form, fault)
        else:
            messages.success(request, f"已录入{row.name}的证件照片。")
            return redirect("officer", pk=row.pk)
    return render(
        request, "agencies/photo.html", {"row": row, "form": form}, status=422 if form.errors else 200
    )

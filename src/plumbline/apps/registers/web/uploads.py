"""A workbook: sent in, read in the background, looked at, and taken over into a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.lists import remembering
from plumbline.platform.lists.comparing import cells_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import take_over_upload, upload_list
from ..actions.uploading import changes_of_upload
from ..forms import ReasonForm, UploadForm
from ..models import ListUpload
from ..policies import may_keep
from ..versions import counted, open_revision
from .asking import agency_of, list_of

SHOWN = 200


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, key: str) -> HttpResponse:
    register, actor = list_of(key), actor_of(request)
    agency = agency_of(request, register)
    may_keep(actor, agency.code).demand()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                sent = upload_list(
                    actor=actor,
                    register=key,
                    agency=agency.code,
                    file=form.cleaned_data["file"],
                    whole=bool(form.cleaned_data["whole"]),
                )
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            return redirect("job", pk=sent.job)
    recent = ListUpload.objects.visible_to(actor).filter(register=key, agency=agency).order_by("-pk")[:8]
    context = {"register": register, "agency": agency, "form": form, "recent": recent}
    return render(request, "registers/upload.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def uploaded(request: HttpRequest, pk: int) -> HttpResponse:
    """What an upload would change, before anything is changed."""
    actor = actor_of(request)
    row = get_visible(ListUpload, actor, pk=pk)
    register = list_of(row.register)
    if row.read_at is None or not row.rows_sha256:
        return redirect("job", pk=row.job) if row.job and row.by_person_id == actor.person_id else _none()
    if row.taken_into_id:
        return redirect("register-revision", pk=row.taken_into_id)
    under_way = open_revision(row.register, row.agency_id)
    form = ReasonForm(request.POST or None)
    if under_way is not None:
        form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        try:
            revision = take_over_upload(actor=actor, upload=row, reason=form.cleaned_data["reason"])
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已并入草稿。可以继续修改，再送审。")
            return redirect("register-revision", pk=revision.pk)
    with remembering():
        changes = changes_of_upload(row, register)
        shown = [(each, cells_of(register, each)) for each in changes[:SHOWN]]
    context = {
        "register": register, "upload": row, "form": form, "open": under_way, "changes": shown,
        "total": len(changes), "counts": counted(changes),
    }  # fmt: skip
    return render(request, "registers/uploaded.html", context)


def _none() -> HttpResponse:
    raise Http404


@login_required
@require_GET
def fault_file(request: HttpRequest, pk: int) -> FileResponse:
    """The rows that have to be mended, with what is wrong beside them."""
    row = get_visible(ListUpload, actor_of(request), pk=pk)
    if not row.faults_sha256:
        raise Http404
    return FileResponse(
        open_kept(row.faults_sha256), as_attachment=True, filename=f"list-faults-{row.pk}.xlsx"
    )

"""Handing out files: bound to the case's scope, each opening of an original kept, nothing ever run by the browser."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from plumbline.apps.cases.contract import case_of, needs_reading_reason
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.confined import Unreadable
from plumbline.platform.files.films import FILM, Hides, PlaceInside, hides_of, read_blanked
from plumbline.platform.files.store import is_intact, open_kept, size_of
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from .drawing import clean_name, clean_picture, film_copy_name, small_picture
from .models import Evidence, EvidenceFile, ProcessRecording, WorkingCopy
from .policies import may_take_original

SEALED = "default-src 'none'; sandbox"
IN_OUR_PAGE = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def _found(request: HttpRequest, matter_id: str, pk: int) -> tuple[Any, EvidenceFile]:
    actor = actor_of(request)
    found = EvidenceFile.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.evidence = get_visible(Evidence, actor, pk=found.evidence_id, case__matter_id=matter_id)
    return actor, found


def _altered(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/bare_message.html",
        {
            "title": "校验不一致",
            "text": "文件与登记时的指纹不同或已缺失。请停止使用本文件并联系审计管理员。",
        },
        status=409,
    )


@login_required
def open_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """The original, with all that the camera wrote, for those who work on the case or supervise it."""
    actor, found = _found(request, matter_id, pk)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    allowed = may_take_original(actor, case)
    if not allowed:
        return render(
            request,
            "ui/bare_message.html",
            {"title": "不能取用原件", "text": f"{allowed.reason}。{allowed.next_step}"},
            status=403,
        )
    if not is_intact(found.sha256):
        return _altered(request)
    keep_access(actor=actor, kind="read", action="evidence.open", subject=found.evidence, reason=found.name)
    return _attached(found.sha256, found.name, found.content_type)


@login_required
@require_GET
def copy_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """A copy without what the camera wrote, of a film without the place; of other kinds the file itself, which has none."""
    actor, found = _found(request, matter_id, pk)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    if not is_intact(found.sha256):
        return _altered(request)
    keep_access(actor=actor, kind="read", action="evidence.copy", subject=found.evidence, reason=found.name)
    try:
        if found.form == "film":
            return _film_attached(found.sha256, film_copy_name(found.name), found.content_type)
        if found.form != "picture":
            return _attached(found.sha256, found.name, found.content_type)
        return _attached(clean_picture(found).sha256, clean_name(found.name), "image/jpeg")
    except PlaceInside:
        return _place_inside(request)
    except Unreadable:
        return _altered(request)


@login_required
@require_GET
@xframe_options_sameorigin
def view_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """What the page shows: pictures without metadata, PDF in a frame of our own, sound and film by ranges."""
    actor, found = _found(request, matter_id, pk)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    if found.form == "other":
        raise Http404
    try:
        if found.form == "picture":
            return _shown(request, clean_picture(found).sha256, "image/jpeg", found.name)
        hides = _hides_for(actor, found.evidence.case, found.sha256, found.content_type)
        return _shown(request, found.sha256, found.content_type, found.name, hides)
    except PlaceInside:
        return _place_inside(request)
    except (FileNotFoundError, Unreadable):
        return _altered(request)


@login_required
@require_GET
def small_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """The picture of the grid."""
    actor, found = _found(request, matter_id, pk)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        raise Http404
    small = small_picture(found)
    if not small:
        raise Http404
    return _shown(request, small, "image/webp", found.name)


@login_required
@require_GET
def working_copy(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_visible(WorkingCopy, actor, pk=pk, original__evidence__case__matter_id=matter_id)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    if not is_intact(found.sha256):
        return _altered(request)
    if request.GET.get("show") == "1":
        return _shown(request, found.sha256, found.content_type, found.name)
    keep_access(
        actor=actor, kind="read", action="evidence.copy", subject=found.original.evidence, reason=found.name
    )
    return _attached(found.sha256, found.name, found.content_type)


@login_required
@require_GET
def recording_file(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    actor = actor_of(request)
    found = get_visible(ProcessRecording, actor, pk=pk, case__matter_id=matter_id)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    if not found.sha256:
        raise Http404
    try:
        hides = _hides_for(actor, found.case, found.sha256, found.content_type)
        if request.GET.get("show") == "1":
            return _shown(request, found.sha256, found.content_type, found.name, hides)
        keep_access(actor=actor, kind="read", action="evidence.recording", subject=found, reason=found.name)
        if hides:
            return _film_attached(found.sha256, found.name, found.content_type)
        return _attached(found.sha256, found.name, found.content_type)
    except PlaceInside:
        return _place_inside(request)
    except (FileNotFoundError, Unreadable):
        return _altered(request)


def _hides_for(actor: Any, case: Any, sha256: str, content_type: str) -> Hides:
    """What of a film this reader does not get; nothing where the reader may have the original."""
    if content_type != FILM or may_take_original(actor, case):
        return ()
    return hides_of(sha256)


def _place_inside(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/bare_message.html",
        {
            "title": "不能提供副本",
            "text": "这段录像从头到尾记着拍摄位置，去不掉。有权取用原件的，请取用原件；给别人看的，请另行转录后作为新的证据登记。",
        },
        status=403,
    )


def _film_attached(sha256: str, name: str, content_type: str) -> HttpResponse:
    response = StreamingHttpResponse(read_blanked(sha256, hides_of(sha256)), content_type=content_type)
    response["Content-Length"] = str(size_of(sha256))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED
    return response  # type: ignore[return-value]


def _attached(sha256: str, name: str, content_type: str) -> HttpResponse:
    response = FileResponse(open_kept(sha256), as_attachment=True, filename=name)
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED
    return response  # type: ignore[return-value]


def _shown(
    request: HttpRequest, sha256: str, content_type: str, name: str, hides: Hides = ()
) -> HttpResponse:
    """Inline, with ranges, so that a film can be wound. PDF may stand in a frame of our own site and of no other."""
    size = size_of(sha256)
    start, end, status = 0, size - 1, 200
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked and (asked[1] or asked[2]):
        if asked[1]:
            start, end = int(asked[1]), min(int(asked[2]) if asked[2] else end, size - 1)
        else:
            start = max(0, size - int(asked[2]))
        if start > end or start >= size:
            refused = HttpResponse(status=416)
            refused["Content-Range"] = f"bytes */{size}"
            return refused
        status = 206
    response = StreamingHttpResponse(read_blanked(sha256, hides, start, end - start + 1), status=status)
    response["Content-Type"] = content_type
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    # A viewer of PDF does not start in a sandbox; scripts in PDF were refused when the file came in.
    response["Content-Security-Policy"] = IN_OUR_PAGE if content_type == "application/pdf" else SEALED
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response  # type: ignore[return-value]

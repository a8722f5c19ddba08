"""Uploading in parts: announce, send parts, finish, drop. The contract is docs/reference/uploads.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import actor_of

from .intake import FileRefused
from .models import Upload, UploadState
from .receiving import (
    PART,
    PartsMissing,
    begin,
    drop,
    finish,
    missing_parts,
    own_upload,
    part_count,
    put_part,
)

View = Callable[..., HttpResponse]


def _answering(view: View) -> View:
    """Log-in asked for, and every refusal as JSON with the sentence to show."""

    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if "application/json" in request.headers.get("Accept", ""):
                return _fault(401, "登录已过期。已上传的部分仍然保留，重新登录后从断点继续。")
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return _fault(403, str(refusal))
        except InputFault as fault:
            return _fault(400, "".join(fault.faults.values()))
        except FileRefused as refused:
            return _fault(422, str(refused))
        except PartsMissing as missing:
            missing.upload.refresh_from_db()
            return JsonResponse({"message": str(missing), **_told(missing.upload)}, status=409)
        except UnreadablePostError:
            return _fault(400, "这一块没有传完。请重传这一块。")

    return run


@require_http_methods(["GET", "POST", "DELETE"])
@_answering
def upload(request: HttpRequest, sha256: str) -> HttpResponse:
    """GET where it stands, POST to announce or resume, DELETE to drop."""
    actor = actor_of(request)
    if request.method == "POST":
        name, size = _announced(request)
        return JsonResponse(_told(begin(actor=actor, sha256=sha256, name=name, size=size)))
    found = own_upload(actor, sha256)
    if found is None:
        return _fault(404, "没有这个上传，或者已经过期。请重新选择文件。")
    if request.method == "DELETE":
        drop(upload=found)
        return HttpResponse(status=204)
    return JsonResponse(_told(found))


@require_http_methods(["PUT"])
@_answering
def part(request: HttpRequest, sha256: str, number: int) -> HttpResponse:
    found = own_upload(actor_of(request), sha256)
    if found is None:
        return _fault(404, "没有这个上传，或者已经过期。请重新选择文件。")
    if int(request.headers.get("Content-Length") or 0) > PART:
        return _fault(413, f"一块不能超过 {PART} 字节。")
    put_part(
        upload=found,
        number=number,
        content=request.body,
        sha256=request.headers.get("X-Part-SHA256", "").lower(),
    )
    return HttpResponse(status=204)


@require_http_methods(["POST"])
@_answering
def finished(request: HttpRequest, sha256: str) -> HttpResponse:
    found = own_upload(actor_of(request), sha256)
    if found is None:
        return _fault(404, "没有这个上传，或者已经过期。请重新选择文件。")
    return JsonResponse(_told(finish(upload=found)))


def _announced(request: HttpRequest) -> tuple[str, int]:
    try:
        told = json.loads(request.body)
        name, size = told["name"], told["size"]
    except (ValueError, KeyError, TypeError, RawPostDataException):
        raise InputFault({"": '请求应为 JSON：{"name": 文件名, "size": 字节数}。'}) from None
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool):
        raise InputFault({"": "name 应为文字，size 应为整数字节数。"})
    return name, size


def _told(found: Upload) -> dict[str, Any]:
    return {
        "sha256": found.sha256,
        "name": found.name,
        "size": found.size,
        "state": found.state,
        "part_size": PART,
        "parts": part_count(found.size),
        "missing": missing_parts(found) if found.state == UploadState.RECEIVING else [],
    }


def _fault(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)

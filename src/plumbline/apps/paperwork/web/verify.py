"""The public proof of a document: by its code, and by the very file that somebody holds."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from plumbline.platform.scope.rows import whole_district

from ..models import Document, DocumentState
from ..verifying import is_unaltered

LARGEST = 20 * 1024 * 1024


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a document with this code was issued here, and is unchanged; nothing of its content.

    A file that is handed in is compared byte for byte with what was issued, and not kept.
    """
    with whole_district():
        found = (
            Document.objects.unscoped("公开验证：只显示名称、文号、机关、日期和指纹")
            .filter(code=code)
            .exclude(state=DocumentState.DRAFT)
            .select_related("agency")
            .first()
        )
    context = {"document": found, "intact": found is not None and is_unaltered(found)}
    if found is not None and request.method == "POST":
        context |= _compared(request, found)
    return render(request, "paperwork/verify.html", context, status=200 if found else 404)


def _compared(request: HttpRequest, document: Document) -> dict[str, object]:
    upload = request.FILES.get("file")
    if upload is None:
        return {"fault": "请选择要核对的文件。"}
    if upload.size is not None and upload.size > LARGEST:
        return {"fault": "文件超过 20 MB，不是本平台签发的文书。请选择签发时下载的 PDF 或者 Word 文件。"}
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    given = digest.hexdigest()
    return {
        "given": given,
        "same": "PDF" if given == document.pdf_sha256 else "Word" if given == document.docx_sha256 else "",
        "comparable": bool(document.pdf_sha256),
    }

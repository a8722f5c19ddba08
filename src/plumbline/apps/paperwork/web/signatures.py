"""The page to sign on, the photographs of signed papers, and comments on a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.apps.cases.contract import case_of, needs_reading_reason
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from ..desk import sign_roles, suggested_names
from ..models import DocumentSignature, SignatureWay
from ..policies import may_edit
from ..rendering import rendered
from ..signing import ROLES, Signed, comment, drawn_picture, hand_sign, paper_photo, settle_comment
from .documents import address, found


@login_required
@require_http_methods(["GET", "POST"])
def sign_page(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    """Hand the device over: read, sign with a finger, confirm by name, photograph the paper, or refuse."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    document = found(request, matter_id, pk)
    allowed = may_edit(actor, document)
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            signature = hand_sign(actor=actor, document=document, given=_given(request))
        except InputFault as fault:
            faults = fault.faults
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(address(document))
        else:
            done = "已登记拒绝签名" if signature.way == SignatureWay.REFUSED else f"{signature.name}已签名"
            messages.success(request, f"{done}。此后内容有改动的，须重新签名。")
            return redirect(address(document))
    context = {
        "case": case,
        "document": document,
        "allowed": allowed,
        "roles": sign_roles(document),
        "names": suggested_names(case),
        "faults": faults,
        "given": request.POST or request.GET,
        "gaps": [used["label"] for used in document.facts if used.get("gap")],
        "body": rendered(document).html if allowed else "",
    }
    return render(request, "paperwork/sign.html", context, status=422 if faults else 200)


def _given(request: HttpRequest) -> Signed:
    posted = request.POST
    way = posted.get("way", "")
    picture = b""
    if way == SignatureWay.DRAWN:
        picture = drawn_picture(posted.get("drawn", ""))
    elif way == SignatureWay.PAPER:
        picture = paper_photo(request.FILES.get("photo"))
    return Signed(
        role=posted.get("role", ""),
        name=posted.get("name", "")[:60],
        way=way,
        opinion=posted.get("opinion", "")[:200],
        reason=posted.get("reason", "")[:200],
        witnesses=(posted.get("witness1", "")[:60], posted.get("witness2", "")[:60]),
        picture=picture,
    )


@login_required
def picture(request: HttpRequest, matter_id: str, pk: int, signature: int) -> HttpResponse:
    """The drawn name or the photograph of the signed paper, as it was kept."""
    actor = actor_of(request)
    if needs_reading_reason(actor, case_of(actor, matter_id)):
        return redirect(f"/cases/{matter_id}/reading")
    document = found(request, matter_id, pk)
    rows = DocumentSignature.objects.visible_to(actor)
    row = rows.filter(pk=signature, document=document).exclude(sha256="").first()
    if row is None:
        raise Http404
    with open_kept(row.sha256) as source:
        data = source.read()
    png = data.startswith(b"\x89PNG")
    kind, ending = ("image/png", "png") if png else ("image/jpeg", "jpg")
    if data[:4] == b"RIFF":
        kind, ending = "image/webp", "webp"
    return as_file(data, f"{document.title}-{ROLES.get(row.role, '签名')}.{ending}", content_type=kind)


@login_required
@require_POST
def comment_on(request: HttpRequest, matter_id: str, pk: int) -> HttpResponse:
    document = found(request, matter_id, pk)
    try:
        comment(
            actor=actor_of(request),
            document=document,
            text=request.POST.get("text", ""),
            quote=request.POST.get("quote", ""),
        )
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "意见已提出，承办人在本页可以看到。")
    return redirect(f"{address(document)}#comments")


@login_required
@require_POST
def settle(request: HttpRequest, matter_id: str, pk: int, comment: int) -> HttpResponse:
    document = found(request, matter_id, pk)
    row = document.comments.visible_to(actor_of(request)).filter(pk=comment).first()
    if row is None:
        raise Http404
    try:
        settle_comment(actor=actor_of(request), comment=row)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{address(document)}#comments")

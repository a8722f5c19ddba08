"""The page of a case file: its parts in order, its volumes, its package."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from plumbline.apps.cases.contract import case_of, needs_reading_reason, register_link
from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.events.access import keep_access
from plumbline.platform.files.store import is_intact, open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.running import start
from plumbline.platform.ui.acting import actor_of

from .archiving import under_way
from .arranging import arrange, write_note
from .keeping import draft_path, is_archived, may_seal
from .models import AUXILIARY, MAIN, Arrangement, BoundVolume, ExportPackage, volume_label
from .parts import Gathered, gather, next_supplement
from .policies import may_arrange, may_bind, may_read_volume, may_take_package


@register_link("casefile", label="案卷")
def link(actor: Actor, case: Any) -> str:
    return f"/cases/{case.matter_id}/file"


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    gathered = gather(case)
    made = list(BoundVolume.objects.visible_to(actor).filter(case=case))
    packages = ExportPackage.objects.visible_to(actor).filter(case=case)
    sealed = [volume for volume in made if volume.sealed]
    arranged = Arrangement.objects.visible_to(actor).filter(case=case).first()
    drafts = {volume.volume: volume for volume in made if not volume.sealed}
    context = {
        "case": case,
        "sealed": [volume for volume in sealed if may_read_volume(actor, case, volume.volume)],
        "is_sealed": bool(sealed),
        "is_archived": is_archived(case),
        "under_way": under_way(matter_id),
        "open": _open_volumes(actor, case, gathered, drafts, bool(sealed)),
        "unsigned": gathered.unsigned,
        "may_arrange": not sealed and may_arrange(actor, case),
        "may_seal": may_seal(actor, case),
        "may_package": may_take_package(actor, case),
        "package": packages.filter(sealed=bool(sealed)).last(),
        "note": arranged.note if arranged else "",
        "fresh": next_supplement(case) if sealed else "",
    }
    return render(request, "casefile/file.html", context)


def _open_volumes(
    actor: Actor, case: Any, gathered: Gathered, drafts: dict[str, Any], sealed: bool
) -> list[dict[str, Any]]:
    names = [next_supplement(case)] if sealed else [MAIN, AUXILIARY]
    return [
        {
            "key": name,
            "label": volume_label(name),
            "parts": [part for part in gathered.parts if part.volume == name],
            "draft": drafts.get(name),
            "other": AUXILIARY if name == MAIN else MAIN,
            "other_label": volume_label(AUXILIARY if name == MAIN else MAIN),
        }
        for name in names
        if may_read_volume(actor, case, name)
    ]


@login_required
@require_POST
def change(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Move a part, leave it out or take it in, or write the note of the closing sheet."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    key, do = request.POST.get("key", ""), request.POST.get("do", "")
    try:
        if do == "note":
            write_note(actor=actor, case=case, note=request.POST.get("note", ""))
            messages.success(request, "情况说明已保存，生成案卷时写入备考表。")
        else:
            arrange(actor=actor, case=case, key=key, do=do, reason=request.POST.get("reason", ""))
    except (Refusal, InputFault) as refusal:
        messages.error(request, str(refusal))
    return redirect(
        f"/cases/{matter_id}/file#p-{key.replace(':', '-')}" if key else f"/cases/{matter_id}/file"
    )


@login_required
@require_POST
def build(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Start a job: the PDF of a volume, a package, or the sealing of an archived case."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    what, volume = request.POST.get("what", ""), request.POST.get("volume", MAIN)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    known = {MAIN, AUXILIARY, next_supplement(case)}
    if volume not in known or what not in {"bind", "package", "seal"}:
        raise Http404
    allowed = _may_start(actor, case, what, volume)
    if not allowed:
        messages.error(
            request, str(Refusal(allowed.reason, basis=allowed.basis, next_step=allowed.next_step))
        )
        return redirect(f"/cases/{matter_id}/file")
    arguments = {"matter_id": matter_id} | ({} if what == "package" else {"volume": volume})
    title = {
        "bind": f"{volume_label(volume)}：{case}",
        "package": f"电子案卷包：{case}",
        "seal": f"案卷归档：{case}",
    }[what]
    return redirect("job", pk=start(f"casefile.{what}", actor=actor, title=title, arguments=arguments).pk)


def _may_start(actor: Actor, case: Any, what: str, volume: str) -> Decision:
    if what == "seal":
        return may_seal(actor, case)
    if what == "package":
        return may_take_package(actor, case)
    return may_read_volume(actor, case, volume) and may_bind(actor, case)


@login_required
@require_GET
def volume_pdf(request: HttpRequest, matter_id: str, volume: str) -> HttpResponse:
    """A volume: the sealed one where there is one, otherwise the latest draft."""
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    found = BoundVolume.objects.visible_to(actor).filter(case=case, volume=volume).order_by("sealed").last()
    if found is None or not may_read_volume(actor, case, volume):
        raise Http404
    return _handed_out(request, found, f"{case}-{found.label}.pdf", f"{volume}.pdf", "application/pdf")


@login_required
@require_GET
def package_zip(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor = actor_of(request)
    case = case_of(actor, matter_id)
    if needs_reading_reason(actor, case):
        return redirect(f"/cases/{matter_id}/reading")
    found = ExportPackage.objects.visible_to(actor).filter(case=case).order_by("sealed", "pk").last()
    if found is None or not may_take_package(actor, case):
        raise Http404
    return _handed_out(request, found, f"{case}-电子案卷包.zip", "package.zip", "application/zip")


def _handed_out(request: HttpRequest, found: Any, name: str, draft: str, content_type: str) -> HttpResponse:
    """A sealed file from the store, after comparing its hash; a draft from the data folder."""
    if found.sealed:
        if not is_intact(found.sha256):
            return render(
                request,
                "ui/bare_message.html",
                {
                    "title": "校验不一致",
                    "text": "案卷与定稿时的指纹不同或已缺失。请停止使用并联系审计管理员。",
                },
                status=409,
            )
        source: Any = open_kept(found.sha256)
    else:
        path = draft_path(found.case, draft)
        if not path.exists():
            raise Http404
        source = path.open("rb")
    keep_access(actor=actor_of(request), kind="read", action="casefile.open", subject=found, reason=name)
    response = FileResponse(source, content_type=content_type)
    response["Content-Disposition"] = (
        f"{'inline' if content_type == 'application/pdf' else 'attachment'}; filename*=UTF-8''{quote(name)}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]

"""The import page: upload, progress (the job's page), what was refused and why; the contract and its schema."""

from __future__ import annotations

from typing import Any

import orjson
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import ALLOWED as PERMITTED
from plumbline.platform.actions import Decision, Refusal, action, denied
from plumbline.platform.events.declared import declare
from plumbline.platform.events.log import record
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import start
from plumbline.platform.ui.acting import actor_of
from plumbline.vocabulary import json_schema, load_vocabulary

from .forms import ImportForm

IMPORT_REQUESTED = declare("import_requested", "提交外部案件导入")


def may_import(actor: Actor) -> Decision:
    """Whoever holds a post with the capability to take in outside cases."""
    if actor.can("exchange.import"):
        return PERMITTED
    return denied("您的岗位没有导入外部案件的权能", next_step="请联系单位管理员。")


@action(
    "exchange.request_import",
    policy=may_import,
    records=(IMPORT_REQUESTED,),
    basis="新政办[2022]14号 二(五)1",
)
def request_import(
    *, actor: Actor, events: UploadedFile[Any], registers: UploadedFile[Any] | None, resumable: bool
) -> Job:
    """Keep the uploaded files and queue the import; who asked for it and the files' hashes are recorded."""
    kept = keep(events.chunks())
    kept_registers = keep(registers.chunks()) if registers else None
    queued = start(
        "exchange.import",
        actor=actor,
        title=f"导入 {events.name}",
        arguments={
            "person_id": actor.person_id,
            "events_file": kept.sha256,
            "registers_file": kept_registers.sha256 if kept_registers else "",
            "resumable": resumable,
        },
    )
    record(
        actor=actor,
        matter=f"IMPORT-{queued.pk}",
        kind="platform",
        activity=IMPORT_REQUESTED,
        agency=actor.agency_code,
        data={"file": events.name, "sha256": kept.sha256, "bytes": kept.size},
    )
    return queued


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    decision = may_import(actor)
    if not decision:
        return render(
            request, "403.html", {"reason": decision.reason, "next_step": decision.next_step}, status=403
        )
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                queued = request_import(
                    actor=actor,
                    events=form.cleaned_data["events"],
                    registers=form.cleaned_data["registers"],
                    resumable=bool(form.cleaned_data["resumable"]),
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("job", pk=queued.pk)
    recent = Job.objects.filter(kind="exchange.import", started_by_id=actor.person_id).order_by(
        "-created_at"
    )[:10]
    return render(
        request, "exchange/upload.html", {"form": form, "recent": recent, "contract": load_vocabulary()}
    )


def schema(request: HttpRequest) -> HttpResponse:
    """JSON Schema (draft 2020-12) of one event line; public, so that a sender can check before sending."""
    return HttpResponse(
        orjson.dumps(json_schema(load_vocabulary()), option=orjson.OPT_INDENT_2),
        content_type="application/schema+json",
    )

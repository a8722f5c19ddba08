"""All lists, one list as it stood on a day, one row with its history, and the workbooks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import start
from plumbline.platform.lists import registers, remembering
from plumbline.platform.lists.books import as_workbook, template
from plumbline.platform.lists.comparing import cells_of
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from ..keepers import keepers
from ..models import ChangedRow, State
from ..policies import KEEP, REVIEW, may_keep
from ..queries import Wanted, agency_names, shown, standings
from ..versions import as_change, in_force_version, open_revision
from .asking import PAGE, agency_of, day_of, list_of, number_of

DIRECT_ROWS = 10_000


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Every list: how many rows, how many agencies have one, and who is behind."""
    today = clock.today()
    lines = []
    with remembering():
        for register in registers():
            stand = standings(register, today)
            lines.append(
                {
                    "register": register,
                    "rows": sum(each.rows for each in stand),
                    "keepers": len(stand),
                    "behind": [each for each in stand if each.is_behind],
                    "open": sum(each.revision is not None for each in stand),
                    "latest": max(
                        (
                            each.version.published_at
                            for each in stand
                            if each.version and each.version.published_at
                        ),
                        default=None,
                    ),
                }
            )
    return render(request, "registers/overview.html", {"lines": lines, "today": today})


def _wanted(request: HttpRequest, key: str) -> Wanted:
    register = list_of(key)
    agency = request.GET.get("agency", "") if register.owner == "agency" else ""
    if agency and not Agency.objects.filter(pk=agency).exists():
        raise Http404
    return Wanted(register, day_of(request), agency, request.GET.get("q", "").strip()[:60])


@login_required
def listing(request: HttpRequest, key: str) -> HttpResponse:
    """The rows of a list in force on a day, fifty at a time, and how each agency stands with it."""
    wanted, actor, start_at = _wanted(request, key), actor_of(request), number_of(request, "after")
    register = wanted.register
    with remembering():
        rows = wanted.page(start_at, PAGE + 1)
        context: dict[str, Any] = {
            "register": register,
            "wanted": wanted,
            "today": clock.today(),
            "total": wanted.count(),
            "headings": [column.heading for column in register.columns if column.shown],
            "rows": shown(register, rows[:PAGE], agency_names()),
            "next": str(start_at + PAGE) if len(rows) > PAGE else "",
            "stand": standings(register, clock.today()),
            "agencies": keepers(register),
            "own": register.owner == "agency",
        }
    mine = [each.code for each in context["agencies"] if actor.can(KEEP, each.code)]
    agency = wanted.agency if wanted.agency in mine else (mine[0] if len(mine) == 1 else "")
    context |= {
        "may": bool(agency),
        "keep_any": bool(mine),
        "agency": agency,
        "open": open_revision(register.key, agency) if agency else None,
        "reviews": actor.can(REVIEW),
        "version": in_force_version(register.key, wanted.agency, wanted.on) if wanted.agency else None,
    }
    return render(request, "registers/list.html", context)


@login_required
@require_GET
def row(request: HttpRequest, key: str) -> HttpResponse:
    """One row in full, with what each published version changed in it."""
    register = list_of(key)
    agency, on, name = agency_of(request, register), day_of(request), request.GET.get("key", "")[:300]
    with remembering():
        found = next(
            (each for each in register.table.rows(agency.code, on) if register.key_of(each.values) == name),
            None,
        )
        past = ChangedRow.objects.filter(
            revision__register=register.key,
            revision__agency=agency,
            revision__state=State.PUBLISHED,
            key=name,
        )
        history = [
            (each.revision, as_change(each), cells_of(register, as_change(each)))
            for each in past.select_related("revision").order_by("-revision__number")
        ]
        if found is None and not history:
            raise Http404
        values = found.values if found else history[0][1].either
        cells = [(column.heading, column.show(values)) for column in register.columns]
    revision = open_revision(register.key, agency.code) if may_keep(actor_of(request), agency.code) else None
    context = {
        "register": register, "agency": agency, "row": found, "on": on, "cells": cells, "history": history, "key": name,
        "label": register.label_of(values), "may": bool(may_keep(actor_of(request), agency.code)), "open": revision,
    }  # fmt: skip
    return render(request, "registers/row.html", context)


@login_required
@require_GET
def export(request: HttpRequest, key: str) -> HttpResponse:
    """Exactly the filter on the screen, every row; a long list by a job."""
    wanted, actor = _wanted(request, key), actor_of(request)
    with remembering():
        number = wanted.count()
    if number > DIRECT_ROWS:
        queued = start(
            "registers.export",
            actor=actor,
            title=f"导出{wanted.register.title}",
            arguments={
                "person_id": actor.person_id, "key": key, "on": wanted.on.isoformat(),
                "agency": wanted.agency, "words": wanted.words,
            },
        )  # fmt: skip
        messages.info(request, f"结果超过 {DIRECT_ROWS:,} 行，已转后台导出，完成后在此页下载。")
        return redirect("job", pk=queued.pk)
    return as_file(workbook_of(wanted, actor), f"{key}-{wanted.on:%Y%m%d}.xlsx")


def workbook_of(wanted: Wanted, actor: Actor) -> bytes:
    about = (
        ("内容", wanted.register.title),
        ("筛选", wanted.said),
        ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("导出人", f"{actor.label}（{actor.agency_name}）"),
    )
    return as_workbook(wanted.register, wanted.rows(), about=about, agency_names=agency_names())


@login_required
@require_GET
def export_file(request: HttpRequest, pk: str) -> FileResponse:
    """The file of a finished export job of one's own."""
    found = Job.objects.filter(pk=pk, kind="registers.export", started_by_id=request.user.pk).first()
    if found is None or not found.result.get("sha256"):
        raise Http404
    return FileResponse(open_kept(found.result["sha256"]), as_attachment=True, filename="list.xlsx")


@login_required
@require_GET
def template_file(request: HttpRequest, key: str) -> HttpResponse:
    """The workbook to fill in."""
    return as_file(template(list_of(key)), f"{key}-template.xlsx")

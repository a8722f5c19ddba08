"""The rows behind a figure, what has changed since a version was signed, what is not published, and the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.apps.cases.contract import case_rows
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.paging import newest_first
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import TYPES, as_file

from .checking import changes_since, published_decisions
from .documents import annual_sheet, annual_workbook, word
from .figures import facts_matching, look_up, shown
from .jobs import recount
from .layout import layout
from .measures import measures
from .models import AnnualVersion, Fact
from .web import report_for

PAGE = 50
#: A report goes out as signed, or as Word file or workbook made from what was signed.
FORMS = ("pdf", "docx", "xlsx")


def cell_measures(cell: str) -> list[str]:
    """The measures whose rows a cell counts; of a sum, those of its parts."""
    column = layout().columns.get(cell)
    if column is None:
        raise Http404
    if column.sum:
        return [name for part in column.sum for name in cell_measures(part)]
    if column.counted is None:
        raise Http404
    return list(column.counted.counted)


@login_required
@require_safe
def rows(request: HttpRequest, year: int, agency: str, cell: str) -> HttpResponse:
    """The rows of one counted cell, fifty a page."""
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    look_up()
    names = cell_measures(cell)
    column = layout().columns[cell]
    found = facts_matching(measures()[names[0]], actor=actor, agencies=[agency], year=year)
    if len(names) > 1:
        found = Fact.objects.visible_to(actor).filter(
            agency_id=agency, year=year, gone_at=None, measure__in=names
        )
    context = {
        "report": report,
        "column": column,
        "definition": column.counted.definition if column.counted else "各栏之和",
        "number": found.count(),
        **page_of(actor, found, request.GET.get("after", "")),
    }
    return render(request, "reporting/rows.html", context)


def page_of(actor: Actor, found: Any, after: str) -> dict[str, Any]:
    """Fifty rows from a cursor ``<day>_<id>``, each with the case it can be opened at."""
    part = newest_first(found.select_related("agency"), "on", after=after, size=PAGE)
    return {"rows": told_rows(actor, part.rows), "next_key": part.next_key}


def told_rows(actor: Actor, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """Rows with number, title and address, as far as the actor may see the case itself."""
    cases = {
        case.matter_id: case
        for case in case_rows(actor).filter(matter_id__in={fact.matter_id for fact in facts})
    }
    told = []
    for fact in facts:
        case = cases.get(fact.matter_id)
        told.append(
            {
                "fact": fact,
                "label": measures()[fact.measure].label if fact.measure in measures() else fact.measure,
                "number": case.number_said if case else f"编号 {fact.matter_id}",
                "title": case.title if case else "",
                "url": _address(fact, case is not None),
            }
        )
    return told


def _address(fact: Fact, has_case: bool) -> str:
    if has_case:
        return f"/cases/{fact.matter_id}"
    if fact.measure.startswith("supervision."):
        return f"/orders/{fact.matter_id}"
    if fact.measure == "inspection.done":
        return f"/inspections/{fact.matter_id}"
    return f"/lists/officers?q={fact.matter_id}" if fact.measure == "certificate.valid" else ""


@login_required
@require_safe
def changes(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    """A signed version against the facts: as of its signing and now, with the rows between and why."""
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    version = report.public or report.latest
    if version is None:
        raise Http404
    look_up()
    version.report = report
    recount(version)
    found = changes_since(version)
    lines: list[dict[str, Any]] = [
        {
            "change": each,
            "signed": shown(each.column, each.signed),
            "then": shown(each.column, each.then),
            "now": shown(each.column, each.now),
            "added": told_rows(actor, each.added),
            "gone": told_rows(actor, each.gone),
            "undone": told_rows(actor, each.undone),
        }
        for each in found
    ]
    context = {
        "report": report,
        "version": version,
        "equal": [each for each in lines if not each["change"].differs],
        "different": [each for each in lines if each["change"].differs],
        "wrong": [each for each in lines if not each["change"].intact],
    }
    return render(request, "reporting/changes.html", context)


@login_required
@require_safe
def unpublished(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    """Counted penalty decisions that the public cannot see, and published ones that are not counted."""
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    look_up()
    found = published_decisions(agency, year)
    beyond = facts_matching(measures()["penalty"], agencies=[agency]).filter(event_id__in=found.beyond)
    context = {
        "report": report,
        "found": found,
        "rows": told_rows(actor, found.missing),
        "beyond": told_rows(actor, list(beyond.order_by("-on"))),
        "uncounted": len(found.beyond) - beyond.count(),
    }
    return render(request, "reporting/unpublished.html", context)


@login_required
@require_safe
def version_file(request: HttpRequest, year: int, agency: str, number: int, form: str) -> Any:
    report = report_for(actor_of(request), year, agency)
    version = next((v for v in report.versions.all() if v.number == number), None) if report.pk else None
    return file_of(version, form)


def file_of(version: AnnualVersion | None, form: str) -> Any:
    """A version as PDF (kept at signing), Word or workbook (made from the frozen content)."""
    if version is None or form not in FORMS:
        raise Http404
    content = version.content
    name = f"{content['agency_name']}{content['year']}年度行政执法年报-第{version.number}版.{form}"
    if form == "pdf":
        return FileResponse(open_kept(version.pdf_sha256), content_type=TYPES["pdf"], filename=name)
    if form == "docx":
        data = word(
            annual_sheet(
                content,
                number=version.number,
                reason=version.reason,
                signed=version.signed_label,
                signed_on=version.signed_on,
            )
        )
    else:
        data = annual_workbook(content, sha256=version.sha256, signed_on=version.signed_on)
    return as_file(data, name)

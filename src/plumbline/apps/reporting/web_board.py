"""The district's board of a year: who has signed and published, who is late by the rule, and the merged tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from plumbline.apps.cases.contract import left_until
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.downloads import as_file
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from . import actions
from .checking import Completeness, completeness
from .documents import workbook
from .figures import Line, as_of, counts, line_of, look_up, shown
from .jobs import units
from .layout import Table, layout
from .models import AnnualReport
from .policies import PREPARE, may_read, may_supervise, reach_of
from .showing import STAGE_TAGS, verdict_tag
from .web import FIRST_YEAR, RULE, report_for


@dataclass(frozen=True)
class Unit:
    """A unit's place on the board."""

    agency: Agency
    report: AnnualReport
    tag: Any
    verdict: StoredVerdict | None
    verdict_tag: Any
    left: str
    completeness: Completeness

    @property
    def state(self) -> str:
        return self.report.stage

    @property
    def is_late(self) -> bool:
        return self.verdict is not None and self.verdict.verdict == VerdictKind.BREACHED


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A supervisor begins with last year's board, a unit with its own reports."""
    actor = actor_of(request)
    allowed = may_read(actor)
    if not allowed:
        raise Refusal(allowed.reason)
    year = clock.today().year
    own = _own(actor)
    if own is None:
        return redirect("annual-board", year=year - 1)
    rows = (
        AnnualReport.objects.visible_to(actor)
        .filter(agency=own)
        .select_related("agency")
        .prefetch_related("versions")
    )
    verdicts = _verdicts([row.matter_id for row in rows])
    told = [
        (row, STAGE_TAGS[row.stage], verdicts.get(row.matter_id), verdict_tag(verdicts.get(row.matter_id)))
        for row in rows
    ]
    return render(request, "reporting/own.html", {"agency": own, "rows": told, "year": year})


def _own(actor: Actor) -> Agency | None:
    """The enforcing agency whose reports the actor prepares or signs; None for whoever oversees several."""
    if reach_of(actor) is None:
        return None
    own = Agency.objects.filter(pk=actor.agency_code, enforces=True).first()
    return (
        own
        if own is not None and (actor.can(PREPARE, own.code) or actor.can("documents.sign", own.code))
        else None
    )


def _verdicts(matters: list[str]) -> dict[str, StoredVerdict]:
    rows = StoredVerdict.objects.unscoped("已核对年报的可见范围").filter(matter_id__in=matters, rule=RULE)
    return {row.matter_id: row for row in rows}


def _board(actor: Actor, year: int) -> list[Unit]:
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    reach = reach_of(actor)
    if reach is not None and not reach:
        raise Http404
    agencies = [agency for agency in units() if reach is None or agency.code in reach]
    rows = AnnualReport.objects.visible_to(actor).filter(year=year).select_related("agency")
    reports = {row.agency_id: row for row in rows.prefetch_related("versions", "entered")}
    verdicts = _verdicts([row.matter_id for row in reports.values()])
    complete = completeness(reports, year, [agency.code for agency in agencies], today=clock.today())
    found = []
    for agency in agencies:
        report = reports.get(agency.code) or AnnualReport(agency=agency, year=year)
        verdict = verdicts.get(report.matter_id) if report.pk else None
        left = ""
        if (
            verdict is not None
            and verdict.due_on
            and verdict.verdict in {VerdictKind.PENDING, VerdictKind.BREACHED}
        ):
            settled = report.public is not None
            left = "" if settled else left_until(verdict.due_on, "cd", clock.today()).text
        found.append(
            Unit(
                agency,
                report,
                STAGE_TAGS[report.stage],
                verdict,
                verdict_tag(verdict),
                left,
                complete[agency.code],
            )
        )
    return found


@login_required
@require_safe
def board(request: HttpRequest, year: int) -> HttpResponse:
    actor = actor_of(request)
    look_up()
    found = _board(actor, year)
    state = request.GET.get("state", "")
    table = next((t for t in layout().tables if t.id == request.GET.get("table")), layout().tables[0])
    lines = lines_of(found, year)
    this_year = clock.today().year
    context = {
        "year": year,
        "running": year == this_year,
        "years": range(this_year, max(FIRST_YEAR, this_year - 4) - 1, -1),
        "figures": _figures(found),
        "units": [each for each in found if not state or _is(each, state)],
        "state": state,
        "tables": layout().tables,
        "table": table,
        "merged": merged(found, lines, table),
        "supervises": bool(may_supervise(actor)),
        "form": layout().form,
        "as_of": as_of(),
    }
    return render(request, "reporting/board.html", context)


def _is(unit: Unit, state: str) -> bool:
    if state == "late":
        return unit.is_late
    if state == "missing":
        return unit.report.public is None and unit.state != "preview"
    return unit.state == state


def _figures(found: list[Unit]) -> list[Figure]:
    def number(state: str) -> int:
        return sum(_is(each, state) for each in found)

    told = [
        ("应当报送", len(found), "?", ""),
        ("已公布", number("published"), "?state=published", ""),
        ("已签发待公布", number("signed"), "?state=signed", ""),
        ("编制或者更正中", number("draft") + number("correcting"), "?state=draft", ""),
        ("尚未公布", number("missing"), "?state=missing", "amb"),
        ("规则判为逾期", number("late"), "?state=late", "red"),
    ]
    return [
        Figure(label, str(value), url, "个", colour if value else "") for label, value, url, colour in told
    ]


def lines_of(found: list[Unit], year: int) -> dict[str, Line]:
    """Every unit's line, counted in one query."""
    counted = counts(year, agencies=[each.agency.code for each in found])
    return {each.agency.code: line_of(each.report, counted.get(each.agency.code, {})) for each in found}


def merged(found: list[Unit], lines: dict[str, Line], table: Table) -> dict[str, Any]:
    """The district's table: a line a unit, entered figures apart, and the sums of what is there with how many units are."""
    rows = []
    for unit in found:
        cells = [lines[unit.agency.code].cells[column.cell] for column in table.columns]
        rows.append(
            {
                "unit": unit,
                "cells": [
                    {
                        "said": shown(cell.column, cell.counted if not cell.column.entered else cell.entered),
                        "entered": shown(cell.column, cell.entered) if cell.entered is not None and not cell.column.entered else "",
                        "rows": cell.column.cell if cell.counted and not cell.column.share else "",
                        "unknown": cell.known is None,
                    }
                    for cell in cells
                ],
            }
        )  # fmt: skip
    totals = []
    for column in table.columns:
        cells = [lines[unit.agency.code].cells[column.cell] for unit in found]
        if column.share:
            totals.append({"said": "—", "entered": "", "units": 0})
            continue
        counted = [cell.counted for cell in cells if cell.counted is not None]
        entered = [cell.entered for cell in cells if cell.entered is not None]
        main, beside = (entered, []) if column.entered else (counted, entered)
        totals.append(
            {
                "said": shown(column, sum(main)) if main else "未报送",
                "entered": shown(column, sum(beside)) if beside else "",
                "units": sum(1 for cell in cells if cell.known is None),
            }
        )
    return {"rows": rows, "totals": totals}


@login_required
@require_safe
def district_file(request: HttpRequest, year: int) -> HttpResponse:
    """All tables of the district as one workbook: figures of the units the actor may see."""
    actor = actor_of(request)
    look_up()
    found = _board(actor, year)
    lines = lines_of(found, year)
    sheets = []
    for table in layout().tables:
        heads = ["单位", "年报", *(f"{c.label}（{c.unit}）" for c in table.columns), "数据完整性"]
        rows: list[list[Any]] = []
        for unit in found:
            told = lines[unit.agency.code].cells
            rows.append([
                unit.agency.short_name, unit.tag.word,
                *(_number(told[c.cell].entered if c.entered else told[c.cell].counted, c) for c in table.columns),
                unit.completeness.sentence,
            ])  # fmt: skip
            beside = [None if c.entered else told[c.cell].entered for c in table.columns]
            if any(value is not None for value in beside):
                rows.append(
                    [f"{unit.agency.short_name}（单位填报）", "", *(None if v is None else _number(v, c) for v, c in zip(beside, table.columns, strict=True)), ""]
                )  # fmt: skip
        sheets.append((f"{table.id} {table.name}", heads, rows))
    about = (
        ("年度", str(year)),
        ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
        ("表式", layout().form["note"]),
        ("导出人", f"{actor.label}（{actor.agency_name}）"),
        *((key, rule) for key, rule in layout().rules.items()),
    )
    title = f"{year} 年度行政执法统计汇总"
    return as_file(workbook(title, about, sheets), f"{title.replace(' ', '')}.xlsx")


def _number(value: int | None, column: Any) -> Any:
    if value is None:
        return "未报送" if not column.share else None
    return round(value / 10, 1) if column.share else round(value / 1_000_000, 4) if column.is_money else value


@login_required
@require_POST
def press(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    if not report.pk:
        raise Http404
    try:
        actions.remind(actor=actor, report=report)
    except (InputFault, Refusal) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"已催报{report.agency.short_name}。")
    return redirect(f"/reports/{year}?state=missing")

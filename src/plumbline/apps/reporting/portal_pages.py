"""The public's pages of annual reports: years, units of a year, one report with its versions and files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform.scope.rows import whole_district

from .checking import TEXT_PARTS
from .figures import shown
from .freezing import digest
from .jobs import units
from .layout import layout
from .models import AnnualVersion
from .public import public_versions, versions_of
from .showing import told_tables
from .web_rows import file_of

HEAD = ("T1.sum", "T1.money", "T4.inspections", "T3.sum")


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    rows = AnnualVersion.objects.exclude(published_on=None)
    with whole_district():
        found = list(rows.values_list("report__year", "report_id").distinct())
    count: dict[int, int] = {}
    for year, _ in found:
        count[year] = count.get(year, 0) + 1
    return render(request, "reporting/public_years.html", {"years": sorted(count.items(), reverse=True)})


@require_safe
def of_year(request: HttpRequest, year: int) -> HttpResponse:
    """Every unit that has published, in the order of the register; a unit that has not is named as such."""
    with whole_district():
        versions = {v.report.agency_id: v for v in public_versions(year)}
    if not versions:
        raise Http404
    columns = [layout().columns[cell] for cell in HEAD]
    rows = []
    for agency in units():
        version = versions.get(agency.code)
        told: dict[str, Any] = {}
        if version is not None:
            told = {c["cell"]: c for table in version.content["tables"] for c in table["columns"]}
        cells = [(column, _said(column, told.get(column.cell))) for column in columns] if version else []
        rows.append({"agency": agency, "version": version, "cells": cells})
    context = {
        "year": year,
        "rows": rows,
        "columns": columns,
        "number": len(versions),
        "missing": sum(1 for row in rows if row["version"] is None),
        "form": layout().form,
    }
    return render(request, "reporting/public_year.html", context)


def _said(column: Any, told: dict[str, Any] | None) -> str:
    if told is None or told["known"] is None:
        return "未报送"
    parts = [shown(column, told["counted"])] if told["counted"] is not None else []
    if told["entered"] is not None:
        parts.append(f"填报 {shown(column, told['entered'])}")
    return "，".join(parts)


@require_safe
def of_unit(request: HttpRequest, year: int, agency: str, number: int | None = None) -> HttpResponse:
    with whole_district():
        versions = versions_of(year, agency)
    version = next((v for v in versions if number is None or v.number == number), None)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "content": version.content,
        "tables": told_tables(version.content),
        "text": [(label, version.content["text"].get(key, "")) for key, label in TEXT_PARTS.items()],
        "versions": versions,
        "latest": versions[0],
        "unchanged": digest(version.content) == version.sha256,
        "year": year,
        "agency": agency,
    }
    return render(request, "reporting/public_unit.html", context)


@require_safe
def file(request: HttpRequest, year: int, agency: str, number: int, form: str) -> Any:
    with whole_district():
        version = next((v for v in versions_of(year, agency) if v.number == number), None)
    return file_of(version, form)

"""The other yearly reports as the public sees them: the version published last of each, and every earlier one."""

from __future__ import annotations

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plumbline.platform.open_data import Addresses, open_addresses
from plumbline.platform.scope.rows import whole_district

from .duties import duties
from .duty_drafting import digest, said
from .duty_models import DutyVersion
from .web_duties import duty_file


def _public() -> list[DutyVersion]:
    """Of each report the version that is public now. Under ``whole_district``."""
    rows = DutyVersion.objects.exclude(published_on=None).select_related("report__agency")
    latest: dict[int, DutyVersion] = {}
    for row in rows.order_by("-report__year", "report__kind", "report__agency_id", "number"):
        latest[row.report_id] = row
    return list(latest.values())


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is public, by kind and year."""
    with whole_district():
        versions = _public()
    kinds = [
        (duty, [each for each in versions if each.report.kind == duty.key])
        for duty in duties().values()
        if duty.public
    ]
    return render(request, "reporting/public_yearly.html", {"kinds": kinds})


def _versions(kind: str, year: int, agency: str) -> list[DutyVersion]:
    with whole_district():
        rows = DutyVersion.objects.exclude(published_on=None).filter(
            report__kind=kind, report__year=year, report__agency_id=agency
        )
        return list(rows.select_related("report__agency").order_by("-number"))


@require_safe
def report(
    request: HttpRequest, kind: str, year: int, agency: str, number: int | None = None
) -> HttpResponse:
    versions = _versions(kind, year, agency)
    version = next((v for v in versions if number is None or v.number == number), None)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "versions": versions,
        "latest": versions[0],
        "content": version.content,
        "parts": [
            (p["label"], p["text"], [(f, said(f), said(f, "before")) for f in p["figures"]])
            for p in version.content["parts"]
        ],
        "unchanged": digest(version.content) == version.sha256,
        "kind": kind,
        "year": year,
        "agency": agency,
    }
    return render(request, "reporting/public_yearly_report.html", context)


@require_safe
def file(
    request: HttpRequest, kind: str, year: int, agency: str, number: int, form: str
) -> HttpResponse | FileResponse:
    return duty_file(next((v for v in _versions(kind, year, agency) if v.number == number), None), form)


def _part(first: int, number: int) -> list[tuple[str, date | None]]:
    with whole_district():
        found = _public()[first : first + number]
    return [
        (f"/open/yearly/{v.report.kind}/{v.report.year}/{v.report.agency_id}", v.published_on) for v in found
    ]


def _count() -> int:
    return DutyVersion.objects.exclude(published_on=None).values("report_id").distinct().count()


open_addresses(Addresses("yearly-reports", _part, _count))

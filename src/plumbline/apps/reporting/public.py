"""What the public may see: of each report the version published last, and every published version by its number."""

from __future__ import annotations

from .models import AnnualVersion


def public_versions(year: int | None = None) -> list[AnnualVersion]:
    """The version that is public now of every report, by year and agency. Under ``whole_district``."""
    rows = AnnualVersion.objects.exclude(published_on=None).select_related("report__agency")
    if year is not None:
        rows = rows.filter(report__year=year)
    latest: dict[int, AnnualVersion] = {}
    for row in rows.order_by("-report__year", "report__agency_id", "number"):
        latest[row.report_id] = row
    return list(latest.values())


def versions_of(year: int, agency: str) -> list[AnnualVersion]:
    """The published versions of one report, the latest first. Under ``whole_district``."""
    rows = AnnualVersion.objects.exclude(published_on=None).filter(
        report__year=year, report__agency_id=agency
    )
    return list(rows.select_related("report__agency").order_by("-number"))

"""Case numbers: 机关代字〔年〕n号, without gaps for each agency and year, given inside the filing transaction."""

from __future__ import annotations

from plumbline.platform.identity.models import Agency

from .models import CaseNumberSeries


def next_case_number(agency: Agency, year: int, *, series: str = "case", word: str = "") -> str:
    """Take the next number of a series, with its ``word`` after the agency's mark. The row lock is held until the transaction ends, so a rolled-back filing leaves no gap."""
    CaseNumberSeries.objects.get_or_create(agency=agency, year=year, series=series)
    row = CaseNumberSeries.objects.select_for_update().get(agency=agency, year=year, series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{agency.document_mark or agency.short_name}{word}〔{year}〕{row.last}号"

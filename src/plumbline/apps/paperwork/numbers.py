"""Document numbers: 机关代字＋文种〔年〕n号, without gaps for each agency, kind and year."""

from __future__ import annotations

from plumbline.platform.identity.models import Agency

from .models import NumberSeries


def take_number(agency: Agency, mark: str, year: int) -> str:
    """The next number. The row lock is held to the end of the transaction: a signing rolled back leaves no gap."""
    NumberSeries.objects.get_or_create(agency=agency, mark=mark, year=year)
    series = NumberSeries.objects.select_for_update().get(agency=agency, mark=mark, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{agency.document_mark or agency.short_name}{mark}〔{year}〕{series.last}号"

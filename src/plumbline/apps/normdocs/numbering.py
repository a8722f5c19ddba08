"""The three unities: one register number for the whole district, the maker's own number, both without gaps by year."""

from __future__ import annotations

from plumbline.platform.identity.models import Agency

from .models import NumberSeries

REGISTER = "GF"
MARK = "规"


def take_register_number(year: int) -> str:
    """The next number of the district's register. The row lock is held until the transaction ends: no gaps."""
    return f"{REGISTER}-{year}-{_next(None, year):04d}"


def take_document_number(maker: Agency, year: int) -> str:
    """The next 文号 of a maker: 机关代字＋规〔年〕n号."""
    return f"{maker.document_mark or maker.short_name}{MARK}〔{year}〕{_next(maker, year)}号"


def _next(maker: Agency | None, year: int) -> int:
    NumberSeries.objects.get_or_create(maker=maker, year=year)
    series = NumberSeries.objects.select_for_update().get(maker=maker, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last

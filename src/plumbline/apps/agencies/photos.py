"""The photo of a certificate: the one entered last for its number."""

from __future__ import annotations

from collections.abc import Iterable

from .models import OfficerPhoto


def photo_of(number: str) -> OfficerPhoto | None:
    return OfficerPhoto.objects.filter(number=number).first()


def photos_of(numbers: Iterable[str]) -> dict[str, OfficerPhoto]:
    """Of several numbers, in one query."""
    rows = OfficerPhoto.objects.filter(number__in=list(numbers)).order_by("pk")
    return {row.number: row for row in rows}

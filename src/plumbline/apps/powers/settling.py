"""What settled disputes say about who is competent: dated rows that are asked before the lists are read out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from .models import Settlement

JURISDICTION, DUTY = "jurisdiction", "duty"


def in_force(on: date) -> QuerySet[Settlement]:
    dated = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Settlement.objects.filter(dated, valid_from__lte=on).select_related("agency")


def settlement_for(item: str, division_code: str, on: date, kind: str = JURISDICTION) -> Settlement | None:
    """The row for an item in a place on a day; one for the place itself goes before one for the whole district."""
    rows = in_force(on).filter(item=item, kind=kind, division_code__in={division_code, ""})
    return rows.order_by("-division_code", "-valid_from", "-pk").first()


def nearest(rows: Iterable[Settlement], item: str, division_code: str) -> Settlement | None:
    """The same among rows that were read before."""
    found = [each for each in rows if each.item == item and each.division_code in {division_code, ""}]
    return max(found, key=lambda each: (each.division_code, each.valid_from, each.pk), default=None)


def settle(
    *,
    kind: str,
    item: str,
    division_code: str,
    agency: str,
    between: Sequence[str],
    text: str,
    source: str,
    matter_id: str,
    valid_from: date,
) -> Settlement:
    """Keep an outcome from a day on, in the caller's transaction; what was in force for the same ends the day before."""
    standing = Settlement.objects.select_for_update().filter(
        kind=kind, item=item, division_code=division_code, valid_to=None
    )
    for each in standing:
        each.valid_to = max(each.valid_from, valid_from - timedelta(days=1))
        each.save(update_fields=["valid_to"])
    return Settlement.objects.create(
        kind=kind,
        item=item,
        division_code=division_code,
        agency_id=agency,
        between=list(between),
        text=text,
        source=source,
        matter_id=matter_id,
        valid_from=valid_from,
    )

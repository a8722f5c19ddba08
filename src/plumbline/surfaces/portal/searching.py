"""Finding published decisions by any two characters, and the counts beside what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from plumbline.apps.publicity.contract import Publication
from plumbline.platform.bigrams import bigrams_of, normal
from plumbline.platform.identity.models import Agency

WORDS = 5
NEWEST = 2_000


def matching(
    rows: QuerySet[Publication, Any], typed: str, *, by_index: bool = True
) -> QuerySet[Publication, Any]:
    """Rows with every typed word in the public text or in the name of the agency.

    A single character is sought in the text without the index, and so is everything where few rows are left to read.
    """
    for word in _words(typed):
        found = Q(searched__contains=word)
        if by_index and len(word) > 1:
            found &= Q(bigrams__contains=bigrams_of(word))
        # Agencies are few: their names are looked at first, so that the index of each serves.
        agencies = list(Agency.objects.filter(name__icontains=word).values_list("code", flat=True))
        rows = rows.filter(found | Q(agency_id__in=agencies) if agencies else found)
    return rows


def _words(typed: str) -> list[str]:
    return [word for word in normal(typed).split(" ")[:WORDS] if word]


def newest(rows: QuerySet[Publication, Any], typed: str, most: int) -> list[Publication]:
    """The newest ``most`` of the rows that hold the typed words.

    The index of pairs finds words but not the newest of what holds them: of a common word it would read some ten thousand
    rows to put them in order. Of such there are enough among the newest rows, which are looked at first.
    """
    if not _words(typed):
        return list(rows[:most])
    latest = rows.values("pk")[:NEWEST]
    near = matching(rows.model._default_manager.filter(pk__in=latest), typed, by_index=False)
    near = near.select_related("agency").order_by("-published_on", "-pk")
    found = list(near[:most])
    return found if len(found) == most else list(matching(rows, typed)[:most])


def facets_of(rows: QuerySet[Publication, Any]) -> list[tuple[str, str, int]]:
    """Code, short name and number for the agencies of what was found, most first."""
    counted = rows.order_by().values_list("agency_id", "agency__short_name")
    return [*counted.annotate(n=Count("pk")).order_by("-n", "agency_id")[:8]]

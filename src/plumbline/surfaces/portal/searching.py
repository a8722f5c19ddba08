"""Finding published decisions by any two characters, and the counts beside what was found."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from plumbline.apps.publicity.contract import Publication
from plumbline.platform.bigrams import bigrams_of, normal
from plumbline.platform.identity.models import Agency

WORDS, COUNTED = 5, 1_000


def matching(rows: QuerySet[Publication, Any], typed: str) -> QuerySet[Publication, Any]:
    """Rows with every typed word in the public text or in the name of the agency.

    A single character is sought in the text without the index.
    """
    for word in normal(typed).split(" ")[:WORDS]:
        if not word:
            continue
        found = Q(searched__contains=word)
        if len(word) > 1:
            found &= Q(bigrams__contains=bigrams_of(word))
        # Agencies are few: their names are looked at first, so that the index of each serves.
        agencies = list(Agency.objects.filter(name__icontains=word).values_list("code", flat=True))
        rows = rows.filter(found | Q(agency_id__in=agencies) if agencies else found)
    return rows


def up_to(rows: QuerySet[Publication, Any]) -> str:
    """How many, counted no further than it helps: 「1000+」 beyond."""
    n = rows.order_by()[: COUNTED + 1].count()
    return f"{COUNTED}+" if n > COUNTED else str(n)


def facets_of(rows: QuerySet[Publication, Any]) -> list[tuple[str, str, int]]:
    """Code, short name and number for the agencies among the newest thousand found, most first."""
    newest = rows.values("pk")[:COUNTED]
    counted = Publication.objects.filter(pk__in=newest).values_list("agency_id", "agency__short_name")
    return [*counted.annotate(n=Count("pk")).order_by("-n", "agency_id")[:8]]

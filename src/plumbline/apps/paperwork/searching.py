"""Documents for the search box: by the beginning of their number (文号), or all of it."""

from __future__ import annotations

import sys
import unicodedata

from django.urls import reverse

from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import SHOWN, Found, Hit, search_source

from .models import Document

LAST = chr(sys.maxunicode)


@search_source("documents", order=20)
def find_documents(actor: Actor, words: str) -> Found | None:
    """Signed documents the actor may see. By a range and not by LIKE: behind the wall an index serves only the former."""
    text = unicodedata.normalize("NFKC", words).replace("[", "〔").replace("]", "〕")
    if len(text) < 2:
        return None
    rows = Document.objects.visible_to(actor).filter(number__gte=text, number__lt=text + LAST)
    shown = list(rows.order_by("number")[: SHOWN + 1])
    hits = [
        Hit(row.title, reverse("document", args=[row.matter_id, row.pk]), row.number, row.get_state_display())
        for row in shown[:SHOWN]
    ]
    return (
        Found("documents", "文书", hits, str(len(shown)) if len(shown) <= SHOWN else f"{SHOWN}+")
        if hits
        else None
    )

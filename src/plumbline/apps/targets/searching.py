"""Targets for the search box: by a part of the name, or by the whole code."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import SHOWN, Found, Hit, search_source

from .policies import may_read_targets, targets_read_by
from .queries import current, matching


@search_source("targets", order=45)
def find_targets(actor: Actor, words: str) -> Found | None:
    if len(words) < 2 or not may_read_targets(actor):
        return None
    rows = matching(targets_read_by(actor, current()), words)
    shown = list(rows.order_by("pk")[: SHOWN + 1])
    hits = [
        Hit(
            row.name,
            reverse("target", args=[row.pk]),
            f"{row.number} · {row.address}",
            row.get_life_display(),
        )
        for row in shown[:SHOWN]
    ]
    count = str(len(shown)) if len(shown) <= SHOWN else str(rows.count())
    return Found("targets", "执法对象", hits, count, f"{reverse('targets')}?q={quote(words)}")

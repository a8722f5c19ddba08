"""Targets for the search box: by a part of the name, or by the whole code."""

from __future__ import annotations

from django.urls import reverse

from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import Found, Hit, first_of, search_source

from .policies import may_read_targets, targets_read_by
from .queries import current, matching


@search_source("targets", order=45)
def find_targets(actor: Actor, words: str) -> Found | None:
    if len(words) < 2 or not may_read_targets(actor):
        return None
    rows = matching(targets_read_by(actor, current()), words)
    return first_of(
        "targets",
        "执法对象",
        rows.order_by("pk"),
        lambda row: Hit(
            row.name,
            reverse("target", args=[row.pk]),
            f"{row.number} · {row.address}",
            row.get_life_display(),
        ),
        listed=reverse("targets"),
        words=words,
    )

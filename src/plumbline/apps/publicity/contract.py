"""What other apps may use of publicity: what is public, and the hand that takes words out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from .actions import content_hash
from .channels import OURS
from .feedback import promised_days, take_in
from .models import Publication, PublicationState, PublicFeedback
from .redaction import hide_everywhere

__all__ = [
    "OURS",
    "PublicFeedback",
    "Publication",
    "PublicationState",
    "inspections_published",
    "is_unchanged",
    "promised_days",
    "published",
    "reachable",
    "take_in",
    "without_words",
]


def is_unchanged(publication: Publication) -> bool | None:
    """Whether the public page still shows what was published; None where no fingerprint was kept."""
    return content_hash(publication) == publication.sha256 if publication.sha256 else None


def _public() -> QuerySet[Publication, Any]:
    rows = Publication.objects.filter(state=PublicationState.PUBLISHED, channel=OURS)
    return rows.select_related("agency").order_by("-published_on", "-pk")


def published() -> QuerySet[Publication, Any]:
    """Published decisions of every kind, newest first; inspections have a list of their own."""
    return _public().exclude(act="inspection")


def inspections_published() -> QuerySet[Publication, Any]:
    """Published results of inspections, newest first."""
    return _public().filter(act="inspection")


def reachable() -> QuerySet[Publication, Any]:
    """Records whose permanent link answers: published, or withdrawn with its reason."""
    states = [PublicationState.PUBLISHED, PublicationState.WITHDRAWN, PublicationState.ENDED]
    return Publication.objects.filter(state__in=states, channel=OURS).select_related("agency")


def without_words(text: str, words: Iterable[str]) -> str:
    """A text without some words, however they are spaced or written; a mark stands in their place."""
    for each in words:
        text, _ = hide_everywhere(text, each)
    return text

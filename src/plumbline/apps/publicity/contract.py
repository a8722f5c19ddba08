"""What the portal may use of publicity: only what is public."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from .actions import content_hash
from .models import Publication, PublicationState, PublicFeedback

__all__ = ["PublicFeedback", "Publication", "PublicationState", "is_unchanged", "published", "reachable"]


def is_unchanged(publication: Publication) -> bool | None:
    """Whether the public page still shows what was published; None where no fingerprint was kept."""
    return content_hash(publication) == publication.sha256 if publication.sha256 else None


def published() -> QuerySet[Publication, Any]:
    """Published decisions, newest first."""
    return (
        Publication.objects.filter(state=PublicationState.PUBLISHED)
        .select_related("agency")
        .order_by("-published_on", "-pk")
    )


def reachable() -> QuerySet[Publication, Any]:
    """Records whose permanent link answers: published, or withdrawn with its reason."""
    states = [PublicationState.PUBLISHED, PublicationState.WITHDRAWN]
    return Publication.objects.filter(state__in=states).select_related("agency")

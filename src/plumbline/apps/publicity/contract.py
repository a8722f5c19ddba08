"""What other apps may use of publicity: what is public, and the hand that takes words out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from .actions import content_hash
from .channels import OURS
from .feedback import promised_days, take_in
from .generating import facts_of, hidden_names
from .models import Publication, PublicationState, PublicFeedback
from .redaction import hide_everywhere, redact_text

__all__ = [
    "OURS",
    "PublicFeedback",
    "Publication",
    "PublicationState",
    "decisions_published_in",
    "inspections_published",
    "is_unchanged",
    "last_change",
    "named_behind",
    "personal_in",
    "personal_places",
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


def without_words(text: str, words: Iterable[str], *, label: str) -> str:
    """A text without some words, however they are spaced or written; 【label】 stands in their place."""
    for each in words:
        text, _ = hide_everywhere(text, each, label=label)
    return text


def decisions_published_in(agency_code: str, year: int) -> set[str]:
    """The events of an agency's decisions of a year that the public can see."""
    rows = Publication.objects.filter(
        agency_id=agency_code, decided_on__year=year, state=PublicationState.PUBLISHED, channel=OURS
    )
    return set(rows.values_list("decision_event", flat=True))


def personal_in(text: str) -> list[str]:
    """What kinds of personal data a text holds that is about to be public; empty when none was recognised."""
    return list(dict.fromkeys(mask.category for mask in redact_text(text).masks))


def personal_places(text: str, *, names: Iterable[str] = ()) -> tuple[list[tuple[str, str]], list[str]]:
    """Each personal item of a text as ``(category, words)``, and the words that a second person has to weigh.

    ``names`` are known from elsewhere and count as personal too. For a page inside: the words are the text's own.
    """
    found = redact_text(text, names=names)
    places = [
        (mask.category, text[span.start : span.end])
        for span, mask in zip(found.spans, found.masks, strict=True)
    ]
    return places, list(found.doubts)


def named_behind(publication: Publication) -> list[str]:
    """Everybody and every organisation named in the matter of a publication, as the record has them."""
    party = facts_of(publication.matter_id, publication.kind).get("party_name", "") or ""
    return list(dict.fromkeys(name for name in (*hidden_names(publication), party) if name))


def last_change() -> str:
    """Changes whenever any publication does, also one that is withdrawn or masked further."""
    found = Publication.objects.order_by("-changed_at", "-pk").values_list("changed_at", "pk").first()
    return f"{found[0].isoformat()}.{found[1]}" if found else "empty"

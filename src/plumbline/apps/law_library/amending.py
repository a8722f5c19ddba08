"""What a changed text leaves to be confirmed: every citation of an article whose loaded wording is not the pinned one.

A citation waits (待重新确认) until a person has read old and new side by side and said, with a reason, that the thing
which cites the article still stands. Nothing is switched off meanwhile: the rule goes on by our own words and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from .citations import pinned, pinned_hash
from .citers import Citer, Place, citers, citers_of
from .comparing import Comparison, compare
from .models import FormerWording, LoadedArticle, Reaffirmation, differs


@dataclass(frozen=True)
class Pending:
    """An article that reads otherwise than its citations were written from, and what became of each of them."""

    article: LoadedArticle
    waiting: tuple[Citer, ...]
    confirmed: tuple[Reaffirmation, ...]

    @property
    def gone(self) -> bool:
        return self.article.gone_at is not None

    @cached_property
    def old_text(self) -> str | None:
        """The wording that the citations were written from; None when it was never loaded here."""
        pin = pinned_hash(self.article.statute.short_title, self.article.number)
        if self.gone and pin in {"", self.article.sha256}:
            return self.article.text
        former = FormerWording.objects.filter(article__number=self.article.number)
        former = former.filter(article__statute__short_title=self.article.statute.short_title)
        if pin:
            found = former.filter(sha256=pin).values_list("text", flat=True).first()
            return found if found is not None else _loaded_elsewhere(pin)
        return former.values_list("text", flat=True).first()

    @property
    def comparison(self) -> Comparison | None:
        if self.old_text is None:
            return None
        return compare(self.old_text, "" if self.gone else self.article.text)


def _loaded_elsewhere(sha256: str) -> str | None:
    """A text that was replaced may hold the wording: loaded under its own title."""
    return LoadedArticle.objects.filter(sha256=sha256).values_list("text", flat=True).first()


def read_hash(article: LoadedArticle) -> str:
    """The fingerprint a confirmation is given for; none for an article that is gone."""
    return "" if article.gone_at is not None else article.sha256


def differing() -> list[LoadedArticle]:
    """The loaded articles that something cites and that read otherwise than pinned, in the order of the library."""
    laws = {law for law, _ in citers()}
    rows = LoadedArticle.objects.filter(statute__short_title__in=laws)
    shown = rows.order_by("statute__superseded", "statute_id", "place")
    keys = shown.values_list(
        "pk", "statute__short_title", "statute__superseded", "number", "sha256", "gone_at", "previous_sha256"
    )
    own_text = _titles_in_force()
    wanted = [
        pk
        for pk, law, superseded, number, sha256, gone_at, before in keys
        if (law, number) in citers()
        and not (superseded and law in own_text)
        and differs(law, number, sha256, gone=gone_at is not None, before=before)
    ]
    return list(
        LoadedArticle.objects.filter(pk__in=wanted).select_related("statute").order_by("statute_id", "place")
    )


def _titles_in_force() -> set[str]:
    """Titles of which a text in force is loaded: a replaced one of the same title is compared with nothing."""
    return set(
        LoadedArticle.objects.filter(statute__superseded=False)
        .order_by()
        .values_list("statute__short_title", flat=True)
        .distinct()
    )


def pending(*, whole: bool = False) -> list[Pending]:
    """Articles with citations that wait; with ``whole`` also those whose every citation has been confirmed."""
    articles = differing()
    found = _pending(articles)
    return [each for each in found if whole or each.waiting]


def pending_on(article: LoadedArticle) -> Pending | None:
    """What waits on one article; None while it reads as pinned or nothing cites it."""
    law, number = article.statute.short_title, article.number
    if not citers_of(law, number) or not article.differs:
        return None
    return _pending([article])[0]


def _pending(articles: list[LoadedArticle]) -> list[Pending]:
    if not articles:
        return []
    wanted = Q(pk__in=[])
    for article in articles:
        wanted |= Q(law=article.statute.short_title, article=article.number, sha256=read_hash(article))
    given: dict[tuple[str, str], list[Reaffirmation]] = {}
    for row in Reaffirmation.objects.filter(wanted):
        given.setdefault((row.law, row.article), []).append(row)
    found = []
    for article in articles:
        place = article.statute.short_title, article.number
        confirmed = given.get(place, [])
        refs = {row.citer for row in confirmed}
        waiting = tuple(each for each in citers_of(*place) if each.ref not in refs)
        found.append(Pending(article, waiting, tuple(confirmed)))
    return found


def waits(refs: Iterable[str], article: LoadedArticle | None) -> bool:
    """Whether any of the citers named has not been confirmed on an article that reads otherwise."""
    on = pending_on(article) if article is not None else None
    return on is not None and bool({each.ref for each in on.waiting} & set(refs))


def unpinned() -> list[Place]:
    """Cited articles without a pinned hash: nobody's text was at hand when the citation was written."""
    return sorted(place for place in citers() if place[1] not in pinned().get(place[0], {}))

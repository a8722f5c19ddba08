"""What other apps may use of the law library, and what they tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import QuerySet

from plumbline.law.texts import article_number
from plumbline.lawbook.titles import text_title
from plumbline.platform.identity.actor import Actor

from .article_lines import ArticleLines
from .comparing import Comparison, compare
from .live_citers import LiveCiter, register_citers
from .models import LoadedArticle, LoadedStatute
from .prosecution import Standard, standard_on, standards_on
from .watching import Resting, RestingRow, Watch, register_resting, watch

__all__ = [
    "ArticleLines",
    "ChangedPlace",
    "Comparison",
    "LiveCiter",
    "Reliability",
    "Resting",
    "RestingRow",
    "Stale",
    "Standard",
    "Watch",
    "article_address",
    "article_text",
    "changed_places",
    "compare",
    "gone_article",
    "law_is_loaded",
    "loaded_article",
    "loaded_articles",
    "pinned_article",
    "register_citers",
    "register_reliability",
    "register_resting",
    "reliability_of",
    "stale_citations",
    "standard_on",
    "standards_on",
    "watch",
]


def article_text(law: str, article: str) -> str:
    """The loaded wording of an article in force, or empty when it is not loaded."""
    found = loaded_article(law, article)
    return found.text if found else ""


def pinned_article(law: str, article: str) -> dict[str, str]:
    """A citation as it is kept: with the fingerprint of the wording read today, where it is loaded."""
    law = law.strip().strip("《》").removeprefix("中华人民共和国")
    loaded = loaded_article(law, article)
    return {"law": law, "article": article.strip(), "sha256": loaded.sha256 if loaded else ""}


def _rows(law: str, article: str) -> QuerySet[LoadedArticle]:
    """The article in the text that a citation means: the one in force, unless a replaced one is cited."""
    meant = text_title(law)
    rows = LoadedArticle.objects.filter(
        statute__short_title=meant.title, number=article_number(article), statute__superseded=meant.superseded
    )
    return rows.select_related("statute")


def loaded_article(law: str, article: str) -> LoadedArticle | None:
    """The loaded article that is cited, with its fingerprint, or None."""
    return _rows(law, article).filter(gone_at=None).first()


def law_is_loaded(law: str) -> bool:
    """Whether the library has the text, so that an article it lacks is likely a wrong number."""
    meant = text_title(law)
    return LoadedStatute.objects.filter(short_title=meant.title, superseded=meant.superseded).exists()


def gone_article(law: str, article: str) -> LoadedArticle | None:
    """An article that was loaded once and is no longer in the text in force."""
    return _rows(law, article).exclude(gone_at=None).first()


def loaded_articles(places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], LoadedArticle]:
    """The articles of many citations (law, article) in one query; one that is gone from its text is given as it was."""
    meant = {(law, article): (text_title(law), article_number(article)) for law, article in places}
    titles = {title.title for title, _ in meant.values()}
    rows = LoadedArticle.objects.filter(
        statute__short_title__in=titles, number__in={number for _, number in meant.values()}
    )
    by_place = {
        (row.statute.short_title, row.statute.superseded, row.number): row
        for row in rows.select_related("statute").order_by("pk")
    }
    found = {
        place: by_place.get((title.title, title.superseded, number))
        or by_place.get((title.title, True, number))
        for place, (title, number) in meant.items()
    }
    return {place: row for place, row in found.items() if row is not None}


@dataclass(frozen=True)
class Stale:
    """A citation whose article reads otherwise than it did when it was written, and that nobody has confirmed."""

    article: str
    citers: tuple[str, ...]
    url: str


def stale_citations() -> list[Stale]:
    """Every citation that must not pass in silence: pinned and loaded text differ and no person confirmed it."""
    from .amending import pending

    return [
        Stale(
            str(each.article),
            tuple(f"{citer.kind_zh} {citer.label}" for citer in each.waiting),
            f"/law/statutes/{each.article.statute_id}/{each.article.number}",
        )
        for each in pending()
    ]


@dataclass(frozen=True)
class Reliability:
    """How a rule's findings have stood up: each number with the address of its rows."""

    rows: tuple[tuple[str, int, str], ...]
    percent: str
    review: bool


_RELIABILITY: list[Callable[[Actor, str], Reliability | None]] = []


def register_reliability(load: Callable[[Actor, str], Reliability | None]) -> None:
    """Tell the rule page how a rule's alerts were decided; None for those who do not see alerts."""
    _RELIABILITY.append(load)


def reliability_of(actor: Actor, rule: str) -> Reliability | None:
    return next((found for load in _RELIABILITY if (found := load(actor, rule)) is not None), None)


@dataclass(frozen=True)
class ChangedPlace:
    """An article that reads otherwise than before, or is not in force any more, since a moment."""

    at: datetime
    sha256: str
    gone: bool


def changed_places() -> dict[tuple[str, str], ChangedPlace]:
    """What a citation can no longer take as read, by (short title, article); a whole law that was replaced or repealed
    and has no text in force stands under the article ``""``."""
    found: dict[tuple[str, str], ChangedPlace] = {}
    changed = LoadedArticle.objects.filter(statute__superseded=False).exclude(changed_at=None, gone_at=None)
    for law, number, sha256, changed_at, gone_at in changed.values_list(
        "statute__short_title", "number", "sha256", "changed_at", "gone_at"
    ):
        found[law, number] = ChangedPlace(
            cast(datetime, gone_at or changed_at), "" if gone_at else sha256, gone_at is not None
        )
    in_force = set(LoadedStatute.objects.filter(superseded=False).values_list("short_title", flat=True))
    for law, loaded_at in LoadedStatute.objects.filter(superseded=True).values_list(
        "short_title", "loaded_at"
    ):
        if law not in in_force:
            found[law, ""] = ChangedPlace(loaded_at, "", True)
    return found


def article_address(law: str, article: str) -> str:
    """The page of a loaded article, or empty."""
    found = _rows(law, article).first()
    return f"/law/statutes/{found.statute_id}/{found.number}" if found else ""

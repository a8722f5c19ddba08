"""What other apps may use of the law library, and what they tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plumbline.law.texts import article_number, short_title
from plumbline.platform.identity.actor import Actor

from .models import LoadedArticle


def article_text(law: str, article: str) -> str:
    """The loaded wording of an article in force, or empty when it is not loaded."""
    found = loaded_article(law, article)
    return found.text if found else ""


def loaded_article(law: str, article: str) -> LoadedArticle | None:
    """The loaded article in force with its fingerprint, or None."""
    return (
        LoadedArticle.objects.filter(
            statute__short_title=short_title(law),
            statute__superseded=False,
            number=article_number(article),
            gone_at=None,
        )
        .select_related("statute")
        .first()
    )


def is_gone(law: str, article: str) -> bool:
    """Whether an article was loaded once and is no longer in the text in force."""
    return (
        LoadedArticle.objects.filter(
            statute__short_title=short_title(law), statute__superseded=False, number=article_number(article)
        )
        .exclude(gone_at=None)
        .exists()
    )


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

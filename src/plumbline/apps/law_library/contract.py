"""What other apps may use of the law library."""

from __future__ import annotations

from plumbline.law.texts import article_number, short_title

from .models import LoadedArticle


def article_text(law: str, article: str) -> str:
    """The loaded wording of an article in force, or empty when it is not loaded."""
    found = LoadedArticle.objects.filter(
        statute__short_title=short_title(law), statute__superseded=False, number=article_number(article)
    ).first()
    return found.text if found else ""

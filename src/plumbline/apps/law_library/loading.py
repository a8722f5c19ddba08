"""Loading statute texts. Loading the same folder again changes nothing; a changed wording is kept visible."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from plumbline.law.texts import Statute, read_statutes
from plumbline.platform import clock

from .models import LoadedArticle, LoadedStatute


@dataclass(frozen=True)
class Loading:
    """What a loading did."""

    statutes: int
    articles: int
    changed: tuple[str, ...]


def load_folder(folder: Path) -> Loading:
    """Load every statute of a folder, in one transaction."""
    statutes = list(read_statutes(folder))
    changed: list[str] = []
    with transaction.atomic():
        for statute in statutes:
            changed += _load(statute)
    return Loading(len(statutes), sum(len(s.articles) for s in statutes), tuple(changed))


def _load(statute: Statute) -> list[str]:
    facts = statute.facts
    row, _ = LoadedStatute.objects.update_or_create(
        title=statute.title,
        superseded=statute.superseded,
        defaults={
            "short_title": statute.short_title,
            "kind": facts.get("类别", "")[:120],
            "issuer": facts.get("制定机关", "")[:200],
            "effective": facts.get("施行", "")[:200],
            "status": facts.get("状态", "")[:200],
        },
    )
    known = {article.number: article for article in row.articles.all()}
    changed: list[str] = []
    fresh: list[LoadedArticle] = []
    for place, article in enumerate(statute.articles):
        before = known.pop(article.number, None)
        if before is None:
            fresh.append(
                LoadedArticle(
                    statute=row, number=article.number, place=place, text=article.text, sha256=article.sha256
                )
            )
        elif before.sha256 != article.sha256:
            before.previous_sha256, before.sha256, before.text = before.sha256, article.sha256, article.text
            before.changed_at, before.place = clock.now(), place
            before.save()
            changed.append(f"{statute.short_title}{article.number}")
    LoadedArticle.objects.bulk_create(fresh, ignore_conflicts=True)
    return changed

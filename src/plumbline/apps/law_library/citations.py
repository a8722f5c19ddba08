"""Which rules cite an article, and whether a text is still the one they were written from.

``article_hashes.yaml`` of the lawbook keeps, for every cited article, the SHA-256 of the wording that was read when its
rules, steps and documents were written; no wording is kept. Where a loaded text has another hash, each citation has to
be confirmed anew: by a person on the site (``amending.py``), and for every later site by somebody who reads the
article, mends what needs it, and renews the hash in the same commit:

    python -m plumbline.apps.law_library.citations FOLDER            shows what differs
    python -m plumbline.apps.law_library.citations FOLDER --renew    writes the hashes of the texts in FOLDER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container
from functools import cache
from pathlib import Path

import yaml

from plumbline.law.texts import article_number, read_statutes, short_title
from plumbline.lawbook import data_file, rule_facts

HASHES = data_file("article_hashes.yaml")
HEAD = "# law: article: SHA-256 of the wording the rules were written from. Written by plumbline.apps.law_library.citations.\n"


@cache
def cited_articles() -> dict[tuple[str, str], tuple[str, ...]]:
    """The ids of the rules on each article, by (short title, article)."""
    found: dict[tuple[str, str], list[str]] = {}
    for facts in rule_facts().values():
        found.setdefault((short_title(facts.law), article_number(facts.article)), []).append(facts.id)
    return {key: tuple(ids) for key, ids in found.items()}


@cache
def pinned() -> dict[str, dict[str, str]]:
    """The pinned hashes by short title and article."""
    return yaml.safe_load(HASHES.read_text(encoding="utf-8")) or {}


def pinned_hash(law: str, article: str) -> str:
    """The hash that the citation rests on; empty when none was pinned."""
    return pinned().get(law, {}).get(article, "")


def hashes_in(folder: Path, wanted: Container[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """The hashes of the wanted articles that a folder of texts holds; of a title that was replaced, the text in force."""
    found: dict[str, dict[str, str]] = {}
    for statute in sorted(read_statutes(folder), key=lambda each: not each.superseded):
        for article in statute.articles:
            if (statute.short_title, article.number) in wanted:
                found.setdefault(statute.short_title, {})[article.number] = article.sha256
    return found


def changed_in(folder: Path) -> list[tuple[str, str]]:
    """The cited articles that a folder's texts hold in another wording than the pinned one, or without a pin."""
    from .citers import citers

    return [
        (law, article)
        for law, articles in hashes_in(folder, citers()).items()
        for article, sha256 in articles.items()
        if pinned_hash(law, article) != sha256
    ]


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plumbline.project.settings")
    import django

    django.setup()
    from .citers import citers

    folder = Path(next((each for each in words if not each.startswith("-")), ""))
    changed = changed_in(folder)
    print("\n".join(f"{law}{article}：引用待重新确认" for law, article in changed) or "全部引用与文本一致")
    if "--renew" in words:
        now, kept = hashes_in(folder, citers()), pinned()
        merged = {law: kept.get(law, {}) | now.get(law, {}) for law in sorted(kept | now)}
        merged = {
            law: {a: h for a, h in each.items() if (law, a) in citers()} for law, each in merged.items()
        }
        merged = {law: each for law, each in merged.items() if each}
        HASHES.write_text(HEAD + yaml.safe_dump(merged, allow_unicode=True, width=200), encoding="utf-8")
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Which rules cite an article, and whether its loaded text is still the one they were written from.

``article_hashes.yaml`` of the lawbook keeps, for every cited article, the SHA-256 of the wording that was read when its
rules were written; no wording is kept. Where the loaded text has another hash, the citation has to be confirmed anew:
somebody reads the article, mends the rules if they need it, and renews the hash in the same commit:

    python -m plumbline.apps.law_library.citations FOLDER            shows what differs
    python -m plumbline.apps.law_library.citations FOLDER --renew    writes the hashes of the texts in FOLDER
"""

from __future__ import annotations

import sys
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


def hashes_in(folder: Path) -> dict[str, dict[str, str]]:
    """The hashes of every cited article that a folder of texts in force holds."""
    found: dict[str, dict[str, str]] = {}
    for statute in read_statutes(folder):
        for article in () if statute.superseded else statute.articles:
            if (statute.short_title, article.number) in cited_articles():
                found.setdefault(statute.short_title, {})[article.number] = article.sha256
    return found


def main(words: list[str]) -> int:
    folder = Path(next((each for each in words if not each.startswith("-")), ""))
    now, kept = hashes_in(folder), pinned()
    changed = [
        f"{law}{article}"
        for law, articles in now.items()
        for article, sha256 in articles.items()
        if kept.get(law, {}).get(article) != sha256
    ]
    print("\n".join(f"{each}：引用待重新确认" for each in changed) or "全部引用与文本一致")
    if "--renew" in words:
        merged = {law: kept.get(law, {}) | now.get(law, {}) for law in sorted(kept | now)}
        HASHES.write_text(HEAD + yaml.safe_dump(merged, allow_unicode=True, width=200), encoding="utf-8")
        return 0
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

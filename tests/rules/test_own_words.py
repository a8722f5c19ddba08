"""No sentence of a statute is in the project: every string of the packs and of the lawbook against the texts of the law.

The texts are no part of the project; ``test_pack_fidelity`` says where they are looked for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path

import yaml

import plumbline
from plumbline.lawbook import data_file
from tests.rules.test_pack_fidelity import LAWS, needs_laws, register

SHINGLE = 20
#: What cannot be said otherwise is taken out before the comparison: the titles of texts, and nothing else.
FIXED_PHRASES: tuple[str, ...] = tuple(
    row["title"] for row in yaml.safe_load(data_file("titles.yaml").read_bytes()).values()
)


def plain(text: str) -> str:
    """The Chinese characters and digits of a text: a comma moved does not make a sentence our own."""
    return re.sub(r"[^㐀-鿿0-9〇]", "", text)


def shingles(text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = plain(line)
        for start in range(len(words) - SHINGLE + 1):
            yield words[start : start + SHINGLE]


@cache
def statute_shingles() -> frozenset[str]:
    notes = {"RULES.md", "INDEX.md", "GLOSSARY.md"}
    texts = [p.read_text(encoding="utf-8") for p in LAWS.rglob("*.md") if p.name not in notes]
    return frozenset(
        s for text in [*texts, *(row["quote"] for row in register().values())] for s in shingles(text)
    )


def wordings() -> Iterator[tuple[str, str]]:
    """Every string of the packs and of the lawbook, with its file."""
    package = Path(plumbline.__file__).parent
    for path in sorted([*(package / "packs").rglob("*"), *(package / "lawbook").rglob("*")]):
        name = path.relative_to(package).as_posix()
        if path.suffix == ".py":
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield name, node.value
        elif path.suffix in {".yaml", ".md", ".html", ".txt"}:
            yield name, path.read_text(encoding="utf-8")


@needs_laws
def test_no_sentence_of_a_statute_is_copied() -> None:
    texts = statute_shingles()
    assert len(texts) > 100_000
    copied = []
    for name, wording in wordings():
        ours = reduce(lambda text, phrase: text.replace(phrase, "\n"), FIXED_PHRASES, wording)
        found = next((s for s in shingles(ours) if s in texts), "")
        if found:
            copied.append(f"{name}: {found}")
    assert not copied, "say it in our own words:\n" + "\n".join(copied)


@needs_laws
def test_a_copied_sentence_would_be_found() -> None:
    quoted = max((row["quote"] for row in register().values()), key=lambda q: len(plain(q)))
    assert set(shingles(quoted)) & statute_shingles()

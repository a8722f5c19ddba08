"""The grammar of documents: what stands on the paper, in which order, and which facts it needs.

A declaration names facts in Chinese, as a template author writes them in Word: ``{{案由*}}`` is required, ``{{备注}}`` may
stay empty. The Word file is built from it; an agency may put its own Word file in its place. What each fact is and
where it comes from stands once, in ``packs/penalty/documents/facts.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

_FACT = re.compile(r"\{\{\s*([^{}*\s]+)\s*(\*?)\s*\}\}")


@dataclass(frozen=True)
class Para:
    """A paragraph. ``when`` prints it only where that fact is known; ``first`` is its indent in characters."""

    text: str
    first: float = 2
    align: Literal["left", "center", "right", "justify"] = "justify"
    bold: bool = False
    size: float = 0
    when: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a form: label and content, one pair or two beside each other. ``tall`` leaves room to write."""

    pairs: tuple[tuple[str, str], ...]
    tall: bool = False


@dataclass(frozen=True)
class Opinion:
    """A box of a form with an opinion, and below it who signs and when."""

    label: str
    text: str
    signer: str = ""
    day: str = ""


@dataclass(frozen=True)
class Items:
    """A table with a line for each entry of a list fact; ``columns`` are its parts and their shares of the width."""

    fact: str
    columns: tuple[tuple[str, float], ...]
    required: bool = True
    title: str = ""


@dataclass(frozen=True)
class Signs:
    """Lines to sign on: label and the fact that holds the signature."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Each:
    """A paragraph for each entry of a list fact."""

    fact: str
    required: bool = True


Part = Para | Line | Opinion | Items | Signs | Each


def line(*pairs: str, tall: bool = False) -> Line:
    """``line("案由", "{{案由*}}", "案号", "{{案号}}")``."""
    return Line(tuple(zip(pairs[::2], pairs[1::2], strict=True)), tall)


@dataclass(frozen=True)
class DocumentTemplate:
    """A document of the catalogue.

    ``mark`` is the word in the document number (新阳街综执罚告〔2026〕3号); empty for papers without a number.
    ``to_party`` documents carry the head and seal; the others are internal forms and records. ``finished_by`` says whose
    act completes it: the head's post signs and issues (``head``), or those who made the record close it (``officers``).
    ``stage`` orders the case file (10 线索和立案 … 95 移送和监督). A step calls for a document by its ``documents``; one that
    belongs to an activity whatever step takes it names it in ``called_by``. ``only_when`` holds it back where a field of
    the event says otherwise (``outcome=penalty``); an event without that field says nothing.
    """

    code: str
    title: str
    mark: str = ""
    basis: str = ""
    to_party: bool = False
    version: str = "2026-2"
    stage: int = 20
    body: tuple[Part | str, ...] = ()
    finished_by: Literal["head", "officers"] = "head"
    called_by: tuple[str, ...] = ()
    only_when: str = ""

    def applies_to(self, data: Mapping[str, object]) -> bool:
        """Whether an event with these fields can call for the document."""
        path, _, wanted = self.only_when.partition("=")
        return not path or path not in data or str(data[path]) in wanted.split(",")

    @property
    def required(self) -> tuple[str, ...]:
        """The facts without which the document is not signed, in the order in which they stand."""
        return tuple(dict.fromkeys(name for name, needed in self.facts() if needed))

    @property
    def optional(self) -> tuple[str, ...]:
        needed = set(self.required)
        return tuple(dict.fromkeys(name for name, _ in self.facts() if name not in needed))

    @property
    def closing(self) -> tuple[str, ...]:
        """The paragraphs that name no fact: what is told in every document of the kind."""
        return tuple(part for part in self.body if isinstance(part, str) and "{{" not in part)

    def facts(self) -> Iterator[tuple[str, bool]]:
        """Every fact the declaration names, with whether it is required."""
        for part in self.body:
            yield from _facts_of(part)


def _facts_of(part: Part | str) -> Iterator[tuple[str, bool]]:
    if isinstance(part, Items | Each):
        yield part.fact, part.required
        return
    texts: list[str] = []
    if isinstance(part, str):
        texts = [part]
    elif isinstance(part, Para):
        texts = [part.text]
        if part.when:
            yield part.when, False
    elif isinstance(part, Line):
        texts = [text for _, text in part.pairs]
    elif isinstance(part, Opinion):
        texts = [part.text, part.signer, part.day]
    else:
        texts = [text for _, text in part.lines]
    for text in texts:
        for name, star in _FACT.findall(text):
            yield name, bool(star)


def plain(text: str) -> str:
    """The text as it stands in the Word file: without the marks of what is required."""
    return _FACT.sub(lambda found: "{{ " + found[1] + " }}", text)

"""Under which title the text of a cited law is loaded: rows cite some by a short name or by a document number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from . import data_file


@dataclass(frozen=True, slots=True)
class TextTitle:
    """A text's title as it is cited by; ``superseded`` where the citation means a text that was replaced."""

    title: str
    superseded: bool = False


@cache
def text_titles() -> dict[str, TextTitle]:
    """The texts cited by another name than their own, by that name."""
    rows = yaml.safe_load(data_file("titles.yaml").read_text(encoding="utf-8"))
    return {cited: TextTitle(**row) for cited, row in rows.items()}


def text_title(law: str) -> TextTitle:
    """Which text a citation of ``law`` means."""
    short = law.strip("《》").removeprefix("中华人民共和国")
    return text_titles().get(short) or TextTitle(short)

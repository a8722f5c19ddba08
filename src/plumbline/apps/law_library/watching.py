"""Rows of registers that rest on an article: each keeps the fingerprint of the wording it was entered on.

A row is asked about when the loaded text is another than that; the app that keeps the row raises the task and takes the
answer. Where nothing was loaded when the row was entered, there is nothing to compare with, and the row says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from plumbline.law.texts import article_number
from plumbline.lawbook.titles import text_title

from .models import LoadedArticle

SAME, CHANGED, GONE, UNREAD = "same", "changed", "gone", "unread"
STATE_ZH = {SAME: "与登记时一致", CHANGED: "条文已修改", GONE: "条文已不在现行文本中", UNREAD: "原文未装载"}


@dataclass(frozen=True)
class Resting:
    """What a row rests on: the citation as it is written, and the fingerprint it was entered with (empty: none)."""

    law: str
    article: str
    sha256: str = ""


@dataclass(frozen=True)
class Watch:
    """How the article of a row stands today. ``sha256`` is the loaded text's; ``url`` its page."""

    state: str
    sha256: str = ""
    url: str = ""

    @property
    def asks(self) -> bool:
        """Whether somebody has to say that the row still stands."""
        return self.state in {CHANGED, GONE}

    @property
    def state_zh(self) -> str:
        return STATE_ZH[self.state]


def watch(rows: Iterable[Resting]) -> Mapping[Resting, Watch]:
    """How the articles of some rows stand, in one query."""
    wanted = {row: (text_title(row.law), article_number(row.article)) for row in rows}
    if not wanted:
        return {}
    titles = {meant.title for meant, _ in wanted.values()}
    loaded = {
        (row.statute.short_title, row.statute.superseded, row.number): row
        for row in LoadedArticle.objects.filter(
            statute__short_title__in=titles, number__in={number for _, number in wanted.values()}
        ).select_related("statute")
    }
    return {
        row: _stands(row, loaded.get((meant.title, meant.superseded, number)))
        for row, (meant, number) in wanted.items()
    }


def _stands(row: Resting, article: LoadedArticle | None) -> Watch:
    if article is None:
        # It was loaded when the row was entered: the whole text has left the library in force since.
        return Watch(GONE if row.sha256 else UNREAD)
    url = f"/law/statutes/{article.statute_id}/{article.number}"
    if article.gone_at is not None:
        return Watch(GONE if row.sha256 != f"gone:{article.sha256}" else SAME, f"gone:{article.sha256}", url)
    state = SAME if row.sha256 in {"", article.sha256} else CHANGED
    return Watch(state, article.sha256, url)


@dataclass(frozen=True)
class RestingRow:
    """A row as the article's page lists it."""

    label: str
    where: str
    url: str


_RESTING: dict[str, Callable[[str, str], Sequence[RestingRow]]] = {}


def register_resting(label: str, load: Callable[[str, str], Sequence[RestingRow]]) -> None:
    """Let the article's page list the rows of a register that rest on it: ``load(law, article number)``."""
    _RESTING[label] = load


def resting_on(law: str, number: str) -> list[tuple[str, Sequence[RestingRow]]]:
    """The rows of every register on an article, by register."""
    return [(label, rows) for label, load in _RESTING.items() if (rows := load(law, number))]

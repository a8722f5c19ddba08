"""Whether what a document rests on still stands: against the lawbook and against the texts that are loaded.

A change is a mark on the document and a task for its maker until a person has looked and said what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.apps.law_library.contract import loaded_articles
from plumbline.lawbook.replaced import replaced_law
from plumbline.lawbook.titles import text_title

from .choices import Stage
from .models import NormDoc

Texts = Mapping[tuple[str, str], Any]
#: Documents in the making or in force: for these a change of their basis is somebody's task.
GOING = (Stage.DRAFTING, Stage.COMMENTING, Stage.REVIEWING, Stage.DECIDING, Stage.PUBLISHING, Stage.PUBLISHED)


@dataclass(frozen=True)
class BasisState:
    """One article that a document rests on. ``change`` names what happened to it; empty where nothing is known.

    ``known`` is False where nobody can say, because the text is not loaded and the lawbook is silent.
    """

    law: str
    article: str
    change: str = ""
    says: str = ""
    known: bool = True
    checked: bool = False
    url: str = ""

    @property
    def waits(self) -> bool:
        return bool(self.change) and not self.checked

    @property
    def cited(self) -> str:
        return f"《{self.law}》{self.article}"


def basis_states(doc: NormDoc, on: date, texts: Texts | None = None) -> list[BasisState]:
    """Every basis of a document as it stands on a day."""
    read = texts_of([doc]) if texts is None else texts
    return [_state(each, on, read) for each in doc.basis]


def texts_of(docs: Iterable[NormDoc]) -> Texts:
    """The loaded articles that some documents rest on, in one query."""
    return loaded_articles({(each["law"], each["article"]) for doc in docs for each in doc.basis})


def changed_documents(on: date, docs: Sequence[NormDoc]) -> list[tuple[NormDoc, list[BasisState]]]:
    """Documents with a basis that changed and that nobody has looked at, with those bases."""
    texts = texts_of(docs)
    found = []
    for doc in docs:
        waiting = [state for state in basis_states(doc, on, texts) if state.waits]
        if waiting:
            found.append((doc, waiting))
    return found


def _state(basis: Mapping[str, Any], on: date, texts: Texts) -> BasisState:
    law, article = basis["law"], basis["article"]
    loaded = texts.get((law, article))
    change, says, known = _change(law, loaded, basis.get("sha256", ""), on)
    url = f"/law/statutes/{loaded.statute_id}/{loaded.number}" if loaded is not None else ""
    return BasisState(law, article, change, says, known, basis.get("checked", "") == change, url)


def _change(law: str, loaded: Any, read: str, on: date) -> tuple[str, str, bool]:
    """What happened to an article: a mark that another change never repeats, in words, and whether it is known."""
    ended = replaced_law(law, on)
    if ended is not None:
        says = f"自 {ended.ended_from} 起不再施行（{ended.by}{ended.article}）"
        return f"ended:{ended.by}:{ended.ended_from}", says, True
    if text_title(law).superseded or (loaded is not None and loaded.statute.superseded):
        return "superseded", "所引文本已被新的文本替代", True
    if loaded is None:
        return "", "法规文本没有装载，不能核对文字", False
    if loaded.gone_at is not None:
        return f"gone:{loaded.sha256[:16]}", "现行文本中已没有这一条", True
    if read and loaded.sha256 != read:
        return f"reworded:{loaded.sha256[:16]}", "条文文字已经修改", True
    return "", "现行，文字没有变化" if read else "现行", True

"""What the pages do alike: who asks, how a state and a cited article look, a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from plumbline.apps.law_library.contract import law_is_loaded, loaded_articles
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui import acting
from plumbline.platform.ui.components import Tag

from ..models import Question, State
from ..policies import may_read_answers

HOME = ("业务咨询", "/questions")
TAGS = {
    State.ASKED: ("amb", "◆"),
    State.RETURNED: ("amb", "◆"),
    State.ANSWERED: ("blu", "●"),
    State.HELPED: ("grn", "✓"),
    State.WITHDRAWN: ("gry", "–"),
}


def actor_of(request: HttpRequest) -> Actor:
    """Whoever works at cases in some body; these pages are nothing to anybody else."""
    actor = acting.actor_of(request)
    if not may_read_answers(actor):
        raise Http404
    return actor


def state_tag(row: Question) -> Tag:
    colour, shape = TAGS[State(row.state)]
    return Tag(row.get_state_display(), colour, shape)


@dataclass(frozen=True)
class Cited:
    """An article as an answer cites it; ``said`` is what has happened to its wording since, empty where nothing has."""

    name: str
    url: str
    text: str
    said: str


def cited(bases: Iterable[Mapping[str, str]]) -> list[Cited]:
    """Each article with its loaded wording, in one query; a changed one is marked, so that an old answer is not taken as read."""
    given = list(bases)
    texts: Mapping[Any, Any] = loaded_articles((each["law"], each["article"]) for each in given)
    return [_cited(each, texts.get((each["law"], each["article"]))) for each in given]


def _cited(basis: Mapping[str, str], loaded: Any) -> Cited:
    name = f"《{basis['law']}》{basis['article']}"
    if loaded is None:
        # Nothing is said against an article whose law the library does not have.
        wrong = "法规库里的这部法规没有这一条，请核对条号" if law_is_loaded(basis["law"]) else ""
        return Cited(name, "", "", wrong)
    url = f"/law/statutes/{loaded.statute_id}/{loaded.number}"
    if loaded.gone_at is not None or loaded.statute.superseded:
        return Cited(name, url, loaded.text, "这一条已经不是现行文本")
    changed = bool(basis["sha256"]) and basis["sha256"] != loaded.sha256
    return Cited(name, url, loaded.text, "答复以后，这一条的文字已经修改" if changed else "")

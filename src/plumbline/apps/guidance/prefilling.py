"""The first draft of a guiding case from the public text of a decision: its facts, result and articles, without the party."""

from __future__ import annotations

from plumbline.apps.publicity.contract import Publication, named_behind, published, without_words
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.templatetags.ui import yuan
from plumbline.vocabulary import load_vocabulary

from .policies import REVIEWING, may_draft

PARTY = "当事人"


def source_called(actor: Actor, words: str) -> Publication | None:
    """The published penalty with this number or public address, of an agency that the actor may write for."""
    words = words.strip().rstrip("/")
    if not words:
        return None
    rows = published().filter(act="penalty")
    row = rows.filter(public_id=words.rpartition("/")[2]).first() or rows.filter(number=words).first()
    if row is None or not (actor.can(REVIEWING, row.agency_id) or may_draft(actor, row.agency_id)):
        return None
    return row


def first_draft(row: Publication) -> dict[str, str]:
    words = load_vocabulary()
    facts = without_words(row.facts, named_behind(row), label=PARTY).replace(f"【{PARTY}】", PARTY)
    kinds = [
        words.label("penalty_kind", each) for each in row.kinds if each != "fine" or row.fine_fen is None
    ]
    fine = [] if row.fine_fen is None else [f"罚款 {yuan(row.fine_fen)} 元"]
    return {
        "source": row.number or row.public_id,
        "title": f"{row.violation.removesuffix('案')}案"[:120],
        "topic": row.domain if row.domain in words.enums["domain"] else "",
        "facts": facts,
        "outcome": f"{row.agency.name}决定：{'，'.join([*kinds, *fine])}。" if kinds or fine else "",
        "law": "\n".join(f"{each['law']} {each['article']}" for each in row.basis),
    }

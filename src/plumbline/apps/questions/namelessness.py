"""Whether a text may be read by every body: names and personal data are found by the engine that masks published decisions."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.apps.cases.contract import public_facts
from plumbline.apps.publicity.contract import personal_places, without_words
from plumbline.platform.scope.rows import whole_district

from .models import Question


@dataclass(frozen=True)
class Checked:
    """``personal`` has to go, as (kind, words); ``doubtful`` is for a person to weigh."""

    personal: tuple[tuple[str, str], ...]
    doubtful: tuple[str, ...]

    @property
    def fault(self) -> str:
        places = "、".join(dict.fromkeys(f"{kind}“{words}”" for kind, words in self.personal))
        return f"其中有{places}。请删去或者改写。"


def names_behind(row: Question) -> list[str]:
    """Who is named in the case that a question is about, as its record has them: the party above all."""
    # Whoever shares is mostly another body than the one whose case it is: only the names to be taken out are read here.
    with whole_district():
        facts = public_facts(row.about) if row.about else {}
    named = (facts.get("party_name", ""), facts.get("legal_representative", ""), *facts.get("people", ()))
    return list(dict.fromkeys(each for each in named if each))


def checked(row: Question, text: str) -> Checked:
    sure, doubts = personal_places(text, names=names_behind(row))
    return Checked(tuple(sure), tuple(doubts))


def without_names(row: Question, text: str) -> str:
    """The text with everything taken out that was recognised for sure: what the sharing form begins with."""
    for kind, words in checked(row, text).personal:
        text = without_words(text, [words], label=kind)
    return text

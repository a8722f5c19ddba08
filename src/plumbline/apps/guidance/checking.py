"""What must not be in a guiding case: names and personal data, found by the engine that masks published decisions."""

from __future__ import annotations

from dataclasses import dataclass

from plumbline.apps.publicity.contract import named_behind, personal_places

from .models import PARTS, GuidingCase


@dataclass(frozen=True)
class Found:
    """One place: in which part, what kind of thing, and the words as they stand there."""

    part: str
    category: str
    words: str

    def __str__(self) -> str:
        return f"{PARTS[self.part]}中有{self.category}“{self.words}”"


@dataclass(frozen=True)
class Checked:
    """``personal`` has to go; ``doubtful`` is for the second person to weigh."""

    personal: tuple[Found, ...]
    doubtful: tuple[Found, ...]

    def faults(self) -> dict[str, str]:
        """A sentence a part that names every place in it."""
        found: dict[str, str] = {}
        for part in PARTS:
            places = [f"{each.category}“{each.words}”" for each in self.personal if each.part == part]
            if places:
                found[part] = f"{PARTS[part]}中有{'、'.join(dict.fromkeys(places))}。请删去或者改写。"
        return found


def checked(case: GuidingCase) -> Checked:
    """The case as it stands, every part of it; the parties of the source are known by name."""
    names = named_behind(case.source) if case.source else []
    personal, doubtful = [], []
    for part in PARTS:
        sure, doubts = personal_places(getattr(case, part), names=names)
        personal += [Found(part, category, words) for category, words in sure]
        doubtful += [Found(part, "可能是姓名或者个人情况", words) for words in doubts]
    return Checked(tuple(personal), tuple(doubtful))

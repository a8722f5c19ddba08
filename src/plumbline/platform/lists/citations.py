"""The column that names articles: 《某法》第一条（法律）; and the places they stand at, for the watch on the texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plumbline.law.texts import article_number, in_words

from .cells import Cell, CellFault, code_of, half_width

_CITATION = re.compile(r"《([^《》]{2,100})》\s*(第[^（(《》；;]{1,60}?)\s*(?:[（(]([^（）()]+)[）)])?")
_HAS_ARTICLE = re.compile(r"^第[零〇一二三四五六七八九十百千]+条")


def _numerals(article: str) -> str:
    """第58条第2款 as the texts write it: 第五十八条第二款."""
    return re.sub(r"(?<=第)\d{1,4}", lambda found: in_words(int(found[0])), article)


def _levels() -> Mapping[str, str]:
    from plumbline.vocabulary import load_vocabulary

    return load_vocabulary().enums["basis_level"]


@dataclass(frozen=True)
class Basis(Cell):
    """Articles: 《某法》第一条（法律）；《某办法》第二条（部门规章）. With ``levels`` the rank of each has to be given."""

    levels: bool = True

    def read(self, said: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        for part in (each.strip() for each in re.split(r"[；;\n]", said) if each.strip()):
            match = _CITATION.fullmatch(part.rstrip("。"))
            article = _numerals(re.sub(r"\s", "", half_width(match[2]))) if match else ""
            if match is None or not _HAS_ARTICLE.match(article):
                shape = "《法规全称》第十二条（法律）" if self.levels else "《法规全称》第十二条"
                raise CellFault(f"“{part[:40]}”看不出是哪部法规的哪一条。请写成{shape}，多条用“；”隔开")
            citation = {"law": match[1].strip(), "article": article}
            if self.levels:
                citation["level"] = self._level(match[3] or "", part)
            found.append(citation)
        return found

    def _level(self, said: str, part: str) -> str:
        if not said:
            known = "、".join(_levels().values())
            raise CellFault(f"“{part[:40]}”没有写明效力层级。请在条款后用括号写明：{known}")
        return code_of(said, _levels())

    def show(self, value: Any) -> str:
        return "；".join(
            f"《{each['law']}》{each['article']}"
            + (
                f"（{_levels().get(each['level'], each['level'])}）"
                if self.levels and each.get("level")
                else ""
            )
            for each in value or ()
        )

    @property
    def long(self) -> bool:
        return True

    @property
    def says(self) -> str:
        return f"《法规全称》第十二条{'（效力层级）' if self.levels else ''}，多条用“；”隔开"


def articles_of(value: Any) -> list[tuple[str, str]]:
    """The (law, article) places of a basis value, for the watch on the texts."""
    return [(each["law"], article_number(each["article"])) for each in value or () if each.get("article")]

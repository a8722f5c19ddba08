"""Whether the case's own time stands still while the police have it: only where the procedure text of its field says so.

Neither the law on penalties nor the provisions on transfers stop the ninety days. Of the texts in the register the measures on
ecology do (生态环境行政处罚办法第五十四条), from the sending to the refusal; the event contract's row says which fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.platform.verdicts.evaluation import rule_book

RULE = "APL-60-90d"
#: The article that stops the time, where it is another than the row's own.
STOPPED_BY = {"MEE-57-90-30-30": "第五十四条"}


@dataclass(frozen=True)
class Standstill:
    """``stops``: the time of the case is not counted. ``words`` say why, with the text."""

    stops: bool
    words: str


def standstill(case: Any, on: date) -> Standstill:
    """For a case of a field of law, as the texts stand on a day."""
    row = next(
        (o for o in rule_book().by_id[RULE].overlays if o.domain == case.domain and o.facts.in_force(on)),
        None,
    )
    left_out = {each.name for each in row.require.excludes} if row is not None else set()  # type: ignore[attr-defined]
    if row is not None and "crime_transfer" in left_out:
        article = STOPPED_BY.get(row.row, row.facts.article)
        return Standstill(
            True,
            f"移送期间不计入办案期限（{row.facts.law}{article}）：移送之日停止计算，公安机关不予立案之日恢复。",
        )
    text = f"{row.facts.law}没有" if row is not None else "行政处罚法没有"
    words = f"{text}移送期间不计入办案期限的规定，办案期限照算，不自动扣除。"
    if "investigation_suspension" in left_out:
        words += "符合中止调查情形的，经负责人批准中止后，中止的时间不计入。"
    return Standstill(False, words)

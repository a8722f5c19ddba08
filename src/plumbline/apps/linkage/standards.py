"""Why a case is a suspected crime: the standard as the law library holds it that day, kept with the note; what is not there is
said in words and marked.

The detail ``standard`` of the step 发现涉嫌犯罪 is a copy (crime, measure, number, text, article, the day), so that a later
number changes no note. ``threshold`` holds words for a standard that the library does not have.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.apps.law_library.contract import Standard, standard_on, standards_on
from plumbline.platform.actions import InputFault

#: The choice of somebody who finds no standard in the library.
ELSEWHERE = "elsewhere"
UNVERIFIED = "未核实"


def choices(day: date, domain: str) -> list[tuple[str, str]]:
    """The standards in force that day, those of the case's own field first; last, that there is none."""
    return [
        *((each.ref, each.label) for each in standards_on(day, domain)),
        (ELSEWHERE, f"法规库中没有，另写（标为“{UNVERIFIED}”）"),
    ]


def with_standard(data: Mapping[str, Any], details: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The details with the chosen standard as it stands that day. Raises InputFault by field.

    A chosen ``standard`` is a reference; without one the words in ``threshold`` are all there is, and they are unverified.
    """
    kept = dict(details)
    ref = str(kept.get("standard") or ELSEWHERE)
    if ref == ELSEWHERE:
        if not str(kept.get("threshold") or "").strip():
            raise InputFault(
                {
                    "@threshold": "法规库中没有可以选用的标准的，请写明标准的文件名称和条款；这一项会标为“未核实”。"
                }
            )
        return kept | {"standard": {"verified": False, "on": day.isoformat()}}
    found = standard_on(ref, day)
    if found is None:
        raise InputFault({"@standard": f"所选的标准在 {day} 没有生效或者已经撤销。请重新选择。"})
    _demand_no_contradiction(found, data, kept)
    kept.pop("threshold", None)
    return kept | {"standard": _copy(found, day)}


def _copy(found: Standard, day: date) -> dict[str, Any]:
    return {
        "verified": True,
        "ref": found.ref,
        "crime": found.crime,
        "measure": found.measure,
        "amount": found.amount,
        "text": found.standard,
        "source": found.source,
        "article": found.article,
        "url": found.url,
        "on": day.isoformat(),
    }


def _demand_no_contradiction(found: Standard, data: Mapping[str, Any], details: Mapping[str, Any]) -> None:
    """Where the number is money, the case's own sum is stated, and a sum that reaches it is not called too small."""
    if found.amount is None:
        return
    measured = details.get("measured")
    if measured is None:
        raise InputFault(
            {"@measured": f"所选标准以数额衡量（{_yuan(found.amount)}）。请填写本案的{found.measure}。"}
        )
    if int(measured) >= found.amount and data.get("meets_standard") is False:
        raise InputFault(
            {
                "meets_standard": f"本案 {_yuan(int(measured))}，已经达到 {_yuan(found.amount)}，不能填写没有达到。"
                "数额有误的请更正；认为所选标准不适用的，请选择适用的标准。"
            }
        )


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f} 元".replace(".00 ", " ")


def is_verified(details: Mapping[str, Any]) -> bool:
    """Whether the note's standard came from the law library."""
    kept = details.get("standard")
    return isinstance(kept, Mapping) and bool(kept.get("verified"))


def words(details: Mapping[str, Any]) -> str:
    """The standard and the comparison, for the pages and the letter; words of one's own are marked as unverified."""
    if is_verified(details):
        kept = details["standard"]
        number = f"，{_yuan(kept['amount'])}" if kept.get("amount") is not None else ""
        said = f"{kept['crime']}，{kept['measure']}{number}：{kept['text']}。依据{kept['source']}{kept['article']}，{kept['on']} 有效。"
    else:
        said = str(details.get("threshold") or "")
        said = f"{said}（{UNVERIFIED}：法规库中没有登记这一标准）" if said else ""
    own = f"本案{_yuan(int(details['measured']))}。" if details.get("measured") is not None else ""
    return "\n".join(part for part in (said, f"{own}{details.get('compared') or ''}") if part)

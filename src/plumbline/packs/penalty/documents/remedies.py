"""What a decision's text tells of reconsideration: the right, the organ, the period (行政复议法实施条例第二十五条)."""

from __future__ import annotations

import re

_RIGHT = re.compile(r"申请(?:行政)?复议")
# 「向某某申请行政复议」 names the organ; one called by its function alone is not named.
_ORGAN = re.compile(r"向([^，。；、：“”（）]{2,80}?)申请(?:行政)?复议")
_UNNAMED = re.compile(r"(?:有关|相应|上级|法定)?(?:行政)?(?:复议)?(?:机关|机构|部门)")
# The period stands before the right in the same sentence, with no lawsuit between them.
_PERIOD = re.compile(
    r"[0-9０-９〇一二三四五六七八九十百]+(?:个工作日|日|天|个月)(?:以|之)?内[^。；讼]*?申请(?:行政)?复议"
)


def reconsideration_told(text: str) -> list[str]:
    """The parts that the text tells, by the names of the event contract; none where it says nothing of reconsideration."""
    text = re.sub(r"\s", "", text)
    told = ["right"] if _RIGHT.search(text) else []
    if any(not _UNNAMED.fullmatch(organ) for organ in _ORGAN.findall(text)):
        told.append("organ")
    if _PERIOD.search(text):
        told.append("period")
    return told

"""A yearly report of another act as pages to print: PDF and Word, from the same frozen content."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.platform.printing.blocks import Block, Sheet

from .documents import FOOT, heading, section, table, words
from .duty_drafting import said

PLACES = "一二三四五六七八九"


def duty_sheet(content: Mapping[str, Any], *, number: int, reason: str, signed: str, on: date) -> Sheet:
    """Each part with its words, and behind it the figures it was drafted from."""
    name = f"{content['agency_name']}{content['year']} 年{content['title']}"
    blocks: list[Block] = [heading(name)]
    if number > 1:
        blocks += words(f"第 {number} 版，更正理由：{reason}", small=True)
    for place, part in zip(PLACES, content["parts"], strict=False):
        blocks.append(section(f"{place}、{part['label']}"))
        blocks += words(part["text"] or "（没有填写）")
        if part["figures"]:
            blocks.append(
                table(
                    ("平台登记的数字", "单位", "本年", "上年"),
                    [(f["label"], f["unit"], said(f), said(f, "before")) for f in part["figures"]],
                    (0.46, 0.14, 0.2, 0.2),
                )
            )
    blocks += words(
        f"依据：{content['basis']}。平台的数字按执法事件统计，没有在平台登记的不在其中。", small=True
    )
    blocks += words(f"签发：{signed}　{on:%Y 年 %m 月 %d 日}")
    return Sheet(tuple(blocks), margins=(30, 24, 28, 26), footer=FOOT, title=name)

"""The words of 《执法工作情况报告》 as pages, PDF, Word and workbook; a unit's and the district's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbline.platform.printing.blocks import Block, Sheet

from .analysing import COMPARED, LABELS, OWN_PARTS, said
from .documents import FOOT, PlotRow, heading, plot, section, table, words, workbook
from .measures import measures

PLACES = "一二三四五六七八九"


def special_sheet(content: Mapping[str, Any], *, signed: str, on: date) -> Sheet:
    """Each part with its words, its table and its bars; of the district, the units' lines and words follow."""
    name = f"{content['agency_name']}{content['title']}"
    blocks: list[Block] = [
        heading(name),
        *words(f"统计期间 {content['from']} 至 {content['to']}", small=True),
    ]
    at = 0
    for part in content["parts"]:
        blocks.append(section(f"{PLACES[at]}、{part['label']}"))
        at += 1
        blocks += words(content["text"].get(part["key"], ""))
        shown = [f for f in part["figures"] if f["value"] or f["before"]]
        if shown:
            blocks.append(
                table(
                    ("指标", "单位", "本期", "上年同期"),
                    [(f["label"], f["unit"], said(f), said(f, "before")) for f in shown],
                    (0.46, 0.14, 0.2, 0.2),
                )
            )
            counted = [
                PlotRow(f["label"], f["value"], said(f), f["before"], said(f, "before"))
                for f in shown
                if f["unit"] != "元"
            ]
            if len(counted) > 1:
                told = f"{part['label']}：本期和上年同期各项数量的条形图，数字见上表"
                blocks.append(plot(counted, words=told))
                blocks += words(f"图：{part['label']}，本期和上年同期各项数量", small=True)
    for key, label in OWN_PARTS.items():
        blocks.append(section(f"{PLACES[at]}、{label}"))
        at += 1
        blocks += words(content["text"].get(key, "") or "（没有填写）")
    if "units" in content:
        blocks += _district(content)
    blocks += words("数字由平台按执法事件统计，一个处罚决定只计最重的一种。", small=True)
    blocks += words(f"{signed}　{on:%Y 年 %m 月 %d 日}")
    return Sheet(tuple(blocks), margins=(30, 24, 28, 26), footer=FOOT, title=name)


def _district(content: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [section("附件一　各单位情况（按名册次序，不作排名）", new_page=True)]
    heads = ("单位", *(measures()[key].label for key in COMPARED), "期限按期/逾期")
    rows = [
        (
            each["name"],
            *(_said(key, each["values"][key]) for key in COMPARED),
            f"{each['kept']:,}/{each['missed']:,}",
        )
        for each in content["units"]
    ]
    blocks.append(table(heads, rows, (0.2, *(0.085,) * len(COMPARED), 0.12), size=8))
    blocks += _clocks(content)
    blocks.append(section("附件二　各单位的经验、问题和建议"))
    for told in content["told"]:
        blocks += words(f"{told['name']}")
        for key, label in OWN_PARTS.items():
            if told.get(key):
                blocks += words(f"{label}：{told[key]}", small=True)
    if not content["told"]:
        blocks += words("还没有单位报送。", small=True)
    blocks.append(section("附件三　报送情况"))
    blocks += words(
        f"未报送：{'、'.join(content['missing']) or '无'}。逾期报送：{'、'.join(content['late']) or '无'}。",
        small=True,
    )
    return blocks


def _clocks(content: Mapping[str, Any]) -> list[Block]:
    """Legal limits that ran out, unit by unit: kept and missed. In the order of the register."""
    rows = [
        PlotRow(each["name"], each["kept"], f"{each['kept']:,}", each["missed"], f"{each['missed']:,}")
        for each in content["units"]
        if each["agency"] and (each["kept"] or each["missed"])
    ]
    if not rows:
        return []
    told = "各单位到期法定期限的按期数和逾期数，数字见上表末栏"
    return [
        plot(rows, words=told, legend=("按期", "逾期")),
        *words("图：各单位到期的法定期限，按期和逾期", small=True),
    ]


def _said(key: str, value: int) -> str:
    return f"{value // 100:,}" if measures()[key].money else f"{value:,}"


def special_workbook(content: Mapping[str, Any]) -> bytes:
    """The figures, and of the district the units' lines, as a workbook."""

    def number(figure: Mapping[str, Any], key: str) -> float:
        return figure[key] / 100 if figure["unit"] == "元" else figure[key]

    sheets: list[Any] = [
        (
            part["label"],
            ("指标", "单位", "本期", "上年同期"),
            [(f["label"], f["unit"], number(f, "value"), number(f, "before")) for f in part["figures"]],
        )
        for part in content["parts"]
    ]
    if "units" in content:
        heads = (
            "单位",
            *(f"{measures()[key].label}（{measures()[key].unit}）" for key in COMPARED),
            "期限按期",
            "期限逾期",
        )
        rows = [
            (
                each["name"],
                *(each["values"][key] / (100 if measures()[key].money else 1) for key in COMPARED),
                each["kept"],
                each["missed"],
            )
            for each in content["units"]
        ]
        sheets.append(("各单位情况", heads, rows))
    about = [
        ("期间", f"{content['from']} 至 {content['to']}"),
        *((LABELS[key], told) for key, told in content["text"].items() if key in LABELS),
    ]
    return workbook(f"{content['agency_name']}{content['title']}", about, sheets)

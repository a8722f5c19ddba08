"""First words of a report, from its figures: facts in our words, for the unit to correct and to complete."""

from __future__ import annotations

from collections.abc import Mapping

from .checking import Difference
from .figures import Line, shown
from .layout import layout

#: The unit's own judgement: the platform gives a frame and claims nothing.
ASKED = {
    "problems": "（请写明查找出的问题。没有发现问题的，写明查找的方式和范围。）",
    "next": "（请写明下一步的措施、时限和责任科室。）",
}


def draft(name: str, line: Line, before: Mapping[str, int | None], gaps: list[Difference]) -> dict[str, str]:
    """The four parts of 情况说明; what cannot be said from figures is asked for in brackets."""
    return {"overview": _overview(name, line), "analysis": _analysis(line, before, gaps), **ASKED}


def _said(line: Line, cell: str) -> str:
    column = layout().columns[cell]
    return f"{shown(column, line.cells[cell].known)} {column.unit}"


def _overview(name: str, line: Line) -> str:
    sentences = [f"{line.year} 年，{name}"]
    known = {name: line.cells[name].known for name in line.cells}
    if known["T1.sum"] is None:
        sentences.append("行政处罚情况未报送。")
    elif known["T1.sum"] == 0:
        sentences.append("没有作出行政处罚决定。")
    else:
        kinds = [
            f"{column.label} {value} 宗"
            for cell, column in layout().columns.items()
            if cell.startswith("T1.P") and (value := known[cell])
        ]
        sentences.append(
            f"作出行政处罚决定 {_said(line, 'T1.sum')}（{'，'.join(kinds)}；一个决定并处多种的按最重的一种计），"
            f"决定罚没金额 {_said(line, 'T1.money')}。"
        )
    for cell, words in (
        ("T4.inspections", "开展行政检查"),
        ("T3.sum", "实施行政强制"),
        ("T2.granted", "准予行政许可"),
    ):
        value = known[cell]
        if value:
            sentences.append(f"{words} {_said(line, cell)}。")
        elif value is None:
            sentences.append(f"{words}情况未报送。")
    if known["T5.holders"] is not None:
        sentences.append(f"年末持有有效行政执法证件 {_said(line, 'T5.holders')}。")
    return "".join(sentences)


def _analysis(line: Line, before: Mapping[str, int | None], gaps: list[Difference]) -> str:
    sentences = []
    now, then = line.cells["T1.sum"].known, before.get("T1.sum")
    if now is not None and then is not None:
        word = "持平" if now == then else f"{'增加' if now > then else '减少'} {abs(now - then):,} 宗"
        sentences.append(f"与上年（{then:,} 宗）相比，行政处罚决定{word}。")
    elif now is not None:
        sentences.append("上年没有可以比较的处罚数据。")
    for gap in gaps:
        reason = gap.explanation or "（请说明原因）"
        sentences.append(
            f"{gap.column.label}由 {shown(gap.column, gap.before)} 变为 {shown(gap.column, gap.now)} {gap.column.unit}，原因：{reason.rstrip('。')}。"
        )
    reconsidered, sued = line.cells["T6.reconsidered"].known, line.cells["T6.sued"].known
    if reconsidered or sued:
        sentences.append(
            f"被申请行政复议 {reconsidered or 0} 件，其中撤销、变更、确认违法 {line.cells['T6.reconsidered_lost'].known or 0} 件；"
            f"行政诉讼 {sued or 0} 件，其中败诉 {line.cells['T6.sued_lost'].known or 0} 件。"
        )
    letters = sum(line.cells[cell].known or 0 for cell in ("T6.letters", "T6.opinions", "T6.decisions"))
    if letters:
        sentences.append(
            f"收到监督文书 {letters} 份，按期报送整改 {line.cells['T6.corrected'].known or 0} 份。"
        )
    return "".join(sentences) or "（请结合本单位情况分析。）"

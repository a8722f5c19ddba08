"""A published decision as PDF: made from the public text alone, so that there is nothing under it to uncover."""

from __future__ import annotations

from plumbline.apps.publicity.contract import Publication
from plumbline.platform.printing.blocks import Paragraph, Run, Sheet
from plumbline.platform.printing.pdf_form import as_pdf


def _pair(label: str, text: str) -> Paragraph:
    return Paragraph((Run(f"{label}：", bold=True, size=12), Run(text, size=12)), after=4)


def _text(text: str) -> list[Paragraph]:
    return [
        Paragraph((Run(line.strip(), size=12),), first=2, after=4, align="justify")
        for line in text.splitlines()
        if line.strip()
    ]


def sheet_of(row: Publication, *, result: str, address: str) -> Sheet:
    """The page's content in the page's order."""
    inspection = row.act == "inspection"
    title = f"{row.party_name}：{row.violation}"
    facts = [
        ("检查对象" if inspection else "当事人", row.party_name),
        ("统一社会信用代码", row.credit_code),
        ("检查事项" if inspection else "违法行为", row.violation),
        ("结论" if row.conclusion else "处罚结果", result),
        ("作出机关", row.agency.name),
        ("决定书文号", row.number),
        ("检查日期" if inspection else "决定日期", row.decided_on.isoformat()),
        ("公开日期", row.published_on.isoformat() if row.published_on else ""),
    ]
    basis = "；".join(f"《{each['law']}》{each['article']}" for each in row.basis) or "见决定书"
    foot = f"由公开数据生成，不是原件。隐去 {len(row.masks)} 处。固定网址 {address}"
    return Sheet(
        (
            Paragraph((Run(title, bold=True, size=18),), align="center", after=12),
            *(_pair(label, text) for label, text in facts if text),
            Paragraph((Run("检查情况" if inspection else "事实", bold=True, size=14),), before=8, after=4),
            *_text(row.facts or row.violation),
            Paragraph((Run("依据", bold=True, size=14),), before=8, after=4),
            *_text(basis),
            Paragraph((Run(foot, size=9),), before=12),
            *([Paragraph((Run(f"指纹 SHA-256 {row.sha256}", size=9),))] if row.sha256 else []),
        ),
        title=title,
    )


def pdf_of(row: Publication, *, result: str, address: str) -> bytes:
    """The same record gives the same bytes."""
    return as_pdf(sheet_of(row, result=result, address=address), on=row.published_on or row.decided_on)

"""The list as a workbook in the layout of the catalogue: every row of the filter, said on the first sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator

from plumbline.packs.normdoc.words import POLICY_EVALUATIONS
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import open_workbook
from plumbline.vocabulary import load_vocabulary

from .choices import Kind, PaperKind
from .models import NormDoc
from .progress import evaluation_zh
from .queries import NormFilter, documents_matching, in_order
from .validity import validity_tag

#: 行政规范性文件目录: the columns of the district's layout L10, with the validity beside the handling.
HEADINGS = (
    "文件名称", "制定机关", "联合制定机关", "主办机关", "文号", "统一登记号", "发布日期", "施行日期", "有效期至",
    "备案日期", "备案登记号", "备案材料", "处理状态", "合法性审查意见", "评估结论",
)  # fmt: skip
FILED = (PaperKind.REPORT, PaperKind.FINAL, PaperKind.NOTE, PaperKind.BASIS, PaperKind.OTHER)


POLICY_HEADINGS = (
    "决策事项", "决策机关", "承办单位", "配合单位", "阶段", "启动日期", "集体讨论日期", "公布日期", "施行日期", "文号",
    "合法性审查意见", "评估结论",
)  # fmt: skip


def _guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula is made plain text."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def rows_of(actor: Actor, wanted: NormFilter) -> Iterator[tuple[str, ...]]:
    rows = in_order(documents_matching(actor, wanted)).prefetch_related("papers")
    for doc in rows.iterator(chunk_size=300):
        columns = _policy_columns(doc) if doc.is_policy else _columns(doc, wanted)
        yield tuple(_guarded(each) for each in columns)


def _policy_columns(doc: NormDoc) -> tuple[str, ...]:
    days = (doc.begun_on, doc.decided_on, doc.published_on, doc.effective_from)
    return (
        doc.title,
        doc.maker.name,
        doc.agency.name,
        doc.joint,
        doc.stage_zh,
        *(day.isoformat() if day else "" for day in days),
        doc.number,
        load_vocabulary().label("review_result", doc.review_result) if doc.review_result else "",
        dict(POLICY_EVALUATIONS).get(doc.evaluation, ""),
    )


def _columns(doc: NormDoc, wanted: NormFilter) -> tuple[str, ...]:
    kinds = {paper.kind for paper in doc.papers.all() if not paper.withdrawn}
    days = [
        day.isoformat() if day else ""
        for day in (doc.published_on, doc.effective_from, doc.last_day, doc.filed_on)
    ]
    state = validity_tag(doc, wanted.day).word if doc.is_published else doc.stage_zh
    return (
        doc.title,
        doc.maker.name,
        doc.joint,
        doc.agency.name,
        doc.number,
        doc.register_no,
        *days,
        doc.filing_no,
        "、".join(kind.label for kind in FILED if kind in kinds),
        state,
        load_vocabulary().label("review_result", doc.review_result) if doc.review_result else "",
        evaluation_zh(doc.evaluation),
    )


def workbook(actor: Actor, wanted: NormFilter) -> bytes:
    sink = io.BytesIO()
    book = open_workbook(sink)
    policy = wanted.kind == Kind.POLICY
    title = "重大行政决策" if policy else "行政规范性文件目录"
    headings = POLICY_HEADINGS if policy else HEADINGS
    cover, sheet = book.add_worksheet("说明"), book.add_worksheet(title)
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(headings) - 1, 16)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    number = 0
    for number, row in enumerate(rows_of(actor, wanted), start=1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value)
    for at, (name, value) in enumerate(
        (
            ("内容", title),
            ("筛选", wanted.words),
            ("效力的基准日", f"{wanted.day}"),
            ("截至", f"{clock.now():%Y-%m-%d %H:%M}"),
            ("行数", f"共 {number} 行，全部导出"),
            ("导出人", f"{actor.label}（{actor.agency_name}）"),
        )
    ):
        cover.write_string(at, 0, name, bold)
        cover.write_string(at, 1, _guarded(value))
    cover.set_column(1, 1, 60)
    book.close()
    return sink.getvalue()

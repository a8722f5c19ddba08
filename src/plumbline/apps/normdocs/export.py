"""The list as a workbook in the layout of the catalogue: every row of the filter, said on the first sheet."""

from __future__ import annotations

from collections.abc import Iterator

from plumbline.packs.normdoc.words import POLICY_EVALUATIONS
from plumbline.platform.identity.actor import Actor
from plumbline.platform.workbooks import list_book
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


def rows_of(actor: Actor, wanted: NormFilter) -> Iterator[tuple[str, ...]]:
    rows = in_order(documents_matching(actor, wanted)).prefetch_related("papers")
    for doc in rows.iterator(chunk_size=300):
        yield _policy_columns(doc) if doc.is_policy else _columns(doc, wanted)


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
    policy = wanted.kind == Kind.POLICY
    title = "重大行政决策" if policy else "行政规范性文件目录"
    return list_book(
        title=title,
        headings=POLICY_HEADINGS if policy else HEADINGS,
        rows=rows_of(actor, wanted),
        actor=actor,
        content=title,
        filtered=wanted.words,
        more=[("效力的基准日", f"{wanted.day}")],
        widths={0: 40},
        fixed_columns=1,
    )

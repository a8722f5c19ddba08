"""What of normative documents is open: pages, the catalogue as data, news, permanent links and the one search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from urllib.parse import quote

from plumbline.platform import clock
from plumbline.platform.open_data import (
    Addresses,
    Column,
    Dataset,
    Entry,
    Feed,
    Found,
    Hit,
    PublicPage,
    open_addresses,
    open_dataset,
    open_feed,
    open_finder,
    open_page,
)

from .queries import open_for_comment, public_documents, public_policies
from .validity import IN_FORCE, validity_tag

SHOWN = 5
PUBLISHER = "负责统一登记、编号、公布的单位"


open_page(
    PublicPage(
        "norms",
        "规范性文件",
        "public-norms",
        "统一公布的行政规范性文件，任何一天的效力",
        order=40,
        door=True,
        short="查文件",
        count=lambda: public_documents(on=clock.today(), state=IN_FORCE).count(),
        unit="件有效",
    )
)
open_page(
    PublicPage(
        "norm-drafts",
        "征求意见",
        "public-norm-drafts",
        "正在征求意见的草案，不用登录就能提意见",
        order=45,
        count=lambda: open_for_comment(clock.today()).count(),
        unit="件",
    )
)


open_page(
    PublicPage(
        "policy-decisions",
        "重大行政决策",
        "public-policies",
        "决策事项目录、草案征求意见、公布和执行",
        order=47,
        count=lambda: public_policies().count(),
        unit="项",
    )
)


def _rows() -> Iterator[Sequence[str | date | None]]:
    today = clock.today()
    rows = public_documents(on=today)
    for doc in rows.iterator(chunk_size=500):
        yield (
            doc.register_no,
            doc.number,
            doc.title,
            doc.maker.name,
            doc.joint,
            doc.agency.name,
            doc.published_on,
            doc.effective_from,
            doc.last_day,
            validity_tag(doc, today).word,
            doc.ended_reason,
            doc.filed_on,
            doc.public_page,
        )


def _updated() -> date | None:
    """The day on which the table read as it does: the last publication or end, and never a day ahead."""
    today = clock.today()
    days = [
        day
        for doc in public_documents(on=today)
        for day in (doc.published_on, doc.effective_from, doc.ended_on)
        if day is not None and day <= today
    ]
    return max(days, default=None)


open_dataset(
    Dataset(
        "norms",
        "行政规范性文件目录",
        (
            Column("register_no", "统一登记号"),
            Column("number", "文号"),
            Column("title", "文件名称"),
            Column("maker", "制定机关"),
            Column("joint", "联合制定机关"),
            Column("drafter", "起草单位"),
            Column("published_on", "公布日", "date"),
            Column("effective_from", "施行日", "date"),
            Column("last_day", "有效的最后一日", "date", "没有设定有效期的为空"),
            Column("validity", "今天的效力"),
            Column("ended_reason", "失效的理由"),
            Column("filed_on", "备案日", "date"),
            Column("url", "固定网址", "url"),
        ),
        _rows,
        _updated,
        about="已经统一公布的全部文件，包括已经失效的。",
        publisher=PUBLISHER,
        basis="优化营商环境条例第六十四条",
        page="/open/norms",
        count=lambda: public_documents(on=clock.today()).count(),
        order=40,
    )
)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.CHINA)


def _news() -> Iterator[Entry]:
    """Publications, and drafts that are open, the newest first."""
    found = [
        Entry(
            doc.public_page,
            f"公布：{doc.title}",
            f"{doc.number}，{doc.effective_from} 起施行。",
            _at(doc.published_on),
            doc.maker.name,
        )
        for doc in public_documents(on=clock.today())[:50]
        if doc.published_on
    ]
    found += [
        Entry(
            doc.public_page,
            f"公布：{doc.title}",
            f"重大行政决策，{doc.effective_from} 起施行。",
            _at(doc.published_on),
            doc.maker.name,
        )
        for doc in public_policies()[:50]
        if doc.published_on
    ]
    found += [
        Entry(
            f"/open/norms/comments/{doc.matter_id}",
            f"征求意见：{doc.title}",
            f"{doc.comment_until} 前可以提意见。",
            doc.last_event_at or doc.created_at,
            doc.agency.name,
        )
        for doc in open_for_comment(clock.today())[:50]
    ]
    yield from sorted(found, key=lambda entry: entry.at, reverse=True)[:50]


open_feed(
    Feed(
        "norms",
        "规范性文件：公布和征求意见",
        "/open/norms",
        _news,
        about="新公布的文件和正在征求意见的草案。",
        order=40,
    )
)
open_addresses(
    Addresses(
        "policy-decisions",
        lambda first, number: (
            (doc.public_page, doc.ended_on or doc.published_on)
            for doc in public_policies().order_by("pk")[first : first + number]
        ),
        lambda: public_policies().count(),
    )
)
open_addresses(
    Addresses(
        "norms",
        lambda first, number: (
            (doc.public_page, doc.ended_on or doc.published_on)
            for doc in public_documents(on=clock.today()).order_by("pk")[first : first + number]
        ),
        lambda: public_documents(on=clock.today()).count(),
    )
)


@open_finder("policy-decisions", order=32)
def find_decisions(words: str) -> Found | None:
    rows = public_policies(words)
    total = rows.count()
    if not total:
        return None
    hits = tuple(
        Hit(doc.title, doc.public_page, f"{doc.maker.name} · {doc.published_on} 公布") for doc in rows[:SHOWN]
    )
    return Found("重大行政决策", hits, str(total), f"/open/policy-decisions?q={quote(words)}")


@open_finder("norms", order=30)
def find_documents(words: str) -> Found | None:
    rows = public_documents(words, on=clock.today())
    today = clock.today()
    total = rows.count()
    if not total:
        return None
    hits = tuple(
        Hit(doc.title, doc.public_page, f"{doc.number} · {validity_tag(doc, today).word}")
        for doc in rows[:SHOWN]
    )
    return Found("规范性文件", hits, str(total), f"/open/norms?q={quote(words)}")

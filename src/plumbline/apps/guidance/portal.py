"""Guiding cases among what is open: page, table, news, permanent links, the one search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from urllib.parse import quote

from django.conf import settings

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

from .models import GuidingCase, State
from .public import count_published, ever_published, published_cases

SHOWN = 5
BASIS = "行政执法监督条例第二十四条"


def path_of(case: GuidingCase) -> str:
    return f"/open/guidance/{case.number}"


def guidance_rows() -> Iterator[Sequence[str | int | date | None]]:
    for case in published_cases():
        yield (
            case.number, case.title, case.topic_zh, case.gist, case.facts, case.outcome, "；".join(case.articles),
            case.guidance, case.agency.name, case.published_on, settings.PUBLIC_URL + path_of(case),
        )  # fmt: skip


def _latest() -> date | None:
    return max((case.published_on for case in published_cases() if case.published_on), default=None)


def _at(day: date | None) -> datetime:
    return datetime.combine(day or date.min, time(9), clock.CHINA)


def guidance_news() -> Iterable[Entry]:
    for case in ever_published():
        gone = case.state == State.WITHDRAWN
        yield Entry(
            path_of(case),
            f"已撤回：{case.name}" if gone else f"{case.name}：{case.title}",
            case.reason if gone else case.gist,
            _at(case.withdrawn_on if gone else case.published_on),
            case.agency.name,
        )


def _part(first: int, number: int) -> Iterable[tuple[str, date | None]]:
    return [(path_of(case), case.published_on) for case in published_cases()[first : first + number]]


@open_finder("guidance", order=35)
def find_guidance(words: str) -> Found | None:
    rows = published_cases(words)
    hits = tuple(Hit(f"{case.name}：{case.title}", path_of(case), case.gist[:60]) for case in rows[:SHOWN])
    return Found("指导案例", hits, f"{len(rows)} 件", f"/open/guidance?q={quote(words)}")


open_page(
    PublicPage(
        "guidance", "指导案例", "public-guidance", "同类事情照此处理：要旨、案情、依据和指导意义", order=48, door=True,
        count=count_published, unit="件",
    )
)  # fmt: skip
open_dataset(
    Dataset(
        "guiding-cases",
        "行政执法指导案例",
        (
            Column("number", "编号", "number"),
            Column("title", "标题"),
            Column("topic", "领域"),
            Column("gist", "要旨"),
            Column("facts", "基本案情", about="不写当事人和其他人的姓名、名称"),
            Column("outcome", "处理结果"),
            Column("law", "适用的法律"),
            Column("guidance", "指导意义"),
            Column("agency", "推荐机关"),
            Column("published_on", "发布日", "date"),
            Column("url", "固定网址", "url"),
        ),
        guidance_rows,
        _latest,
        about="区司法局发布、现在仍供参照的指导案例；撤回的不在其中",
        publisher="区司法局",
        basis=BASIS,
        page="/open/guidance",
        count=count_published,
        order=48,
    )
)
open_feed(
    Feed("guidance", "指导案例", "/open/guidance", guidance_news, "新发布的和撤回的，最近五十件", order=48)
)
open_addresses(Addresses("guidance", _part, count_published))

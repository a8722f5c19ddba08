"""Published decisions among what is open: page, dataset, feeds, permanent links.

A natural person's record stays on its page (姓某某). What leaves in bulk, to be kept by others, has neither that name nor the
facts: a copy elsewhere cannot be withdrawn (个人信息保护法第六条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.timezone import make_aware

from plumbline.platform.open_data import (
    Addresses,
    Column,
    Dataset,
    Entry,
    Feed,
    PublicPage,
    open_addresses,
    open_dataset,
    open_feed,
    open_page,
)
from plumbline.vocabulary import load_vocabulary

from .contract import inspections_published, last_change, published, reachable
from .models import Publication, PublicationState

NEWEST = 50
PERSON = "（自然人）"
PERIOD_BASIS = "国办发〔2018〕118号（六）"


def _path(row: Publication) -> str:
    return f"/open/decisions/{row.public_id}"


def named(row: Publication) -> str:
    """The party as it may leave in bulk."""
    return PERSON if row.party_kind == "natural_person" else row.party_name


def _kinds(row: Publication) -> str:
    words = load_vocabulary().enums["penalty_kind"]
    return "、".join(words.get(each, each) for each in row.kinds)


def decision_rows() -> Iterator[Sequence[str | int | Decimal | date | None]]:
    for row in published().filter(act="penalty").iterator(chunk_size=1_000):
        person = row.party_kind == "natural_person"
        yield (
            row.number,
            named(row),
            "" if person else row.credit_code,
            row.violation,
            "" if person else row.facts,
            _kinds(row),
            None if row.fine_fen is None else Decimal(row.fine_fen) / 100,
            "；".join(f"《{each['law']}》{each['article']}" for each in row.basis),
            row.agency.name,
            row.decided_on,
            row.published_on,
            settings.PUBLIC_URL + _path(row),
        )


def inspection_rows() -> Iterator[Sequence[str | date | None]]:
    for row in inspections_published().iterator(chunk_size=1_000):
        person = row.party_kind == "natural_person"
        yield (
            named(row),
            "" if person else row.credit_code,
            row.violation,
            row.conclusion,
            row.agency.name,
            row.decided_on,
            row.published_on,
            settings.PUBLIC_URL + _path(row),
        )


def _last_day(rows: QuerySet[Publication], name: str) -> date | None:
    found = rows.order_by().aggregate(day=Max(name))["day"]
    return found if isinstance(found, date) else None


def _withdrawn() -> QuerySet[Publication]:
    return reachable().filter(state=PublicationState.WITHDRAWN).order_by("-withdrawn_on", "-pk")


def withdrawn_rows() -> Iterator[Sequence[str | date | None]]:
    for row in _withdrawn().iterator(chunk_size=1_000):
        yield row.agency.name, row.withdrawn_on, row.reason, settings.PUBLIC_URL + _path(row)


def _at(day: date | None) -> datetime:
    return make_aware(datetime.combine(day or date.min, time()))


def newest_decisions() -> Iterable[Entry]:
    for row in published()[:NEWEST]:
        result = _kinds(row) or row.conclusion or "见决定书"
        yield Entry(
            _path(row),
            f"{named(row)}：{row.violation}",
            f"{row.agency.name}，{row.number}，{result}。"
            if row.number
            else f"{row.agency.name}，{result}。",
            _at(row.published_on),
            row.agency.name,
        )


def newest_withdrawals() -> Iterable[Entry]:
    for row in _withdrawn()[:NEWEST]:
        yield Entry(
            _path(row),
            f"已撤回：{row.agency.name}的一项处罚决定",
            row.reason,
            _at(row.withdrawn_on),
            row.agency.name,
        )


def indexed(first: int, number: int) -> Iterable[tuple[str, date | None]]:
    """Decisions about organisations; those about natural persons are left to people who look for them."""
    rows = published().exclude(party_kind="natural_person").values_list("public_id", "published_on")
    return [(f"/open/decisions/{pid}", day) for pid, day in rows[first : first + number]]


open_page(
    PublicPage(
        "decisions",
        "查执法决定",
        "public-decisions",
        "按企业、文号、违法行为或机关查，每份决定有固定网址",
        order=10,
        door=True,
        front=True,
        short="查决定",
    )
)
open_page(
    PublicPage(
        "inspections",
        "查检查结果",
        "public-inspections",
        "查了谁、查什么、结论如何",
        order=15,
        door=True,
    )
)
open_page(
    PublicPage(
        "agencies",
        "执法机关",
        "public-disclosures",
        "每个机关的职责、程序、抽查清单和服务指南",
        order=50,
        door=True,
    )
)
open_page(
    PublicPage(
        "procedures",
        "执法程序",
        "public-procedures",
        "一件事分几步、每步多长时间，带流程图",
        order=60,
        door=True,
    )
)
open_page(
    PublicPage(
        "remedies",
        "不服怎么办",
        "public-remedies",
        "陈述申辩、听证、复议、诉讼和赔偿",
        order=70,
        door=True,
    )
)
open_page(PublicPage("withdrawn", "撤回记录", "public-withdrawals", "撤回了什么、何时、为什么", order=80))
open_dataset(
    Dataset(
        "penalty-decisions",
        "行政处罚决定",
        (
            Column("number", "决定书文号"),
            Column("party", "当事人", about="自然人不写姓名"),
            Column("credit_code", "统一社会信用代码", about="自然人为空"),
            Column("violation", "违法行为"),
            Column("facts", "违法事实", about="由数据生成，隐去的地方写明类别；自然人为空，见网页"),
            Column("kinds", "处罚种类"),
            Column("fine_yuan", "罚款（元）", "number"),
            Column("basis", "处罚依据"),
            Column("agency", "作出机关"),
            Column("decided_on", "决定日期", "date"),
            Column("published_on", "公开日期", "date"),
            Column("url", "固定网址", "url"),
        ),
        decision_rows,
        lambda: _last_day(published().filter(act="penalty"), "published_on"),
        about="全区公开中的行政处罚决定；撤回和停止公示的不在其中",
        basis=PERIOD_BASIS,
        page="/open/decisions?act=penalty",
        count=lambda: published().filter(act="penalty").count(),
        version=last_change,
        order=10,
    )
)
open_dataset(
    Dataset(
        "inspection-results",
        "检查结果",
        (
            Column("target", "检查对象", about="自然人不写姓名"),
            Column("credit_code", "统一社会信用代码", about="自然人为空"),
            Column("item", "检查事项"),
            Column("conclusion", "结论"),
            Column("agency", "检查机关"),
            Column("inspected_on", "检查日期", "date"),
            Column("published_on", "公开日期", "date"),
            Column("url", "固定网址", "url"),
        ),
        inspection_rows,
        lambda: _last_day(inspections_published(), "published_on"),
        about="全区公开中的检查结果",
        basis=PERIOD_BASIS,
        page="/open/inspections",
        count=lambda: inspections_published().count(),
        version=last_change,
        order=15,
    )
)
open_dataset(
    Dataset(
        "withdrawn-decisions",
        "撤回记录",
        (
            Column("agency", "作出机关"),
            Column("withdrawn_on", "撤回日期", "date"),
            Column("reason", "撤回理由"),
            Column("url", "原固定网址", "url"),
        ),
        withdrawn_rows,
        lambda: _last_day(_withdrawn(), "withdrawn_on"),
        about="被变更、撤销或者确认违法、无效而撤回的；不含原内容",
        basis="行政处罚法第四十八条",
        page="/open/withdrawn",
        count=lambda: _withdrawn().count(),
        version=last_change,
        order=80,
    )
)
open_feed(
    Feed(
        "decisions",
        "最近公开的处罚决定",
        "/open/decisions",
        newest_decisions,
        "最近五十件，新的在前",
        order=10,
    )
)
open_feed(Feed("withdrawn", "撤回记录", "/open/withdrawn", newest_withdrawals, "最近五十件", order=80))
open_addresses(
    Addresses("decisions", indexed, lambda: published().exclude(party_kind="natural_person").count())
)

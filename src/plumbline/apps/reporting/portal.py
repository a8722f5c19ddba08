"""Published annual reports among what is open (国办发〔2018〕118号（六）)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from plumbline.platform import clock
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
from plumbline.platform.scope.rows import whole_district

from .models import AnnualVersion
from .public import public_versions

BASIS = "国办发〔2018〕118号（六）"


def _number(unit: str, value: int | None) -> Decimal | None:
    if value is None:
        return None
    return Decimal(value) / (1_000_000 if unit == "万元" else 10 if unit == "%" else 1)


def figure_rows() -> Iterator[Sequence[str | int | date | Decimal | None]]:
    """A row a figure of the version that is public now; what is not known is empty, never 0."""
    with whole_district():
        versions = public_versions()
    for version in versions:
        content = version.content
        for table in content["tables"]:
            for told in table["columns"]:
                yield (
                    content["year"], content["agency"], content["agency_name"], table["id"], told["cell"], told["label"],
                    told["unit"], _number(told["unit"], told["counted"]), _number(told["unit"], told["entered"]),
                    told["source"], version.number, version.published_on,
                    f"/open/annual/{content['year']}/{content['agency']}",
                )  # fmt: skip


def _latest() -> date | None:
    rows = AnnualVersion.objects.exclude(published_on=None).order_by("-published_on")
    return rows.values_list("published_on", flat=True).first()


def _count() -> int:
    return AnnualVersion.objects.exclude(published_on=None).values("report_id").distinct().count()


def _entries() -> list[Entry]:
    with whole_district():
        versions = sorted(public_versions(), key=lambda v: (v.published_on, v.pk), reverse=True)[:50]
    return [
        Entry(
            f"/open/annual/{v.content['year']}/{v.content['agency']}/v{v.number}",
            f"{v.content['agency_name']}{v.content['year']} 年度行政执法年报{'（更正）' if v.number > 1 else ''}",
            v.reason or v.content["text"]["overview"],
            datetime.combine(v.published_on or date.min, time(), clock.CHINA),
            v.content["agency_name"],
        )
        for v in versions
    ]


def _part(first: int, number: int) -> list[tuple[str, date | None]]:
    with whole_district():
        versions = public_versions()[first : first + number]
    return [(f"/open/annual/{v.content['year']}/{v.content['agency']}", v.published_on) for v in versions]


open_page(
    PublicPage(
        "annual-reports", "行政执法年报", "public-annual-reports", "各单位每年办了多少案、罚了多少、被纠正多少", order=60, door=True,
        short="年报", count=_count, unit="份",
    )
)  # fmt: skip
open_addresses(Addresses("annual-reports", _part, _count))
open_feed(
    Feed("annual-reports", "行政执法年报", "/open/annual", _entries, about="新公布和更正的年报", order=60)
)
open_dataset(
    Dataset(
        "annual-reports",
        "行政执法年报数字",
        (
            Column("year", "年度", "number"),
            Column("agency", "单位编码"),
            Column("agency_name", "单位名称"),
            Column("table", "表"),
            Column("cell", "栏目编码"),
            Column("label", "栏目"),
            Column("unit", "计量单位"),
            Column("counted", "系统统计", "number", "由平台从执法事件统计；空为未报送，不是 0"),
            Column("entered", "单位填报", "number", "由单位填报，不与系统统计相加"),
            Column("source", "填报来源"),
            Column("version", "版本", "number"),
            Column("published_on", "公布日", "date"),
            Column("url", "网页", "text"),
        ),
        figure_rows,
        _latest,
        about="各单位已公布的《行政执法年报》各表数字，一栏一行；更正后以最新公布的一版为准",
        basis=BASIS,
        page="/open/annual",
        count=None,
        order=60,
    )
)

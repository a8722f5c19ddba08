"""Enforcement subjects among what is open (行政执法监督条例第十七条; 国办发〔2018〕118号（四）)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from django.conf import settings

from plumbline.platform.open_data import (
    Addresses,
    Column,
    Dataset,
    Found,
    Hit,
    PublicPage,
    open_addresses,
    open_dataset,
    open_finder,
    open_page,
)

from .models import Subject
from .public import published_subjects

SHOWN = 5


def subject_rows() -> Iterator[Sequence[str | date | None]]:
    for row in published_subjects().prefetch_related("bases").order_by("pk").iterator(chunk_size=500):
        yield (
            row.code,
            row.name,
            row.get_kind_display(),
            "；".join(f"《{b.law}》{b.article}" for b in row.bases.all()),
            row.scope,
            row.area,
            row.responsible,
            row.phone,
            row.confirmed_on,
            row.published_on,
            f"{settings.PUBLIC_URL}/open/subjects/{quote(row.code)}",
        )


def _latest() -> date | None:
    return (
        Subject.objects.exclude(published_on=None)
        .order_by("-published_on")
        .values_list("published_on", flat=True)
        .first()
    )


def _part(first: int, number: int) -> list[tuple[str, date | None]]:
    rows = published_subjects().order_by("pk").values_list("code", "published_on")[first : first + number]
    return [(f"/open/subjects/{quote(code)}", day) for code, day in rows]


@open_finder("subjects", order=25)
def find_subjects(words: str) -> Found | None:
    rows = list(published_subjects().filter(name__contains=words).order_by("pk")[: SHOWN + 1])
    hits = tuple(
        Hit(row.name, f"/open/subjects/{quote(row.code)}", row.get_kind_display()) for row in rows[:SHOWN]
    )
    total = f"{SHOWN}+ 个" if len(rows) > SHOWN else f"{len(rows)} 个"
    return Found("执法主体", hits, total, f"/open/subjects?q={quote(words)}")


open_page(
    PublicPage(
        "subjects", "查执法主体", "public-subjects", "谁可以执法，依据哪一条，管什么、管哪里", order=25, door=True,
        count=lambda: published_subjects().count(), unit="个",
    )
)  # fmt: skip
open_addresses(Addresses("subjects", _part, lambda: published_subjects().count()))
open_dataset(
    Dataset(
        "subjects",
        "行政执法主体",
        (
            Column("code", "主体编码"),
            Column("name", "名称"),
            Column("kind", "主体类别"),
            Column("basis", "主体资格依据"),
            Column("scope", "执法范围"),
            Column("area", "执法区域"),
            Column("responsible", "负责人"),
            Column("phone", "公开电话"),
            Column("confirmed_on", "确认日", "date"),
            Column("published_on", "公布日", "date"),
            Column("url", "固定网址", "url"),
        ),
        subject_rows,
        _latest,
        about="经确认并公布、今天仍是执法主体的机关和组织",
        basis="行政执法监督条例第十七条；国办发〔2018〕118号（四）",
        page="/open/subjects",
        count=lambda: published_subjects().count(),
        order=25,
    )
)

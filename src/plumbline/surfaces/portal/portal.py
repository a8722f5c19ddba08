"""The portal's own pages among what is open."""

from __future__ import annotations

from urllib.parse import quote

from django.db.models import QuerySet

from plumbline.apps.publicity.contract import Publication, inspections_published, published
from plumbline.platform.open_data import Found, Hit, PublicPage, open_finder, open_page
from plumbline.platform.paging import how_many

from .searching import matching, newest

SHOWN = 5

open_page(
    PublicPage(
        "verify",
        "核验文书",
        "public-verify",
        "用文书上的验证码，看是否由本区机关制发、有没有被改动",
        order=40,
        door=True,
        short="核验文书",
    )
)
open_page(PublicPage("data", "开放数据", "public-data", "公开的表整张下载，订阅更新", order=90, door=True))


def _hits(words: str, label: str, path: str, unit: str, rows: QuerySet[Publication]) -> Found:
    shown = newest(rows, words, SHOWN)
    hits = tuple(
        Hit(
            f"{row.party_name}：{row.violation}",
            f"/open/decisions/{row.public_id}",
            " · ".join(e for e in (row.agency.name, row.number, f"{row.published_on} 公开") if e),
        )
        for row in shown
    )
    return Found(
        label, hits, f"{how_many(matching(rows, words))} {unit}" if hits else "", f"{path}?q={quote(words)}"
    )


@open_finder("decisions", order=10)
def find_decisions(words: str) -> Found:
    return _hits(words, "执法决定", "/open/decisions", "件", published())


@open_finder("inspections", order=20)
def find_inspections(words: str) -> Found:
    return _hits(words, "检查结果", "/open/inspections", "次", inspections_published())

"""Officers with a certificate, among what is open (国办发〔2018〕118号（四）: 执法人员)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet

from plumbline.platform import clock
from plumbline.platform.open_data import (
    Column,
    Dataset,
    Found,
    Hit,
    PublicPage,
    open_dataset,
    open_finder,
    open_page,
)

from .contract import STATE_ZH, certificates_like, listed
from .models import OfficerCertificate

SHOWN = 5


def _current() -> QuerySet[OfficerCertificate]:
    """Published certificates whose term has begun; one that is ended stays listed with its state, so that it can be refused."""
    today = clock.today()
    rows = OfficerCertificate.objects.filter(listed(today), valid_from__lte=today).select_related("agency")
    return rows.prefetch_related("suspensions", "revocations").order_by("agency_id", "number", "valid_from")


def officer_rows() -> Iterator[Sequence[str | date | None]]:
    today = clock.today()
    for row in _current().iterator(chunk_size=1_000):
        yield (
            row.name,
            row.number,
            row.agency.name,
            row.area,
            row.valid_from,
            row.valid_to,
            STATE_ZH[row.state_on(today)],
            f"{settings.PUBLIC_URL}/open/officers/{quote(row.number)}",
        )


@open_finder("officers", order=30)
def find_officers(words: str) -> Found | None:
    rows = list(certificates_like(words)[: SHOWN + 1])
    today = clock.today()
    hits = tuple(
        Hit(
            row.name,
            f"/open/officers/{quote(row.number)}",
            f"{row.agency.name} · {row.number} · {STATE_ZH[row.state_on(today)]}",
        )
        for row in rows[:SHOWN]
    )
    total = f"{SHOWN}+ 人" if len(rows) > SHOWN else f"{len(rows)} 人"
    return Found("执法人员", hits, total, f"/open/officers?q={quote(words)}")


open_page(
    PublicPage(
        "officers",
        "查执法人员",
        "public-officers",
        "输入姓名或证号，看单位和证件是否有效",
        order=20,
        door=True,
        front=True,
        short="查人员",
    )
)
open_dataset(
    Dataset(
        "officers",
        "行政执法人员",
        (
            Column("name", "姓名"),
            Column("number", "执法证号"),
            Column("agency", "所属机关"),
            Column("area", "执法区域"),
            Column("valid_from", "有效期起", "date"),
            Column("valid_to", "有效期止", "date", "空为长期"),
            Column("state", "证件状态", about="下载当日的状态"),
            Column("url", "固定网址", "url"),
        ),
        officer_rows,
        clock.today,  # as it stands today
        about="持有行政执法证的人员和证件状态",
        basis="国办发〔2018〕118号（四）",
        page="/open/officers",
        count=lambda: _current().count(),
        order=20,
    )
)

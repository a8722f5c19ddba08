"""The power list among what is open (国办发〔2018〕118号（四）: 职责、权限、依据)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

from django.db.models import Q

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
from plumbline.vocabulary import load_vocabulary

from .contract import items_in_force

SHOWN = 5


def power_rows() -> Iterator[Sequence[str | date | None]]:
    today = clock.today()
    words = load_vocabulary().enums["penalty_kind"]
    rows = items_in_force(today).select_related("agency").prefetch_related("transfers__street")
    for row in rows.order_by("item", "agency_id").iterator(chunk_size=1_000):
        yield (
            row.item,
            row.violation,
            row.agency.name,
            "；".join(f"《{each['law']}》{each['article']}" for each in row.basis),
            "、".join(words.get(each, each) for each in row.kinds),
            "、".join(each.street.short_name for each in row.transfers.all() if each.is_held_on(today)),
            row.valid_from,
        )


@open_finder("powers", order=40)
def find_powers(words: str) -> Found | None:
    rows = items_in_force(clock.today()).select_related("agency").order_by("item")
    shown = list(rows.filter(Q(violation__contains=words) | Q(item__icontains=words))[: SHOWN + 1])
    hits = tuple(
        Hit(row.violation, f"/open/powers?q={quote(row.item)}", f"{row.agency.name} · {row.item}")
        for row in shown[:SHOWN]
    )
    total = f"{SHOWN}+ 项" if len(shown) > SHOWN else f"{len(shown)} 项"
    return Found("权责清单", hits, total, f"/open/powers?q={quote(words)}")


open_page(
    PublicPage(
        "powers",
        "查权责清单",
        "public-powers",
        "一件事该哪个单位管，依据哪一条，从哪天起",
        order=30,
        door=True,
        front=True,
        short="查清单",
    )
)
open_dataset(
    Dataset(
        "powers",
        "行政执法权责清单",
        (
            Column("item", "事项编码"),
            Column("violation", "违法行为"),
            Column("agency", "有权机关"),
            Column("basis", "依据"),
            Column("kinds", "处罚种类"),
            Column("streets", "已承接的街道、镇"),
            Column("valid_from", "生效日期", "date"),
        ),
        power_rows,
        clock.today,  # as it stands today
        about="今天有效的处罚事项、依据和街镇承接情况",
        basis="国办发〔2018〕118号（四）",
        page="/open/powers",
        count=lambda: items_in_force(clock.today()).count(),
        order=30,
    )
)

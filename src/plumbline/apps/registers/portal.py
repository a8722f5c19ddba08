"""The published lists among what is open (国办发〔2018〕118号（四）: 职责、权限、依据、程序、清单)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from plumbline.platform import clock
from plumbline.platform.lists import Register, registers, remembering
from plumbline.platform.open_data import (
    Column,
    Dataset,
    Entry,
    Feed,
    PublicPage,
    open_dataset,
    open_feed,
    open_page,
)

from .models import Revision, State
from .queries import agency_names

#: Open under another address already.
ELSEWHERE = frozenset({"power-items"})
BASIS = "国办发〔2018〕118号（四）"


def open_lists() -> list[Register]:
    """The lists that everybody may read here."""
    return [each for each in registers() if each.public and each.key not in ELSEWHERE]


def rows_of(register: Register) -> Iterator[Sequence[str | date | None]]:
    """The rows in force today, with the columns that may leave."""
    names = agency_names()
    columns = [column for column in register.columns if column.public]
    with remembering():
        found = [
            (
                *([names.get(row.agency, row.agency)] if register.owner == "agency" else []),
                *(column.show(row.values) for column in columns),
                row.since,
            )
            for row in register.table.rows(None, clock.today())
        ]
    yield from found


def columns_of(register: Register) -> tuple[Column, ...]:
    own = (Column("agency", "机关"),) if register.owner == "agency" else ()
    return (
        *own,
        *(Column(column.name, column.heading) for column in register.columns if column.public),
        Column("valid_from", "生效日期", "date"),
    )


def published_entries() -> Iterator[Entry]:
    """The newest published versions."""
    open_keys = [each.key for each in registers() if each.public]
    rows = Revision.objects.unscoped("公布的版本人人可看").filter(
        state=State.PUBLISHED, register__in=open_keys
    )
    for row in rows.select_related("agency").order_by("-published_at", "-pk")[:50]:
        assert row.published_at is not None
        title = row.list.title if row.list else row.register
        yield Entry(
            f"/open/lists/{row.register}?version={row.pk}",
            f"{row.agency.name}公布《{title}》第 {row.number} 版",
            f"{row.reason}自 {row.effective_on} 起生效。",
            row.published_at,
            row.agency.name,
        )


def declare_open() -> None:
    """Called when every app has declared its lists."""
    open_page(
        PublicPage(
            "lists", "查制度清单", "public-lists", "裁量基准、法制审核目录、街道承接事项等，每份都有版本和生效日期", order=35, door=True
        )
    )  # fmt: skip
    open_page(
        PublicPage(
            "competent",
            "这件事归谁管",
            "public-competent",
            "写明事项和地点，告诉您由哪个机关处理",
            order=32,
            door=True,
        )
    )
    for register in open_lists():
        open_dataset(
            Dataset(
                f"list-{register.key}",
                register.title,
                columns_of(register),
                partial(rows_of, register),
                clock.today,  # as it stands today
                about=register.about or f"今天有效的{register.title}",
                basis=register.basis,
                page=f"/open/lists/{register.key}",
                order=60 + register.order,
            )
        )
    open_feed(Feed("lists", "制度清单公布", "/open/lists", published_entries, "新公布的清单版本", order=35))

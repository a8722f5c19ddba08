"""The tables of the annual report as data (``data/annual_tables.yaml``): a local form replaces the file, not code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .measures import Measure, measures

FILE = Path(__file__).parent / "data" / "annual_tables.yaml"


@dataclass(frozen=True)
class Column:
    """One figure of a unit: counted (``measure``), ``entered``, the ``sum`` of others, or the ``share`` of two."""

    cell: str
    label: str
    unit: str
    measure: str = ""
    money: str = ""
    entered: bool = False
    sum: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    source: str = ""

    @property
    def counted(self) -> Measure | None:
        """What the platform counts here; None for what is entered or follows from other cells."""
        key = f"{self.money}.money" if self.money else self.measure
        return measures()[key] if key else None

    @property
    def is_money(self) -> bool:
        return self.unit == "万元"


@dataclass(frozen=True)
class Table:
    id: str
    name: str
    rules: tuple[str, ...]
    columns: tuple[Column, ...]
    note: str = ""


@dataclass(frozen=True)
class Check:
    """The sum on the left is not greater than the sum on the right. ``soft``: it is told, and does not stop the signing."""

    says: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    soft: bool = False


@dataclass(frozen=True)
class Elsewhere:
    """A figure that another system reports, entered to be compared with a cell."""

    cell: str
    label: str
    unit: str
    against: str

    @property
    def is_money(self) -> bool:
        return self.unit == "万元"


@dataclass(frozen=True)
class Layout:
    form: dict[str, str]
    sources: dict[str, dict[str, Any]]
    tables: tuple[Table, ...]
    checks: tuple[Check, ...]
    elsewhere: tuple[Elsewhere, ...]
    rules: dict[str, str]
    difference: dict[str, int]
    anomaly: dict[str, int]

    @property
    def columns(self) -> dict[str, Column]:
        return {column.cell: column for table in self.tables for column in table.columns}

    @property
    def asked(self) -> dict[str, str]:
        """The sources whose completeness the unit confirms, with what it confirms."""
        return {key: str(each["ask"]) for key, each in self.sources.items() if not each.get("always")}


@cache
def layout() -> Layout:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Layout(
        form=told["form"],
        sources=told["sources"],
        tables=tuple(_table(each) for each in told["tables"]),
        checks=tuple(
            Check(c["says"], tuple(c["left"]), tuple(c["right"]), bool(c.get("soft"))) for c in told["checks"]
        ),
        elsewhere=tuple(Elsewhere(**each) for each in told["elsewhere"]),
        rules=told["rules"],
        difference=told["difference"],
        anomaly=told["anomaly"],
    )


def _table(told: dict[str, Any]) -> Table:
    columns = tuple(
        Column(**{**each, "sum": tuple(each.get("sum", ())), "share": tuple(each.get("share", ()))})
        for each in told["columns"]
    )
    return Table(told["id"], told["name"], tuple(told["rules"]), columns, told.get("note", ""))

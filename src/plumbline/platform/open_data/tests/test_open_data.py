"""Files of a dataset: complete, dated, licensed, Chinese headings, no formula; refused when declared wrongly."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plumbline.platform.open_data import Column, Dataset, as_csv, as_json, open_dataset
from plumbline.platform.open_data.registry import _OPEN, Cell

COLUMNS = (
    Column("party", "当事人"),
    Column("fine", "罚款（元）", "number"),
    Column("on", "公开日期", "date"),
)


def made(rows: list[tuple[Cell, ...]], **more: Any) -> Dataset:
    given = {"key": "test-set", "title": "试", "columns": COLUMNS, "updated_on": lambda: date(2026, 11, 2)}
    return Dataset(**{**given, "rows": lambda: iter(rows), **more})


def table(dataset: Dataset) -> list[list[str]]:
    text = b"".join(as_csv(dataset)).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("mark", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_no_cell_of_a_csv_is_a_formula(mark: str) -> None:
    assert table(made([(mark, Decimal("-5.50"), None)]))[1] == ["'" + mark, "-5.50", ""]


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1000])
def test_both_forms_hold_every_row_once(number: int) -> None:
    rows: list[tuple[Cell, ...]] = [(f'甲,"{n}"\n', Decimal(n), date(2026, 1, 1)) for n in range(number)]
    assert [row[0] for row in table(made(rows))[1:]] == [row[0] for row in rows]
    said = json.loads(b"".join(as_json(made(rows))))
    assert [(row["party"], row["fine"], row["on"]) for row in said["rows"]] == [
        (row[0], float(n), "2026-01-01") for n, row in enumerate(rows)
    ]
    assert said["updated_on"] == "2026-11-02" and said["licence"] and said["columns"][0]["label"] == "当事人"


@pytest.mark.parametrize("wrong", [
    {"columns": (*COLUMNS, COLUMNS[0])}, {"columns": (Column("x", "x", "sum"),)}, {"key": "A/b"}, {"key": "数据"},
])  # fmt: skip
def test_a_wrong_declaration_is_refused(wrong: dict[str, Any]) -> None:
    before = dict(_OPEN.datasets)
    with pytest.raises(ValueError):
        open_dataset(made([], **{"key": "right", **wrong}))
    assert before == _OPEN.datasets

"""An XES log as Parquet holds the same rows, in the types that XES states."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pyarrow import parquet

from plumbline.rules.logs import LogFault, open_log, xes_rows, xes_to_parquet

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<x:log xmlns:x="http://www.xes-standard.org/">
  <x:string key="concept:name" value="the log"/>
  <x:trace>
    <x:string key="concept:name" value="A"/>
    <x:string key="district" value="北区"/>
    <x:event>
      <x:string key="concept:name" value="begin"/>
      <x:date key="time:timestamp" value="2024-07-01T00:30:00.000+02:00"/>
      <x:int key="cents" value="10"><x:string key="inner" value="left out"/></x:int>
      <x:list key="parts"><x:values><x:int key="part" value="1"/></x:values></x:list>
    </x:event>
    <x:event>
      <x:string key="concept:name" value="end"/>
      <x:date key="time:timestamp" value="2024-12-01T00:00:00+01:00"/>
      <x:float key="rate" value="0.5"/>
      <x:boolean key="paid" value="true"/>
      <x:int key="mixed" value="1"/>
    </x:event>
  </x:trace>
  <x:trace>
    <x:string key="concept:name" value="B"/>
    <x:event>
      <x:string key="mixed" value="two"/>
      <x:string key="mixed" value="three"/>
      <x:int key="cents" value="20"/>
    </x:event>
  </x:trace>
</x:log>
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.xes"
    path.write_text(LOG, "utf-8")
    return path


def test_rows(log: Path) -> None:
    first, second, third = open_log(log).rows
    assert first == {
        "case": "A",
        "case:district": "北区",
        "concept:name": "begin",
        "time:timestamp": "2024-07-01T00:30:00.000+02:00",
        "cents": "10",
        "parts": None,
    }
    assert second["rate"] == "0.5" and second["case:district"] == "北区"
    assert third == {"case": "B", "mixed": "three", "cents": "20"}


@pytest.mark.parametrize("block", [1, 2, 1000])
def test_parquet(log: Path, tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xes_rows, "_EVENTS_OF_A_BLOCK", block)
    out = tmp_path / "log.parquet"
    assert xes_to_parquet(log, out) == 3
    table = parquet.read_table(out)
    assert table["case"].to_pylist() == ["A", "A", "B"]
    assert table["case:district"].to_pylist() == ["北区", "北区", None]
    assert table["time:timestamp"].to_pylist() == [datetime(2024, 7, 1, 0, 30), datetime(2024, 12, 1), None]
    assert table["time:timestamp:offset"].to_pylist() == [120, 60, None]
    assert table["cents"].to_pylist() == [10, None, 20]
    assert table["rate"].to_pylist() == [None, 0.5, None]
    assert table["paid"].to_pylist() == [None, True, None]
    assert table["mixed"].to_pylist() == [None, "1", "three"]
    assert table["parts"].to_pylist() == [None, None, None]


def test_a_value_that_is_not_of_its_type_stays_text(tmp_path: Path) -> None:
    log, out = tmp_path / "log.xes", tmp_path / "log.parquet"
    log.write_text(LOG.replace('key="cents" value="20"', 'key="cents" value="twenty"'), "utf-8")
    xes_to_parquet(log, out)
    assert parquet.read_table(out)["cents"].to_pylist() == ["10", None, "twenty"]


def test_a_log_in_small_pieces_is_the_same(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(open_log(log).rows)
    monkeypatch.setattr(xes_rows, "_READ_AT_ONCE", 7)
    assert list(open_log(log).rows) == whole


def test_a_log_that_is_cut_off_is_refused(log: Path, tmp_path: Path) -> None:
    log.write_text(LOG[:-40], "utf-8")
    with pytest.raises(LogFault, match="不是完整的 XES"):
        xes_to_parquet(log, tmp_path / "log.parquet")
    assert not (tmp_path / "log.parquet").exists()

"""A log read by columns says what the same log says line by line: every verdict, every count, and no message of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from bench.fines_by_hand import LOG, log_path
from plumbline.packs import traffic_fines
from plumbline.rules import Rule, RuleBook
from plumbline.rules.api import duty
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import Compiled, compile_rules
from plumbline.rules.bulk.flat_log import FlatLog
from plumbline.rules.bulk.log_columns import NotFlat
from plumbline.rules.bulk.running import judge_chunk
from plumbline.rules.bulk.verdict_table import verdict_batch
from plumbline.rules.check_input import CheckInput, read_input
from plumbline.rules.language import (
    Check,
    agency,
    all_of,
    case,
    days_between,
    event,
    exists,
    field,
    it_id,
    on,
)
from plumbline.rules.logs import LogFault, LogMapping, Target, lines_of_log, load_mapping, read_mapping
from plumbline.vocabulary import CHINA, Matter, Registers, load_vocabulary
from tests.parity.readers import COMPARED, Row, by_kernel, by_tree

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

AS_OF = date(2013, 6, 18)
PACK = Path(traffic_fines.__file__).parent
MAPPING = load_mapping(PACK / "log_mapping.yaml")
COMPILED = compile_rules(
    RuleBook.load(["plumbline.packs.traffic_fines"]),
    registers=Registers.none(),
    calendar=None,
    vocabulary=MAPPING.vocabulary,
)
COLUMNS = {
    "case": pa.string(), "act": pa.string(), "ts": pa.timestamp("us"), "amount": pa.float64(),
    "expense": pa.float64(), "totalPaymentAmount": pa.float64(), "paymentAmount": pa.float64(),
    "dismissal": pa.string(), "article": pa.int64(), "points": pa.int64(),
}  # fmt: skip
ACTS = [*MAPPING.targets, "Something Else"]


def write(path: Path, rows: Sequence[dict[str, Any]], **types: pa.DataType) -> Path:
    schema = pa.schema((COLUMNS | types).items())
    parquet.write_table(pa.Table.from_pylist(list(rows), schema=schema), path, row_group_size=7)
    return path


def line_by_line(path: Path, mapping: LogMapping = MAPPING) -> tuple[CheckInput, Any]:
    lines = lines_of_log(path, mapping)
    return read_input(lines, mapping.vocabulary, processes=1), lines.done


def by_columns(
    path: Path,
    as_of: date | datetime,
    *,
    rows: int,
    size: int,
    compiled: Compiled = COMPILED,
    mapping: LogMapping = MAPPING,
) -> tuple[list[Row], FlatLog]:
    log = FlatLog(path, mapping, compiled.program, as_of)
    found = []
    for chunk in log.chunks(rows=rows, size=size):
        answers = judge_chunk(compiled, chunk, as_of)
        worded = [tuple(row[name] for name in COMPARED) for row in answers.rows()]
        table = [
            (*(tuple(v) if n == "flags" else v for n, v in row.items()),)
            for row in verdict_batch(answers).select(list(COMPARED)).to_pylist()
        ]
        assert table == worded
        found += worded
    return sorted(found, key=repr), log


def demand_the_same(
    path: Path,
    as_of: date | datetime,
    *,
    rows: int = 11,
    size: int = 9,
    compiled: Compiled = COMPILED,
    mapping: LogMapping = MAPPING,
) -> int:
    """Both ways agree; gives the number of verdicts."""
    read, done = line_by_line(path, mapping)
    assert read.errors == []
    matters = [Matter.of(read.events_of(name), as_of) for name in read.matters]
    here, log = by_columns(path, as_of, rows=rows, size=size, compiled=compiled, mapping=mapping)
    tree = by_tree(compiled.rules, matters, registers=Registers.none(), calendar=None, as_of=as_of)
    assert here == tree
    assert here == by_kernel(compiled, matters, as_of)
    assert (log.done.written, log.done.matters) == (done.written, done.matters)
    assert log.done.unmapped == done.unmapped
    return len(here)


# -- random logs -------------------------------------------------------------------------------------------------------

_MONEY = st.one_of(
    st.none(),
    st.integers(0, 20_000).map(lambda cents: cents / 100),
    st.sampled_from([0.005, 35.135, 1e-9, 12.3456, 2.675, float("nan"), 90_071_992_547_409.0]),
)
_WHOLE = st.one_of(st.none(), st.integers(0, 300))
_DAYS = st.integers(0, 40).map(lambda days: datetime(2012, 12, 1) + timedelta(days=days))
_TIMES = st.builds(
    lambda day, second: day + timedelta(microseconds=second),
    _DAYS,
    st.sampled_from([0, 0, 0, 1, 1_000_000, 37_000_000_000, 40_000_500_000, 86_399_000_000]),
)


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(["A1", "A-1", "b/2", "C", "A10", "Z.9"]), unique=True, min_size=1))
    rows = []
    for name in names:
        for act in draw(st.lists(st.sampled_from(ACTS), min_size=1, max_size=8)):
            rows.append(
                {
                    "case": name,
                    "act": act,
                    "ts": draw(_TIMES),
                    "amount": draw(_MONEY),
                    "expense": draw(_MONEY),
                    "totalPaymentAmount": draw(_MONEY),
                    "paymentAmount": draw(_MONEY),
                    "dismissal": draw(st.sampled_from([None, "", "NIL", "G", "#"])),
                    "article": draw(_WHOLE),
                    "points": draw(_WHOLE),
                }
            )
    return rows


@given(
    logs(),
    st.sampled_from([AS_OF, date(2012, 12, 20), datetime(2012, 12, 15, 10, 16, 40, tzinfo=CHINA)]),
    st.integers(1, 12),
    st.integers(1, 12),
)
def test_a_random_log_is_judged_alike(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, Any]],
    as_of: date | datetime,
    batch: int,
    size: int,
) -> None:
    path = write(tmp_path_factory.mktemp("log") / "log.parquet", rows)
    if all(row["act"] == "Something Else" for row in rows):
        with pytest.raises(LogFault, match="没有一个事件被转换"):
            by_columns(path, as_of, rows=batch, size=size)
        return
    demand_the_same(path, as_of, rows=batch, size=size)


ROW = {
    "case": "A1", "act": "Create Fine", "ts": datetime(2006, 7, 24), "amount": 35.0, "dismissal": "NIL",
    "article": 157, "points": 0, "totalPaymentAmount": 0.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("types", "changes"),
    [
        ({"case": pa.int64()}, {"case": 17}),
        ({"case": pa.large_string(), "act": pa.dictionary(pa.int8(), pa.string())}, {}),
        ({"ts": pa.timestamp("ns")}, {}),
        ({"ts": pa.timestamp("s", tz="Europe/Rome")}, {}),
        ({"ts": pa.date32()}, {"ts": date(2006, 7, 24)}),
        ({"amount": pa.float32()}, {"amount": 35.1}),
        ({"amount": pa.string()}, {"amount": "35.135"}),
        ({"amount": pa.int64()}, {"amount": 35}),
        ({"amount": pa.decimal128(9, 3)}, {"amount": 35}),
        ({"article": pa.float64()}, {"article": 157.0}),
        ({"dismissal": pa.int64()}, {"dismissal": 3}),
        ({"dismissal": pa.dictionary(pa.int32(), pa.string())}, {}),
    ],
)
def test_a_column_of_another_type_means_the_same(
    tmp_path: Path, types: dict[str, pa.DataType], changes: dict[str, Any]
) -> None:
    rows = [ROW | changes, ROW | changes | {"act": "Add penalty"}, ROW | changes | {"act": "Payment"}]
    assert demand_the_same(write(tmp_path / "log.parquet", rows, **types), AS_OF)


# -- what is not read by columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([ROW, ROW | {"case": "B"}, ROW], id="rows of a case apart"),
        pytest.param([ROW | {"case": f"A{n % 30}"} for n in range(60)], id="far apart"),
        pytest.param([ROW | {"case": "中"}], id="an id that is none"),
        pytest.param([ROW | {"case": "A" * 91}], id="an id too long"),
        pytest.param([ROW | {"case": "A\n"}], id="an id and more"),
        pytest.param([ROW, ROW | {"case": None}], id="no id"),
        pytest.param([ROW, ROW | {"act": ""}], id="no activity"),
        pytest.param([ROW, ROW | {"ts": None}], id="no time"),
        pytest.param([ROW, ROW | {"amount": 1e16}], id="an amount beyond the contract"),
        pytest.param([ROW, ROW | {"amount": float("inf")}], id="no amount at all"),
        pytest.param([ROW, ROW | {"points": 2**60}], id="a number beyond the contract"),
    ],
)
def test_what_is_refused_or_scattered_is_left_to_the_lines(
    tmp_path: Path, rows: list[dict[str, Any]]
) -> None:
    path = write(tmp_path / "log.parquet", rows)
    for batch in (1, 4, 1000):
        with pytest.raises(NotFlat):
            by_columns(path, AS_OF, rows=batch, size=2)


def test_a_refused_value_of_another_activity_is_nobodys_business(tmp_path: Path) -> None:
    """The amount of a row whose activity has no amount is not looked at."""
    path = write(tmp_path / "log.parquet", [ROW, ROW | {"act": "Send Fine", "amount": float("inf")}])
    assert demand_the_same(path, AS_OF) == 1


# -- the contract's own words ------------------------------------------------------------------------------------------

ACTIVITIES = {
    "Clue": {"activity": "clue_received", "data": {"item": "text", "domain": "text"}},
    "Notice": {
        "activity": "penalty_notice_served",
        "data": {"method": "text", "posted_on": "text", "item": "text"},
    },
    "Paid": {"activity": "fine_paid", "data": {"amount": "cents"}},
}
RULES = (
    Rule(
        id="ITEM", subject=("clue_received", "penalty_notice_served", "fine_paid"), duty_zh="案由相同",
        require=Check(all_of(case("item").eq("CG-1"), agency().eq("AG-1"))), own_facts=duty("ITEM", source="test"),
    ),
    Rule(
        id="POSTED", subject=("penalty_notice_served",), duty_zh="寄出在先",
        require=Check(days_between(field("posted_on"), on()).le(3)), own_facts=duty("POSTED", source="test"),
    ),
    Rule(
        id="PAID", subject=("fine_paid",), duty_zh="缴款", require=Check(field("amount").ge(5_000)),
        own_facts=duty("PAID", source="test"),
    ),
    Rule(
        id="NAMED", subject=("penalty_notice_served",), duty_zh="案由是线索的事件号",
        require=Check(exists(event("clue_received", where=it_id().eq(field("item"))))),
        own_facts=duty("NAMED", source="test"),
    ),
)  # fmt: skip


def mapping_of(activities: dict[str, Any]) -> LogMapping:
    known = {"kind": "penalty", "agency": "AG-1", "case": "case", "activity": "act", "time": "ts"}
    return read_mapping({**known, "activities": activities}, load_vocabulary())


def compiled_of(*rules: Rule) -> Compiled:
    return compile_rules(rules, registers=Registers.none(), calendar=None)


def test_attributes_dates_and_required_fields_mean_the_same(tmp_path: Path) -> None:
    """An attribute is the event's own, else the latest before, else the first after; dates and codes compare as they do."""
    acts = ["Paid", "Clue", "Paid", "Notice", "Notice", "Paid"]
    items = [None, "CG-1", None, "M0-1", "M1-1", None]
    rows = [
        {
            "case": f"M{number}", "act": act, "ts": datetime(2026, 3, 1 + place, 9), "method": "postal",
            "posted_on": [None, "2026-03-02", "2026-02-20"][(number + place) % 3], "domain": "market",
            "item": items[(place + number) % len(items)], "amount": [10.0, 50.0, 60.55][place % 3],
        }
        for number in range(6)
        for place, act in enumerate(acts)
    ]  # fmt: skip
    types = {name: pa.string() for name in ("method", "posted_on", "item", "domain")}
    compiled, mapping = compiled_of(*RULES), mapping_of(ACTIVITIES)
    path = write(tmp_path / "log.parquet", rows, **types)
    moment = date(2026, 4, 1)
    assert demand_the_same(path, moment, compiled=compiled, mapping=mapping) == 36 + 12 + 18 + 12
    read = by_columns(path, moment, rows=5, size=4, compiled=compiled, mapping=mapping)[0]
    assert {row[3] for row in read} == {"met", "breached", "unknown"}
    assert ("NAMED", "met") in {(row[1], row[3]) for row in read}
    for wrong in ({"method": None}, {"amount": -1.0}, {"domain": "nowhere"}, {"posted_on": "2026-02-30"}):
        path = write(tmp_path / "wrong.parquet", [row | wrong for row in rows], **types)
        with pytest.raises(NotFlat):
            by_columns(path, moment, rows=5, size=4, compiled=compiled, mapping=mapping)
        assert line_by_line(path, mapping)[0].errors


@pytest.mark.parametrize(
    "activities",
    [
        pytest.param({"Paid": {"activity": "fine_paid"}}, id="a required field that is not mapped"),
        pytest.param(
            {"Decided": {"activity": "decision_made", "data": {"outcome": "act", "procedure": "act"}}},
            id="a field that decides what else is required",
        ),
        pytest.param({"Voided": {"activity": "event_voided", "data": {"voids": "act"}}}, id="a voiding"),
        pytest.param(
            {"Closed": {"activity": "disclosure_request_received"}},
            id="an activity of another kind of matter",
        ),
    ],
)
def test_a_mapping_for_which_columns_do_not_do_is_left_to_the_lines(
    tmp_path: Path, activities: dict[str, Any]
) -> None:
    for target in activities.values():
        target["data"] = {name: {"column": "act"} for name in target.get("data", {})}
    with pytest.raises(NotFlat):
        FlatLog(write(tmp_path / "log.parquet", [ROW]), mapping_of(activities), compiled_of().program, AS_OF)


def test_rules_that_look_beyond_the_columns_are_left_to_the_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "log.parquet", [ROW])
    book = RuleBook.load(STANDARD_PACKS)
    program = compile_rules(book, registers=Registers.none(), calendar=None).program
    asked = sorted(set().union(*program.joined_at.values()))
    assert asked
    mapping = replace(mapping_of(ACTIVITIES), targets={"Create Fine": Target(asked[0], ())})
    with pytest.raises(NotFlat, match="own matter"):
        FlatLog(path, mapping, program, AS_OF)


# -- the real log ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not log_path().exists(),
    reason=f"THE REAL LOG WAS NOT CHECKED: {log_path()} is not there; set {LOG} to road_traffic_fines.parquet",
)
def test_the_first_cases_of_the_fines_log_are_judged_alike(tmp_path: Path) -> None:
    head = parquet.ParquetFile(log_path()).read().slice(0, 12_000)
    last = head["case"][-1].as_py()
    whole = head.filter(pc.not_equal(head["case"], last))
    parquet.write_table(whole, tmp_path / "log.parquet", row_group_size=5_000)
    assert demand_the_same(tmp_path / "log.parquet", AS_OF, rows=4_000, size=1_000) > 9_000

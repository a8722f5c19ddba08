"""The functions for people who write rules of their own: what they take, what they refuse, and that all ways agree."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from plumbline.law import statutory_calendar
from plumbline.rules import LogFault, Rule, Verdict, duty, judge, read_log, vocabulary, write_report
from plumbline.rules.check_command import main
from plumbline.rules.language import Check, Clock, Stop, Within, event, field

from .test_log_convert import _logs

WORDS = vocabulary(
    "parcel", {"ordered": {"cents": "int", "grade": "grade"}, "shipped": {}}, enums={"grade": ["a", "b"]}
)
MAPPING: dict[str, Any] = {
    "kind": "parcel", "agency": "SHOP", "case": "case", "activity": "act", "time": "ts", "date_only_at_midnight": True,
    "activities": {
        "Create Fine": {"activity": "ordered", "data": {"cents": {"column": "amount", "as": "cents"}}},
        "Send Fine": {"activity": "shipped"},
    },
}  # fmt: skip
AS_OF = date(2013, 6, 18)


def _shipped(unit: str = "cd", n: int = 90) -> Rule:
    return Rule(
        id="SHIP",
        subject=("ordered",),
        require=Within(Clock(n, unit, roll=False), (Stop(event("shipped", place="after")),)),
        duty_zh="按期发货",
        own_facts=duty("SHIP", source="the shop's own terms"),
    )


def _said(verdicts: Any) -> list[tuple[str, str | None, str]]:
    return [(v.matter, v.subject, v.verdict) for v in verdicts]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xes", "xes.gz", "parquet"])
def test_a_log_of_any_format_is_judged(kind: str, tmp_path: Path) -> None:
    mapping = MAPPING | {"activity": ["act", "concept:name"], "time": ["ts", "time:timestamp"]}
    log = read_log(_logs(tmp_path)[kind], mapping, vocabulary=WORDS)
    assert (log.matters, log.events, log.left_out) == (2, 3, {})
    assert _said(judge([_shipped()], log, as_of=AS_OF)) == [
        ("A1", "A1-0", "breached"),
        ("A2", "A2-0", "breached"),
    ]
    assert _said(judge([_shipped(n=134)], log, as_of=AS_OF))[0] == ("A1", "A1-0", "met")


def test_every_nth_case_is_kept_whole(tmp_path: Path) -> None:
    log = read_log(_logs(tmp_path)["csv"], MAPPING, vocabulary=WORDS, every=2)
    assert (log.matters, log.events) == (1, 2)
    assert {verdict.matter for verdict in judge([_shipped()], log, as_of=AS_OF)} == {"A1"}


def test_working_days_need_a_calendar(tmp_path: Path) -> None:
    log = read_log(_logs(tmp_path)["csv"], MAPPING, vocabulary=WORDS)
    rule = _shipped("wd", 95)

    def first(**more: Any) -> Verdict:
        return next(judge([rule], log, as_of=AS_OF, **more))

    assert (first().verdict, first().missing) == ("unknown", ("registers.holidays",))
    assert first(calendar=statutory_calendar()).verdict == "met"


def test_what_is_not_mapped_is_counted_and_what_is_wrong_is_refused(tmp_path: Path) -> None:
    source = _logs(tmp_path)["csv"]
    less = MAPPING | {"activities": {"Create Fine": {"activity": "ordered"}}}
    assert read_log(source, less, vocabulary=WORDS).left_out == {"Send Fine": 1}
    with pytest.raises(LogFault, match="没有活动 orderd，是否应为 ordered"):
        read_log(source, MAPPING | {"activities": {"Create Fine": {"activity": "orderd"}}}, vocabulary=WORDS)
    wrong = {"activity": "ordered", "data": {"grade": {"column": "dismissal"}}}
    with pytest.raises(LogFault, match=r"data\.grade"):
        read_log(source, MAPPING | {"activities": {"Create Fine": wrong}}, vocabulary=WORDS)
    with pytest.raises(LogFault, match=r"--mapping"):
        read_log(source)
    with pytest.raises(ValueError, match="another meaning: case_filed"):
        vocabulary("parcel", {"case_filed": {}})


def test_a_report_says_what_the_verdicts_say(tmp_path: Path) -> None:
    log = read_log(_logs(tmp_path)["csv"], MAPPING, vocabulary=WORDS)
    rules = [_shipped(n=134), Rule(
        id="GRADE", subject=("ordered",), require=Check(field("grade").eq("a")), duty_zh="写明等级",
        own_facts=duty("GRADE", source="the shop's own terms"),
    )]  # fmt: skip
    verdicts = list(judge(rules, log, as_of=AS_OF))
    totals = write_report(rules, log, as_of=AS_OF, out=tmp_path / "r.jsonl")
    lines = [orjson.loads(line) for line in (tmp_path / "r.jsonl").read_bytes().splitlines()]
    assert lines == [verdict.to_json() for verdict in verdicts]
    assert totals.counts == Counter((v.rule, v.verdict) for v in verdicts)
    assert (totals.matters, totals.events) == (2, 3)
    with pytest.raises(ValueError, match="there are jsonl"):
        write_report(rules, log, as_of=AS_OF, out=tmp_path / "r.pdf")


# -- plumbline check, on a log in one step -----------------------------------------------------------------------------

PACK = ["--pack", "plumbline.packs.traffic_fines", "--as-of", "2013-06-18"]


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xes", "xes.gz", "parquet"])
def test_check_takes_a_log_in_one_step(
    kind: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """By the mapping that the pack brings, or by one that is given."""
    from plumbline.surfaces.exchange.log_convert import DEFAULT
    from plumbline.surfaces.exchange.log_convert import main as convert

    log, events = _logs(tmp_path)[kind], tmp_path / "events.jsonl"
    assert convert([str(log), "--out", str(events)]) == 0
    outputs = []
    for words in ([str(events)], [str(log)], [str(log), "--mapping", str(DEFAULT)]):
        assert main([*words, *PACK]) == 0
        outputs.append(capfdbinary.readouterr().out)
    assert outputs[0]
    assert outputs[0] == outputs[1] == outputs[2]


def test_check_uses_the_words_of_the_mapping(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A mapping may hold its own words; the standard packs then look at the events that they know."""
    log, mapping = _logs(tmp_path)["csv"], tmp_path / "mapping.yaml"
    mapping.write_text(
        "kind: penalty\nagency: A-1\ncase: case\nactivity: act\ntime: ts\n"
        "vocabulary: {enums: {}, activities: {parcel_sent: {zh: 寄出, kinds: [penalty], data: {}}}}\n"
        "activities: {Create Fine: {activity: decision_made, data: {}}, Send Fine: {activity: parcel_sent}}\n",
        "utf-8",
    )
    assert main([str(log), "--mapping", str(mapping), "--as-of", "2013-06-18"]) == 2
    said = capfd.readouterr().err
    assert "E-REQUIRED" in said  # a decision has to say its outcome
    assert "parcel_sent" not in said
    mapping.write_text(mapping.read_text("utf-8").replace("decision_made", "case_closed"), "utf-8")
    assert main([str(log), "--mapping", str(mapping), "--as-of", "2013-06-18", "--format", "table"]) == 0
    assert "2 个事项，3 个事件" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["log.csv"], "请用 --mapping 写明映射文件"),
        (["log.xes"], "请用 --mapping 写明映射文件"),
        (["log.csv", "--mapping", "nowhere.yaml"], "找不到映射文件 nowhere.yaml"),
        (["nowhere.csv", *PACK], "找不到日志文件 nowhere.csv"),
        (["-", "--mapping", "nowhere.yaml"], "标准输入只能是事件"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _logs(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("没有检查：")
    assert said in captured.err


def test_what_the_mapping_leaves_out_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log.csv"
    log.write_text(_logs(tmp_path)["csv"].read_text("utf-8-sig").replace("Send Fine", "Lose Fine"), "utf-8")
    assert main([str(log), *PACK, "--format", "table"]) == 0
    assert "映射中没有的活动，已略去：Lose Fine 1 次" in capfd.readouterr().err

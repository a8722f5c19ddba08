"""Converting logs of other systems: three formats, one meaning; what is wrong is named before anything is written."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path

import orjson
import pyarrow
import pytest
from pyarrow import parquet

from plumbline.rules.logs import LogFault, load_mapping
from plumbline.surfaces.exchange.log_convert import DEFAULT, main

HEADER = "case,act,ts,amount,expense,dismissal,article,points,totalPaymentAmount,paymentAmount"
CSV = f"""{HEADER}
A1,Create Fine,2006-07-24 00:00:00,35.0,,NIL,157,0,0.0,
A1,Send Fine,2006-12-05 00:00:00,,11.0,,,,,
A2,Create Fine,2006-07-24 10:30:00,35.135,,D,157,0,0.0,
"""
EXPECTED = [
    {
        "id": "A1-0", "matter": "A1", "kind": "traffic_fine", "activity": "fine_created", "occurred_at": "2006-07-24",
        "recorded_at": "2006-07-24T23:59:59+08:00", "agency": "LOG-LOCAL-POLICE",
        "data": {"amount": 3500, "dismissal": "none", "article": 157, "points": 0, "paid_in_all": 0},
    },
    {
        "id": "A1-1", "matter": "A1", "kind": "traffic_fine", "activity": "fine_sent", "occurred_at": "2006-12-05",
        "recorded_at": "2006-12-05T23:59:59+08:00", "agency": "LOG-LOCAL-POLICE", "data": {"expense": 1100},
    },
    {
        "id": "A2-0", "matter": "A2", "kind": "traffic_fine", "activity": "fine_created",
        "occurred_at": "2006-07-24T10:30:00+08:00", "recorded_at": "2006-07-24T10:30:00+08:00",
        "agency": "LOG-LOCAL-POLICE",
        "data": {"amount": 3514, "dismissal": "dismissed", "article": 157, "points": 0, "paid_in_all": 0},
    },
]  # fmt: skip


def _xes() -> str:
    def event(act: str, at: str, **data: str) -> str:
        own = "".join(f'<string key="{key}" value="{value}"/>' for key, value in data.items())
        return f'<event><string key="concept:name" value="{act}"/><date key="time:timestamp" value="{at}"/>{own}</event>'

    first = {"dismissal": "NIL", "article": "157", "points": "0", "totalPaymentAmount": "0.0"}
    a1 = event("Create Fine", "2006-07-24T00:00:00+02:00", amount="35.0", **first)
    a1 += event("Send Fine", "2006-12-05T00:00:00+01:00", expense="11.0")
    a2 = event("Create Fine", "2006-07-24T10:30:00+02:00", amount="35.135", **first | {"dismissal": "D"})
    traces = "".join(
        f'<trace><string key="concept:name" value="{case}"/>{events}</trace>'
        for case, events in (("A1", a1), ("A2", a2))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><log xmlns="http://www.xes-standard.org/">'
        f'<string key="concept:name" value="the log"/>{traces}</log>'
    )


def _parquet(path: Path) -> None:
    rows = [dict(zip(HEADER.split(","), line.split(","), strict=True)) for line in CSV.splitlines()[1:]]
    numbers = {"amount", "expense", "totalPaymentAmount", "paymentAmount"}

    def value(name: str, text: str) -> object:
        if name == "ts":
            return datetime.fromisoformat(text)
        if text == "":
            return None
        return float(text) if name in numbers else int(text) if name in {"article", "points"} else text

    parquet.write_table(
        pyarrow.Table.from_pylist([{k: value(k, v) for k, v in r.items()} for r in rows]), path
    )


def _logs(folder: Path) -> dict[str, Path]:
    paths = {kind: folder / f"log.{kind}" for kind in ("csv", "csv.gz", "xes", "xes.gz", "parquet")}
    paths["csv"].write_text("\ufeff" + CSV, "utf-8")
    paths["csv.gz"].write_bytes(gzip.compress(CSV.encode()))
    paths["xes"].write_text(_xes(), "utf-8")
    paths["xes.gz"].write_bytes(gzip.compress(_xes().encode()))
    _parquet(paths["parquet"])
    return paths


@pytest.mark.parametrize("kind", ["csv", "csv.gz", "xes", "xes.gz", "parquet"])
def test_every_format_gives_the_same_events(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    assert main([str(_logs(tmp_path)[kind]), "--out", str(out)]) == 0
    assert [orjson.loads(line) for line in out.read_bytes().splitlines()] == EXPECTED


def test_what_is_converted_can_be_checked(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    from plumbline.rules.check_command import main as check

    out = tmp_path / "events.jsonl"
    assert main([str(_logs(tmp_path)["csv"]), "--out", str(out)]) == 0
    assert check([str(out), "--pack", "plumbline.packs.traffic_fines", "--as-of", "2013-06-18"]) == 0
    verdicts = [orjson.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {v["subject"]: v["verdict"] for v in verdicts if v["rule"] == "RTF-SEND-90d"} == {
        "A1-0": "breached",
        "A2-0": "breached",
    }


WRONG = {
    "a column the log does not have": (
        CSV.replace("amount,expense", "amout,expense", 1),
        "amount，是否应为 amout",
    ),
    "no case column": (CSV.replace("case,", "id,", 1), "case 或 concept:name"),
    "a time nobody understands": (CSV.replace("2006-12-05 00:00:00", "05.12.2006", 1), "第 2 个事件的时间"),
    "no number": (CSV.replace("35.135", "abc", 1), "第 3 个事件的 amount 应为金额，收到 abc"),
    "a row too short": (CSV + "A3,Create Fine\n", "第 5 行有 2 列"),
    "an id that is none": (CSV.replace("A2,", "案件二,", 1), "第 3 个事件的事项号“案件二”"),
    "an open quote": (CSV + 'A3,"Create Fine\n', "不是完整的 CSV"),
    "a column twice": (CSV.replace("case,act,ts,amount", "case,act,ts,act", 1), "重复的列名：act"),
    "nothing": ("", "空文件"),
    "no activity that is mapped": (CSV.replace(" Fine,", " Ticket,"), "没有一个事件被转换"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_log_is_named_and_leaves_no_file(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    text, said = WRONG[name]
    log, out = tmp_path / "log.csv", tmp_path / "events.jsonl"
    log.write_text(text, "utf-8")
    assert main([str(log), "--out", str(out)]) == 2
    assert said in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == [log]


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("log.csv", CSV.replace("NIL", "撤销").encode("gbk"), "第 2 行不是 UTF-8"),
        ("log.csv.gz", gzip.compress(CSV.encode())[:-12], "压缩内容不完整"),
        ("log.xes", _xes().encode()[:-30], "不是完整的 XES"),
        ("log.xes", b'<!DOCTYPE log [<!ENTITY a "a">]><log>&a;</log>', "实体"),
        ("log.parquet", b"PAR1 nothing", "不是 Parquet"),
        ("log.xlsx", b"PK", "不认识的日志格式"),
    ],
)
def test_a_broken_file_is_named(
    file: str, content: bytes, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / file
    log.write_bytes(content)
    assert main([str(log), "--out", str(tmp_path / "out.jsonl")]) == 2
    assert said in capfd.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fine_created", "fine_creatd", "没有活动 fine_creatd，是否应为 fine_created"),
        ("expense: cents", "expens: cents", "没有字段 expens，是否应为 expense"),
        ("expense: cents", "expense: euros", "euros 应为"),
        ("kind: traffic_fine", "kind: traffic_fin", "契约中没有 traffic_fin"),
        ("time: [", "tyme: [", "没有“tyme”这一项，是否应为 time"),
        ("agency: LOG-LOCAL-POLICE", "", "缺少“agency”"),
        ("values: dismissal}", "values: dismiss}", "对照表 dismiss 没有写在 values 中"),
    ],
)
def test_a_wrong_mapping_is_named(old: str, new: str, said: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    text = DEFAULT.read_text("utf-8")
    assert old in text
    mapping.write_text(text.replace(old, new, 1), "utf-8")
    (tmp_path / "vocabulary.yaml").write_bytes((DEFAULT.parent / "vocabulary.yaml").read_bytes())
    with pytest.raises(LogFault, match=said):
        load_mapping(mapping)

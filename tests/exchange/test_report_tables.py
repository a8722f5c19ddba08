"""CSV, XLSX and HTML say what the contract's own format says, in a form for people that is safe to open."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from plumbline.platform import ui
from plumbline.rules import Rule, duty, read_log, write_report
from plumbline.rules.check_command import main
from plumbline.rules.language import Check, field
from plumbline.rules.reports import cells, svg
from plumbline.rules.reports.base import VERDICTS, VERDICTS_ZH
from plumbline.rules.reports.findings import CLASSES, Findings
from plumbline.rules.reports.formats import workbook
from plumbline.rules.reports.formats.page import SHEET

from .reports import EVENTS, USUAL, verdicts, written

HEADINGS = [column.heading for column in cells.COLUMNS]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    """The rows of each sheet as they lie in the file; also that no cell holds a formula."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        names = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            content = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(content.iter(f"{MAIN}f"))
            found[name] = [[_cell(cell) for cell in row] for row in content.iter(f"{MAIN}row")]
    return found


def _cell(cell: Any) -> Any:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    return float(cell.findtext(f"{MAIN}v", "nan"))


def test_a_csv_row_says_what_the_verdict_says(tmp_path: Path) -> None:
    content = written(tmp_path, "csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert heading == HEADINGS
    said = [dict(zip(heading, row, strict=True)) for row in rows]
    expected = verdicts(tmp_path)
    assert len(said) == len(expected)
    for row, verdict in zip(said, expected, strict=True):
        assert (row["事项"], row["规则"], row["事件号"]) == (
            verdict["matter"], verdict["rule"], verdict["subject"],
        )  # fmt: skip
        assert (row["代码"], row["结论"]) == (verdict["verdict"], VERDICTS_ZH[verdict["verdict"]])
        assert row["期满"].replace(" ", "T")[:16] == (verdict["due"] or "")[:16]
        assert row["说明"] == verdict["explanation_zh"]
        assert row["依据"] == verdict["citation"]["law"] + verdict["citation"]["article"]
        assert row["有关事件"].split() == verdict["events"]
    late = next(row for row in said if row["规则"] == "APL-61-serve-7wd" and row["事项"] == "WZ-CG-2026-0107")
    assert (late["期限"], late["单位"], late["机关"]) == ("7", "工作日", "新洲区人民政府仓埠街道办事处")
    assert int(late["超出"]) == int(late["已用"]) - 7 > 0


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_taken_for_a_formula(mark: str) -> None:
    assert cells.guarded(f"{mark}1+1") == f"'{mark}1+1"
    assert cells.guarded(f"1{mark}1") == f"1{mark}1"


def test_an_id_that_looks_like_a_formula_is_defused_in_the_file(tmp_path: Path) -> None:
    """Ids cannot begin so; what a pack says of itself can."""
    source = tmp_path / "log.csv"
    source.write_text("c,a,t\nM1,x,2026-01-01 10:00:00\n", "utf-8")
    mapping = {
        "kind": "penalty", "agency": "A", "case": "c", "activity": "a", "time": "t",
        "activities": {"x": {"activity": "case_closed"}},
    }  # fmt: skip
    log = read_log(source, mapping)
    rule = Rule(
        id="R-1",
        subject=("case_closed",),
        require=Check(field("closure").eq("fulfilled")),
        duty_zh="=1+1",
        own_facts=duty("R-1", source="@law"),
    )
    for name in ("csv", "xlsx"):
        out = tmp_path / f"r.{name}"
        write_report([rule], log, as_of=date(2026, 5, 1), out=out)
        if name == "csv":
            row = next(iter(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"), newline=""))))
            assert (row["义务"], row["依据"]) == ("'=1+1", "'@law")
        else:
            assert "'=1+1" in _sheets(out)["结论"][1]


def test_a_workbook_holds_every_verdict_and_its_counts(tmp_path: Path) -> None:
    sheets = _sheets(written(tmp_path, "xlsx"))
    assert list(sheets) == ["结论", "按规则", "按机关", "说明"]
    expected = verdicts(tmp_path)
    heading, *rows = sheets["结论"]
    assert heading == HEADINGS
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (v["matter"], VERDICTS_ZH[v["verdict"]], v["rule"]) for v in expected
    ]
    by_rule = {row[0]: row[-7:] for row in sheets["按规则"][1:]}
    counts = Counter((v["rule"], v["verdict"]) for v in expected)
    assert by_rule == {
        rule: [*(counts[rule, verdict] for verdict in VERDICTS), sum(n for (r, _), n in counts.items() if r == rule)]
        for rule, _ in counts
    }  # fmt: skip
    assert [row[0] for row in sheets["按机关"][1:]] == ["AG-ST-003"]
    assert sheets["按机关"][1][-1] == len(expected)
    said = {row[0]: row[1] for row in sheets["说明"]}
    assert said["截至"] == "2026-05-20"
    assert (said["事项数"], said["事件数"], said["结论数"]) == (4, 55, len(expected))
    assert "plumbline.packs.penalty" in said["规则包"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", said["准绳版本"])


def test_a_full_sheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS_OF_A_SHEET", 100)
    sheets = _sheets(written(tmp_path, "xlsx"))
    expected = verdicts(tmp_path)
    parts = [rows for name, rows in sheets.items() if name.startswith("结论")]
    assert len(parts) == -(-len(expected) // 99) > 1
    assert all(rows[0] == HEADINGS for rows in parts)
    assert [row[2] for rows in parts for row in rows[1:]] == [v["rule"] for v in expected]
    assert "分在" in next(row[1] for row in sheets["说明"] if row[0] == "分表")


class _Page(HTMLParser):
    """Tags in their places, the text, and what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "img", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _page(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    assert page.open == []
    return page


def test_the_page_is_whole_in_itself_and_says_what_was_found(tmp_path: Path) -> None:
    page = _page(written(tmp_path, "html"))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object"}
    addresses = [attrs[key] for _, attrs in page.tags for key in ("src", "href") if attrs.get(key)]
    ids = {attrs.get("id") for _, attrs in page.tags}
    assert addresses
    assert all(str(address).startswith("#") and str(address)[1:] in ids for address in addresses)
    assert ("html", {"lang": "zh-Hans-CN"}) in page.tags
    text = "".join(page.text)
    counts = Counter(v["verdict"] for v in verdicts(tmp_path))
    assert (
        f"4 个事项中，{len({v['matter'] for v in verdicts(tmp_path) if v['verdict'] == 'breached'})} 个有违反"
        in text
    )
    assert f"共 {counts['breached']} 处" in text
    assert "不等于符合" in text
    for heading in (
        "各规则的结论",
        "违反：按月",
        "违反：按机关",
        "超期多久",
        "最严重的违反",
        "缺少的事实",
        "本次检查",
    ):
        assert heading in text
    assert "未经法制审核作出决定" in text


def test_every_drawing_has_words_and_a_table(tmp_path: Path) -> None:
    page = _page(written(tmp_path, "html"))
    drawings = [attrs for tag, attrs in page.tags if tag == "svg"]
    assert all(attrs.get("aria-label") or attrs.get("aria-hidden") == "true" for attrs in drawings)
    assert sum(tag == "figure" for tag, _ in page.tags) >= 3
    regions = [attrs for tag, attrs in page.tags if attrs.get("role") == "region"]
    assert all(attrs["aria-label"] and attrs["tabindex"] == "0" for attrs in regions)
    assert not [attrs for _, attrs in page.tags if "style" in attrs]


def test_the_page_draws_the_days_of_a_count(tmp_path: Path) -> None:
    assert main([str(EVENTS), *USUAL, "--out", str(tmp_path / "r.html")]) == 0
    text = (tmp_path / "r.html").read_text("utf-8")
    served = next(part for part in text.split("<article>")[1:] if "APL-61-serve-7wd" in part)
    assert '<li class="due"><span>五</span><b>04-10</b><span>到期</span></li>' in served
    assert re.search(r'<li class="off"><span>六</span><b>04-04</b><span>[^<]+</span></li>', served)


def test_what_a_file_says_is_no_markup(tmp_path: Path) -> None:
    """The name of a file may hold anything."""
    source = tmp_path / "<b>&事件.jsonl"
    source.write_bytes(EVENTS.read_bytes())
    text = written(tmp_path, "html", source=source).read_text("utf-8")
    assert "&lt;b&gt;&amp;事件.jsonl" in text
    assert "<b>&" not in text


def test_the_sheet_has_the_colours_of_the_product() -> None:
    tokens = Path(ui.__file__ or "").with_name("static") / "ui" / "tokens.css"
    value = re.compile(r"(--[a-z0-9-]+):\s*([^;]+);")
    product = dict(value.findall(tokens.read_text("utf-8")))
    ours = dict(value.findall(SHEET.read_text("utf-8")))
    assert {name: product[name] for name in ours} == ours
    drawn = {svg.INK, svg.META, svg.RULE, svg.LINE, svg.BLUE, *svg.VERDICT_COLOURS.values()}
    assert drawn <= set(product.values())


def test_days_over_are_put_into_classes_without_loss() -> None:
    findings = Findings()
    findings.over.update({("wd", over): over for over in range(1, 400)})
    findings.over["cd", 2] = 5
    classes = findings.overruns("wd")
    assert [name for name, _ in classes][:3] == ["1", "2–3", "4–7"]
    assert classes[-1] == (f"{CLASSES[-1]} 以上", sum(range(366, 400)))
    assert sum(number for _, number in classes) == sum(range(1, 400))
    assert findings.overruns("cd") == [("1", 0), ("2–3", 5)]
    assert findings.overruns("h") == []


def test_months_without_a_breach_are_shown() -> None:
    findings = Findings()
    findings.breaches_by_month.update({"2025-11": 2, "2026-02": 1})
    assert findings.months() == [("2025-11", 2), ("2025-12", 0), ("2026-01", 0), ("2026-02", 1)]


def test_columns_are_as_high_as_their_numbers() -> None:
    drawing = ElementTree.fromstring(svg.columns("图", [("甲", 10), ("乙<", 5), ("丙", 0)], unit="处"))
    bars = [float(r.get("height", "0")) for r in drawing.iter("{http://www.w3.org/2000/svg}rect")]
    assert bars == [180.0, 90.0, 0.0]
    assert drawing.get("aria-label") == "图。甲 10 处，乙< 5 处，丙 0 处"


@pytest.mark.parametrize("highest", [0, 1, 4, 5, 6, 9, 10, 11, 49, 50, 51, 99, 101, 12_345, 49_772])
def test_a_scale_reaches_the_highest_value_in_few_round_steps(highest: int) -> None:
    top, ticks = svg._scale(highest)
    assert top >= max(1, highest)
    assert ticks[0] == 0
    assert ticks[-1] == top
    assert len(ticks) <= 6

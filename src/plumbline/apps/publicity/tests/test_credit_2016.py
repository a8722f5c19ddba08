"""The layout of 2016 read and written, line by line, and the platform's answer to what was sent."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.publicity import credit
from plumbline.apps.publicity.credit_2016 import as_2016, headings, read_2016
from plumbline.apps.publicity.credit_intake import take_in_answer, take_in_file
from plumbline.apps.publicity.models import CreditFile, CreditRow, Publication
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.lists.sheets import UnreadableBook
from plumbline.platform.scope.rows import set_database_scope

CODE, NAME = "91110000600037341L", "某区城市管理局"
GOOD = {
    "行政处罚决定书文号": "新城管罚〔2017〕1号", "处罚名称": "随意倾倒建筑垃圾", "处罚类别1": "罚款", "处罚类别2": "警告", "处罚事由": "倾倒一车。",
    "处罚依据": "《城市建筑垃圾管理规定》第二十六条", "行政相对人名称": "武汉清源环保有限公司", "统一社会信用代码": CODE, "法定代表人姓名": "李代表",
    "处罚结果": "警告，并处罚款人民币12,000元", "处罚决定日期": "2017年3月2日", "处罚机关": NAME, "当前状态": "0", "公示截止期": "2030/03/02",
}  # fmt: skip


def book(*rows: dict[str, str], encoding: str = "utf-8-sig") -> bytes:
    sink = io.StringIO()
    writer = csv.DictWriter(sink, list(headings()), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return sink.getvalue().encode(encoding)


def read(*rows: dict[str, str], **more: Any) -> Any:
    return read_2016("旧表.csv", book(*rows, **more), agency_name=NAME, agency_code=CODE)


def stopped(*rows: dict[str, str]) -> list[tuple[int, str]]:
    return [
        (line.row, each["code"]) for line in read(*rows) for each in line.faults if each["level"] == "refuse"
    ]


def test_a_line_reads_in_the_present_layout_and_back() -> None:
    (line,) = read(GOOD, encoding="gb18030")
    assert line.faults == [] and line.row == 2
    assert {key: line.values[key] for key in ("CF_CFLB", "CF_NR_FK", "CF_JDRQ", "CF_XDR_LB", "CF_CFJGDM")} == {
        "CF_CFLB": "01;02", "CF_NR_FK": "1.200000", "CF_JDRQ": "2017/03/02", "CF_XDR_LB": "02", "CF_CFJGDM": CODE,
    }  # fmt: skip
    again = as_2016(line.values, division="420117", at="2026/11/27 09:00:00", severity="一般")
    assert list(again) == list(headings()) and len(again) == 23
    same = [
        "行政处罚决定书文号",
        "处罚名称",
        "处罚事由",
        "处罚依据",
        "行政相对人名称",
        "统一社会信用代码",
        "法定代表人姓名",
        "处罚结果",
        "处罚机关",
    ]
    assert [again[each] for each in same] == [GOOD[each] for each in same]
    assert (again["处罚类别1"], again["处罚类别2"], again["失信严重程度"]) == ("警告", "罚款", "一般")


@pytest.mark.parametrize(("more", "expected"), [
    ({"行政处罚决定书文号": ""}, "CF_WSH"),
    ({"统一社会信用代码": CODE[:-1] + "X"}, "CF_XDR_SHXYM"),
    ({"统一社会信用代码": ""}, "CF_XDR_LB"),  # nothing tells what the party is
    ({"处罚决定日期": "2017年13月2日"}, "CF_JDRQ"),
    ({"处罚决定日期": "2099-01-01"}, "CF_JDRQ"),
    ({"公示截止期": "2016-01-01"}, "CF_GSJZQ"),
    ({"处罚结果": "罚款若干元"}, "CF_NR_FK"),
    ({"处罚机关": "别的机关"}, "CF_CFJG"),
    ({"统一社会信用代码": "", "居民身份证号": "420117198001011234"}, "CF_XDR_ZJHM"),
])  # fmt: skip
def test_what_is_wrong_stands_with_its_row(more: dict[str, str], expected: str) -> None:
    other = {**GOOD, "行政处罚决定书文号": "新城管罚〔2017〕2号"}
    assert (3, expected) in stopped(other, {**GOOD, **more})
    assert not [row for row, _ in stopped(other, {**GOOD, **more}) if row == 2]


def test_what_is_only_doubtful_warns_and_a_double_number_stops_both() -> None:
    assert stopped(GOOD, GOOD) == [(2, "CF_WSH"), (3, "CF_WSH")]
    (line,) = read(
        {
            **GOOD,
            "统一社会信用代码": "",
            "组织机构代码": "600037341",
            "处罚类别1": "通报",
            "处罚类别2": "",
            "处罚结果": "通报",
        }
    )
    assert {(e["code"], e["level"]) for e in line.faults} == {("CF_XDR_SHXYM", "warn"), ("CF_CFLB", "warn")}
    for name, content, said in (
        ("a.csv", "甲,乙\n1,2\n".encode(), "表头"), ("a.xlsx", b"x", "a.xlsx"), ("a.csv", b"\xff\xfe\xff\x81", "编码"),
    ):  # fmt: skip
        with pytest.raises(UnreadableBook, match=said):
            read_2016(name, content, agency_name=NAME, agency_code=CODE)


@pytest.fixture
def publisher(db: None) -> Any:
    Agency.objects.create(code="T", name=NAME, short_name="城管", kind="department", level="district", enforces=True, division_code="420117000000")  # fmt: skip
    person = Person.objects.create_person(login_name="fabu", display_name="公示岗", password=None)
    post = Post.objects.create(agency_id="T", title="公示", role="other", capabilities=["publicity.publish"])
    Tenure.objects.create(person=person, post=post, from_on=date(2026, 1, 1))
    yield person
    set_database_scope(None)


def acting(person: Person) -> Actor:
    return Actor.of(person, on=clock.today())


def test_an_old_file_is_kept_without_numbers_of_persons_and_matched(publisher: Person) -> None:
    person = {**GOOD, "行政处罚决定书文号": "新城管罚〔2017〕2号", "行政相对人名称": "王小明", "统一社会信用代码": "", "法定代表人姓名": "",
              "居民身份证号": "11010519491231002X"}  # fmt: skip
    gone = {**GOOD, "行政处罚决定书文号": "新城管罚〔2017〕3号"}
    Publication.objects.create(
        matter_id="M", decision_event="E", agency_id="T", decided_on="2017-03-02", number=gone["行政处罚决定书文号"], state="withdrawn", reason="撤销",
    )  # fmt: skip
    with pytest.raises(Refusal):
        take_in_file(
            actor=Actor(label="无", number="0"),
            agency="T",
            name="旧.csv",
            content=b"",
            agency_credit_code=CODE,
        )
    with pytest.raises(InputFault, match="没有数据"):
        take_in_file(
            actor=acting(publisher), agency="T", name="旧.csv", content=book(), agency_credit_code=CODE
        )
    client = Client()
    client.force_login(publisher, backend="django.contrib.auth.backends.ModelBackend")
    upload = SimpleUploadedFile("旧表.csv", book(GOOD, person, gone))
    given = {"agency": "T", "agency_credit_code": CODE, "file": upload}
    page = client.post("/publicity/credit/old", given, follow=True).content.decode()
    assert "原文件第 3 行" in page and "应当向平台报送变更结果" in page and "不留存" in page
    made = CreditFile.objects.unscoped("测试").get()
    assert made.layout == "2016" and "11010519491231002X" not in str([row.values for row in made.lines()])
    assert [row.values["CF_WSH"] for row in credit.sendable(made)] == [GOOD["行政处罚决定书文号"]]
    for address, columns in (
        (f"/publicity/credit/{made.pk}.csv", 30),
        (f"/publicity/credit/{made.pk}.csv?layout=2016", 23),
    ):
        heads, line = csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig")))
        assert len(heads) == columns and GOOD["行政处罚决定书文号"] in line
    assert client.get(f"/publicity/credit/{made.pk}.xlsx?layout=2016").content.startswith(b"PK")
    assert (
        "表头"
        in client.post(
            "/publicity/credit/old", {**given, "file": SimpleUploadedFile("a.csv", b"1,2")}
        ).content.decode()
    )


def test_an_answer_refuses_its_lines_and_names_the_rows_it_cannot_place(publisher: Person) -> None:
    file = CreditFile.objects.create(
        agency_id="T", agency_credit_code=CODE, first="2026-11-01", last="2026-11-20", made_label="试"
    )
    for number in ("甲1号", "甲2号", "甲3号", "甲3号"):
        CreditRow.objects.create(
            file=file, agency_id="T", decision_event="", matter_id="", values={"CF_WSH": number}
        )
    table = "\ufeff决定书文号,处理结果,退回理由\n甲1号,失败,代码有误\n甲2号,成功,\n,失败,空\n乙9号,失败,无\n甲3号,失败,重复\n甲2号,失败,\n".encode()
    with pytest.raises(Refusal, match="没有登记报送"):
        take_in_answer(actor=acting(publisher), file=file, name="回执.csv", content=table)
    CreditFile.objects.unscoped("测试").update(sent_on="2026-11-21")
    with pytest.raises(InputFault, match="决定书文号"):
        take_in_answer(actor=acting(publisher), file=file, name="回执.csv", content=b"1,2")
    said = take_in_answer(actor=acting(publisher), file=file, name="回执.csv", content=table)
    assert (said.refused, said.taken, len(said.problems)) == (1, 1, 4)
    assert [each[:6] for each in said.problems] == ["第 4 行没", "第 5 行“", "第 6 行“", "第 7 行写"]
    assert [row.refused for row in file.lines()] == ["代码有误", "", "", ""]
    client = Client()
    client.force_login(publisher, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"file": SimpleUploadedFile("回执.csv", table)}
    assert "乙9号" in client.post(f"/publicity/credit/{file.pk}/answer", sent, follow=True).content.decode()

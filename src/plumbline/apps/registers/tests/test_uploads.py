"""A workbook on its way into a list: what is read however it is typed, what is refused and where, and what it changes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.registers import actions
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import run_now
from plumbline.platform.lists import CellFault, Day, Money, find_register, registers
from plumbline.platform.lists.books import template
from plumbline.platform.lists.intake import take_in
from plumbline.platform.lists.sheets import open_book

from .world import DEPARTMENT, ITEMS, ListWorld, power, workbook


@pytest.mark.parametrize(
    "typed", ["20260302", "2026-3-2", "2026/03/02", "2026.3.2", "2026年3月2日", "２０２６年３月２日"]
)
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert Day().read(typed) == "2026-03-02"


def test_what_is_no_day_and_no_amount() -> None:
    for typed in ("2026-02-30", "三月二日", "46083", "2026"):
        with pytest.raises(CellFault):
            Day().read(typed)
    assert [Money().read(typed) for typed in ("5,000", "２万元", "0.5 万", "12.34元")] == [
        500_000,
        2_000_000,
        500_000,
        1_234,
    ]
    with pytest.raises(CellFault):
        Money().read("若干")


def test_a_workbook_is_read_compared_and_taken_over(lists: ListWorld) -> None:
    rows = [power("Ａ－１", violation="随意倾倒建筑垃圾"), power("A-2", violation="改了的"), power("A-7")]
    sent, done = lists.upload(rows)
    assert done.state == JobState.DONE, done.message
    assert (sent.read, sent.faults) == (3, 0)
    assert {f["label"]: f["value"] for f in done.result["figures"]} == {"新增": 1, "修改": 1, "终止": 0}
    assert not find_register(ITEMS).content(DEPARTMENT, date.today()).get("A-7")  # type: ignore[union-attr]
    with pytest.raises(Refusal):
        actions.take_over_upload(actor=lists.actor(lists.second), upload=sent, reason="试")
    draft = actions.take_over_upload(actor=lists.actor(lists.keeper), upload=sent, reason="年度调整。")
    assert {row.key: row.kind for row in draft.rows.all()} == {"A-2": "change", "A-7": "add"}
    with pytest.raises(Refusal):
        actions.take_over_upload(actor=lists.actor(lists.keeper), upload=sent, reason="再来")
    # As the complete list, what the workbook leaves out ends; it joins the open draft.
    whole, _ = lists.upload([power("A-8")], whole=True)
    actions.take_over_upload(actor=lists.actor(lists.keeper), upload=whole, reason="")
    assert {row.key: row.kind for row in draft.rows.all()} == {
        "A-1": "end",
        "A-2": "end",
        "A-7": "add",
        "A-8": "add",
    }


def test_every_fault_names_its_place_and_what_to_do(lists: ListWorld) -> None:
    rows = [
        power("A-3", violation='=CONCAT("a","b")'),
        power("A-4", domain="没有的领域"),
        power("A-5"),
        power("A-5"),
        power("A-6", basis="依法"),
        power("A-7"),
        power("A-8"),
    ]
    sent, done = lists.upload(workbook(ITEMS, rows, merge="B7:B8"))
    found = {(e["line"], e["field"][:1]): e["message_zh"] for e in done.result["errors"]}
    assert set(found) == {(2, "B"), (3, "C"), (5, "整"), (6, "D"), (7, "B")}
    assert "公式" in found[2, "B"] and "第 4 行" in found[5, "整"] and "取消合并" in found[7, "B"]
    assert all(message.endswith("。") for message in found.values())
    assert sent.rows_sha256 == "" and done.result["headline"].startswith("共 7 行，5 行需要修改")
    with open_kept(sent.faults_sha256) as source:
        [sheet] = open_book(io.BytesIO(source.read()))
    lines = dict(sheet.rows())
    assert "问题和改法" in lines[1] and any("公式" in text for text in lines[2])
    with pytest.raises(Refusal):
        actions.take_over_upload(actor=lists.actor(lists.keeper), upload=sent, reason="试")


def test_what_is_no_such_list_is_refused(lists: ListWorld) -> None:
    _, done = lists.upload(workbook(ITEMS, [power("A-3")], head=("item", "violation")))
    assert done.state == JobState.FAILED and "缺少“领域、依据、处罚种类”列" in done.message
    macro = io.BytesIO(workbook(ITEMS, [power("A-3")]))
    with zipfile.ZipFile(macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    for name, content in (
        ("清单.xlsx", macro.getvalue()),
        ("清单.txt", b"abc"),
        ("清单.xlsx", b"PK\x03\x04rest"),
        ("清单.xlsx", b""),
    ):
        with pytest.raises(InputFault) as fault:
            actions.upload_list(
                actor=lists.actor(lists.keeper), register=ITEMS, agency=DEPARTMENT,
                file=SimpleUploadedFile(name, content), whole=False,
            )  # fmt: skip
        assert "file" in fault.value.faults


def test_a_cancelled_reading_keeps_nothing(lists: ListWorld) -> None:
    sent = actions.upload_list(
        actor=lists.actor(lists.keeper), register=ITEMS, agency=DEPARTMENT,
        file=SimpleUploadedFile("清单.xlsx", workbook(ITEMS, [power("A-3")])), whole=False,
    )  # fmt: skip
    Job.objects.filter(pk=sent.job).update(cancel_requested=True)
    assert run_now(Job.objects.get(pk=sent.job)).state == JobState.CANCELLED
    sent.refresh_from_db()
    assert sent.read_at is None and sent.rows_sha256 == ""


def test_every_list_reads_its_own_example_and_its_own_template(lists: ListWorld) -> None:
    short = Agency.objects.get(pk=DEPARTMENT).short_name
    for register in registers():
        for column in register.columns:
            choices = column.cell.choices()
            said = column.example if not choices or column.example in choices else choices[0]
            if said:  # an example, or one that the drop-down offers
                value = column.cell.read(said)
                assert column.cell.read(column.cell.show(value)) == value, (register.key, column.name)
            else:
                assert not column.required or not column.example, (register.key, column.name)
        read = take_in(register, DEPARTMENT, io.BytesIO(template(register)), agency_name=short)
        assert (read.read, read.faults, read.notes) == (0, [], []), register.key

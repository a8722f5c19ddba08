"""Self-check, acceptance and rectification, each with score and evidence; reports drafted, issued, frozen; one A3 sheet."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from plumbline.apps.programme import actions
from plumbline.apps.programme.desk import programme_tasks
from plumbline.apps.programme.freezing import digest
from plumbline.apps.programme.models import AcceptanceCheck, Paper, Rectification, SelfCheck
from plumbline.apps.programme.reading import board_of
from plumbline.platform.actions import InputFault, Refusal

from .world import EAST, WEST, World

pytestmark = pytest.mark.django_db
GOOD = {"T1": {"score": 5, "words": ""}, "T3": {"score": 3, "words": "第一次评查缺两卷"}}


def test_a_self_check_is_scored_frozen_returned_and_done_again(world: World) -> None:
    programme, east, lead = world.opened(), world.actor(world.east), world.actor(world.lead)
    made = world.confirmed(world.share(programme, "T1", EAST), world.east, on=date(2022, 7, 20))
    base = f"/programmes/{programme.key}"
    row = SelfCheck(programme=programme, agency_id=EAST)
    with pytest.raises(Refusal):
        actions.keep_self_check(actor=world.actor(world.west), row=row, answers=GOOD, summary="")
    with pytest.raises(InputFault):
        actions.keep_self_check(actor=east, row=row, answers={"T1": {"score": 6}}, summary="")
    client = world.client(world.east)
    page = client.get(f"{base}/units/{EAST}/self-check").content.decode()
    assert "满分 5" in page and "审核目录" in page
    sent = client.post(
        f"{base}/units/{EAST}/self-check",
        {"score-T1": "5", "score-T3": "3", "summary": "总体完成", "submit": "1"},
    )
    assert sent.status_code == 422 and "请写明问题：T3" in sent.content.decode()
    row = SelfCheck.objects.unscoped("测试").get()
    actions.keep_self_check(actor=east, row=row, answers=GOOD, summary="总体完成")
    with pytest.raises(Refusal):
        actions.review_self_check(actor=lead, row=row, accept=True)
    with pytest.raises(Refusal):
        actions.submit_self_check(actor=world.actor(world.west), row=row)
    actions.submit_self_check(actor=east, row=row, on=date(2022, 7, 28))
    assert (row.content["score"], row.content["full"]) == (8, 9)
    assert row.content["items"][0]["files"][0]["sha256"] == made.files.unscoped("测试").get().sha256
    assert row.sha256 == digest(row.content)
    with pytest.raises(Refusal, match="已经报送"):
        actions.submit_self_check(actor=east, row=row)
    line = board_of(programme).line("B3")
    assert line is not None
    assert {u.share.agency_id: u.tag.word for u in line.units} == {EAST: "完成", WEST: "逾期 15 日"}
    with pytest.raises(InputFault):
        actions.review_self_check(actor=lead, row=row, accept=False)
    answer = world.client(world.lead).post(
        f"{base}/self-checks/{row.pk}", {"accept": "no", "opinion": "T3 自评偏高"}
    )
    assert answer.status_code == 302
    numbers = (
        SelfCheck.objects.unscoped("测试")
        .order_by("number")
        .values_list("number", "accepted", "submitted_on")
    )
    assert list(numbers) == [(1, False, date(2022, 7, 28)), (2, None, None)]
    assert "退回：T3 自评偏高" in client.get(f"{base}/units/{EAST}/self-check").content.decode()


def test_a_deduction_is_put_right_and_proved(world: World) -> None:
    programme, lead, east = world.opened(), world.actor(world.lead), world.actor(world.east)
    made = world.confirmed(world.share(programme, "T1", EAST), world.east, on=date(2022, 8, 1))
    task = programme.tasks.get(code="T1")
    given = {"task": task, "inspectors": "市司法局检查组"}
    fixes = {"finding": "缺少依据", "units": [EAST], "demand": "补充依据", "due_on": date(2022, 9, 20)}
    with pytest.raises(Refusal):
        actions.record_acceptance(actor=east, score=5, **given)
    for change in (
        {"score": 6},
        {"inspectors": ""},
        {"finding": ""},
        {"units": []},
        {"units": ["T-DEPT"]},
        {"demand": ""},
        {"due_on": None},
    ):
        with pytest.raises(InputFault):
            actions.record_acceptance(actor=lead, **{**given, **fixes, "score": 3, **change})
    row = actions.record_acceptance(actor=lead, score=3, **given, **fixes)
    assert [e["sha256"] for e in row.evidence] == [made.files.unscoped("测试").get().sha256]
    fix = Rectification.objects.unscoped("测试").get()
    base = f"/programmes/{programme.key}"
    client = world.client(world.east)
    with pytest.raises(Refusal):
        actions.prove_rectification(actor=world.actor(world.west), row=fix, text="已补充", file=world.file())
    with pytest.raises(InputFault):
        actions.prove_rectification(actor=east, row=fix, text="已经补充", file=None)
    assert (
        client.post(
            f"{base}/rectifications/{fix.pk}/prove", {"text": "已经补充", "file": world.file()}
        ).status_code
        == 302
    )
    proof = fix.proofs.unscoped("测试").get()
    with pytest.raises(Refusal, match="等待核实"):
        actions.prove_rectification(actor=east, row=fix, text="已经补充", file=world.file())
    with pytest.raises(Refusal):
        actions.verify_rectification(actor=east, proof=proof, accept=True)
    with pytest.raises(InputFault):
        actions.verify_rectification(actor=lead, proof=proof, accept=False)
    actions.verify_rectification(actor=lead, proof=proof, accept=False, opinion="没有加盖公章")
    again = actions.prove_rectification(actor=east, row=fix, text="已经盖章", file=world.file())
    answer = world.client(world.lead).post(
        f"{base}/proofs/{again.pk}/verify", {"accept": "yes", "opinion": ""}
    )
    assert answer.status_code == 302
    page = client.get(f"{base}/rectifications/{fix.pk}").content.decode()
    assert "没有加盖公章" in page and "核实通过" in page
    with pytest.raises(Refusal, match="已经通过"):
        actions.prove_rectification(actor=east, row=fix, text="再次报送", file=world.file())
    # Looking again is a further row; the latest counts.
    actions.record_acceptance(actor=lead, score=5, **given)
    page = world.client(world.lead).get(f"{base}/stages").content.decode()
    assert AcceptanceCheck.objects.count() == 2 and "/ 5（已验收 1 项）" in page


def test_reports_are_drafted_from_what_stands_issued_and_frozen(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    world.confirmed(world.share(programme, "T2", "T-SFJ"), world.lead, on=date(2022, 8, 3))
    world.confirmed(world.share(programme, "T1", EAST), world.east, on=date(2022, 8, 5))
    base = f"/programmes/{programme.key}"
    with pytest.raises(Refusal):
        actions.keep_paper(actor=world.actor(world.east), programme=programme, kind="month", period="2022-08")
    for period in ("", "2022-09", "2021-01"):
        with pytest.raises(InputFault):
            actions.keep_paper(actor=lead, programme=programme, kind="month", period=period)
    client = world.client(world.lead)
    client.post(f"{base}/papers/new", {"kind": "month", "period": "2022-08"})
    paper = Paper.objects.get()
    assert "附件任务 3 项" in paper.text["overview"] and "完成 1 项" in paper.text["overview"]
    assert "T2 公布执法主体（08-03）" in paper.text["done"] and "又有 1 个单位完成" in paper.text["done"]
    # What is due after the month is next month's work; a deadline of the body counts as well.
    assert "B3 东街街道" in paper.text["open"]
    kept = actions.keep_paper(
        actor=lead, programme=programme, kind="month", period="2022-08", text={**paper.text, "next": ""}
    )
    with pytest.raises(Refusal, match="下月安排"):
        actions.issue_paper(actor=lead, paper=kept)
    with pytest.raises(Refusal):
        actions.issue_paper(actor=world.actor(world.east), paper=kept)
    assert world.client(world.east).get(f"{base}/papers/{paper.pk}").status_code == 403
    client.post(f"{base}/papers/{paper.pk}", {**paper.text, "next": "完成目录。", "issue": "1"})
    paper.refresh_from_db()
    assert paper.issued_on == date(2022, 8, 15) and paper.sha256 == digest(paper.content)
    assert [t["state"] for t in paper.content["tasks"]][1] == "完成"
    with pytest.raises(Refusal, match="不再改动"):
        actions.issue_paper(actor=lead, paper=paper)
    world.confirmed(world.share(programme, "T1", WEST), world.west)
    pdf = PdfReader(io.BytesIO(client.get(f"{base}/papers/{paper.pk}.pdf").content))
    said = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    assert "已确认1/3个单位" in said
    with zipfile.ZipFile(io.BytesIO(client.get(f"{base}/papers/{paper.pk}.docx").content)) as word:
        assert "完成目录。" in word.read("word/document.xml").decode()
    again = actions.keep_paper(actor=lead, programme=programme, kind="month", period="2022-08")
    assert again.number == 2
    results = actions.keep_paper(actor=lead, programme=programme, kind="results")
    assert "公布执法主体" in results.text["results"] and not results.text["proposals"]


def test_the_board_prints_on_one_a3_sheet(world: World) -> None:
    from plumbline.apps.programme.notice import notice_2022_14
    from plumbline.apps.programme.sheet import board_pdf
    from plumbline.platform.identity.models import Agency

    programme = actions.open_programme(
        actor=world.actor(world.lead), plan=notice_2022_14(), agency=Agency.objects.get(pk="T-SFJ"),
        shown_on=date(2022, 8, 15),
    )  # fmt: skip
    made = PdfReader(io.BytesIO(board_pdf(board_of(programme), printed_by="区长")))
    page = made.pages[0]
    assert len(made.pages) == 1
    assert (
        round(float(page.mediabox.width) / 72 * 25.4),
        round(float(page.mediabox.height) / 72 * 25.4),
    ) == (420, 297)
    text = page.extract_text()
    assert all(code in text for code in ("T1-1", "T3-3", "T6-2")) and "2022-08-31" in text
    response = world.client(world.east).get(f"/programmes/{programme.key}")
    assert response.status_code == 200 and "本周应完成" in response.content.decode()
    duties = world.client(world.lead).get(f"/programmes/{programme.key}/duties?only=body").content.decode()
    assert duties.count('scope="row"') == 37


def test_what_the_leading_group_gives_to_do_is_followed_to_its_end(world: World) -> None:
    programme, lead, east = world.opened(), world.actor(world.lead), world.actor(world.east)
    given: dict[str, Any] = {
        "kind": "research", "title": "领导小组调研街道执法", "text": "街道反映专业鉴定没有渠道。", "units": [EAST],
        "demand": "列出需要鉴定的事项报领导小组", "due_on": date(2022, 8, 31), "on": date(2022, 8, 12),
    }  # fmt: skip
    with pytest.raises(Refusal):
        actions.record_directive(actor=east, programme=programme, **given)
    for wrong in (
        {"kind": "party"}, {"title": " "}, {"text": ""}, {"demand": ""}, {"units": []}, {"due_on": None},
        {"due_on": date(2022, 8, 1)}, {"units": ["T-NOBODY"]}, {"on": date(2022, 9, 1)},
    ):  # fmt: skip
        with pytest.raises(InputFault):
            actions.record_directive(actor=lead, programme=programme, **{**given, **wrong})
    page = f"/programmes/{programme.key}/directives"
    assert "还没有记录" in world.client(world.east).get(page).content.decode()
    form = {**given, "due_on": "2022-08-31", "on": "2022-08-12", "file": world.file("纪要.png")}
    assert world.client(world.lead).post(f"{page}/new", form).status_code == 302
    row = Rectification.objects.unscoped("测试").get(agency_id=EAST)
    assert (row.word, row.source) == ("交办", "调研")
    assert any(task.title.startswith("交办：调研") for task in programme_tasks(east))
    seen = world.client(world.east).get(page).content.decode()
    assert "专业鉴定没有渠道" in seen and "列出需要鉴定的事项" in seen and "纪要.png" in seen
    # Another unit reads what was found and decided, not what others were given to do.
    elsewhere = world.client(world.west).get(page).content.decode()
    assert "专业鉴定没有渠道" in elsewhere and "列出需要鉴定的事项" not in elsewhere
    assert (
        world.client(world.west).get(f"/programmes/{programme.key}/rectifications/{row.pk}").status_code
        == 404
    )
    proof = actions.prove_rectification(actor=east, row=row, text="已列出七项", file=world.file())
    assert any("办理的 交办" in task.title for task in programme_tasks(lead))
    actions.verify_rectification(actor=lead, proof=proof, accept=True)
    whole = (
        world.client(world.lead).get(f"/programmes/{programme.key}/rectifications/{row.pk}").content.decode()
    )
    assert "核实通过" in whole and "领导小组调研街道执法" in whole
    paper = actions.keep_paper(actor=lead, programme=programme, kind="month", period="2022-08")
    assert "登记 1 件，交办 1 项，已办结 1 项" in paper.text["overview"]

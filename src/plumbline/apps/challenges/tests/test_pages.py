"""The pages: from the case to the registered matter, through its steps, to the list, the figures and the export."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.cases.models import StepRequest
from plumbline.apps.challenges import actions
from plumbline.apps.challenges.desk import challenge_tasks
from plumbline.apps.challenges.figures import lines
from plumbline.apps.challenges.models import Challenge, ChallengePaper
from plumbline.apps.challenges.queries import ChallengeFilter
from plumbline.apps.challenges.tests.dispute import FIRM, Dispute, day
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.files.tests.made import png


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_the_case_offers_one_way_to_record_a_challenge(dispute: Dispute) -> None:
    client, case = dispute.client(dispute.officer), dispute.case
    page = text(client.get(f"/cases/{case.matter_id}?phase=challenge"))
    assert "steps/decision_revoked" in page and "steps/challenge_" not in page
    assert page.count(f'href="/challenges/new?case={case.matter_id}"') == 2  # at the head and in the phase
    sent = client.post(
        f"/cases/{case.matter_id}/steps/challenge_started", {"route": "litigation"}, follow=True
    )
    assert sent.redirect_chain[0][0].endswith("?tab=challenges#tabs") and "在“复议诉讼”中登记" in text(sent)
    assert not dispute.in_case()
    # What came another way stands in the case and is shown as before.
    dispute.world.take(case, "challenge_started", 1, {"route": "litigation"}, organ="区人民法院")
    page = text(client.get(f"/cases/{case.matter_id}?phase=challenge"))
    assert "未终结的复议或诉讼" in page and "steps/challenge_" not in page


def test_from_the_case_to_a_registered_copy(dispute: Dispute) -> None:
    client, case = dispute.client(dispute.officer), dispute.case
    new = f"/challenges/new?case={case.matter_id}"
    assert new in text(client.get(f"/cases/{case.matter_id}"))
    page = text(client.get(new))
    assert "收到复议申请书副本" in page and "区复议机构登记" in page
    form = f"/challenges/new/copy?case={case.matter_id}"
    assert FIRM in text(client.get(form))
    wrong = client.post(form, {"organ": "", "applicant": FIRM, "occurred_on": day(2).isoformat()})
    assert wrong.status_code == 422 and "复议机关" in text(wrong)
    given = {"organ": "区人民政府", "applicant": FIRM, "number": "新政复〔2026〕1号", "claims": "请求撤销。",
             "occurred_on": day(2).isoformat(), "procedure": "ordinary"}  # fmt: skip
    done = client.post(form, given, follow=True)
    made = Challenge.objects.unscoped("测试").get()
    assert done.redirect_chain[-1][0] == f"/challenges/{made.matter_id}"
    assert "提交书面答复" in text(done) and "个工作日" in text(done) and "第四十八条" in text(done)
    again = client.post(form, given)
    assert again.status_code == 422 and "已有一件没有终结" in text(again)
    panel = text(client.get(f"/cases/{case.matter_id}?tab=challenges"))
    assert "新政复〔2026〕1号" in panel and "不重复监督" in panel
    too_early = client.post(form, given | {"occurred_on": day(20).isoformat(), "number": "另"})
    assert too_early.status_code == 422 and "早于处罚决定日" in text(too_early)


def test_the_office_finds_the_case_by_its_number(dispute: Dispute) -> None:
    client = dispute.client(dispute.office)
    assert client.post("/challenges/new", {"number": "没有这个"}).status_code == 422
    found = client.post("/challenges/new", {"number": dispute.case.number})
    assert found.status_code == 302
    form = f"/challenges/new/application?case={dispute.case.matter_id}"
    assert dispute.client(dispute.officer).get(form).status_code == 404
    given = {"organ": "区人民政府", "applicant": FIRM, "occurred_on": day(2).isoformat(),
             "act_known_on": day(4).isoformat(), "told_of_rights": "true"}  # fmt: skip
    page = client.post(form, given, follow=True)
    assert "决定受理" in text(page)
    assert client.get(f"/cases/{dispute.case.matter_id}").status_code == 404
    assert [t.title for t in challenge_tasks(dispute.actor(dispute.office))] == ["行政复议：决定受理"]
    accepting = f"/challenges/{Challenge.objects.unscoped('测试').get().matter_id}/steps/accepted"
    taken = {"occurred_on": day(1).isoformat(), "procedure": "ordinary"}
    assert "已登记“决定受理”" in text(client.post(accepting, taken, follow=True))


def test_a_step_is_taken_on_its_page_and_a_closed_one_says_why(dispute: Dispute) -> None:
    challenge = dispute.register()
    base = f"/challenges/{challenge.matter_id}"
    client = dispute.client(dispute.officer)
    assert "现在不能办理" in text(client.get(f"{base}/steps/new_act_made"))
    assert "尚未批准答复书" in text(client.get(f"{base}/steps/answer_filed"))
    form = f"{base}/steps/answer_approved"
    shown = text(client.get(form))
    assert "请求撤销处罚决定。" in shown and "查明擅自处置建筑垃圾" in shown
    given = {"x__claims": "撤销。", "x__facts": "查明。"}
    assert client.post(form, given).status_code == 422
    assert "有草稿" in text(client.post(form, given | {"draft": "1"}, follow=True))
    assert "已载入您" in text(client.get(form))
    page = text(client.post(form, given | {"x__answer": "请求维持。"}, follow=True))
    assert "等待审批：答复书报批" in page and "行政复议答复书" not in page
    assert "现在不能办理" in text(client.get(form))
    request = StepRequest.objects.get(attached_to=challenge.matter_id)
    asked, head = f"/cases/{dispute.case.matter_id}/requests/{request.pk}", dispute.client(dispute.signer)
    # Three taps from the desk: the list, 同意, the confirmation.
    assert asked in text(head.get("/approvals")) and "请求维持。" in text(head.get(asked))
    assert "行政复议" in text(head.get(f"{asked}/approve"))
    assert "已批准" in text(head.post(f"{asked}/approve", {"opinion": "同意。"}, follow=True))
    page = text(client.get(base))
    assert "行政复议答复书" in page and "待签发" in page
    event = challenge.entries.get(step="answer_approved").event_id
    paper = f"{base}/documents/FY1/{event}"
    assert "由本机关负责人办理" in text(client.get(paper))
    assert "请求维持" in text(client.get(paper))
    signed = dispute.client(dispute.signer).post(paper, follow=True)
    assert "复答" in text(signed) and "与签发时一致" in text(signed)
    void = f"{base}/void/{event}"
    assert client.post(void, {"reason": ""}).status_code == 422
    assert "已作废" in text(client.post(void, {"reason": "录错"}, follow=True))
    corrected = client.post(
        f"{base}/correct",
        {"organ": "市人民政府", "number": "9号", "applicant": FIRM, "claims": ""},
        follow=True,
    )
    assert "市人民政府" in text(corrected)


def test_papers_are_checked_kept_and_withdrawn_with_a_reason(dispute: Dispute) -> None:
    challenge = dispute.register()
    base = f"/challenges/{challenge.matter_id}"
    client = dispute.client(dispute.officer)
    macro = SimpleUploadedFile("x.exe", b"MZ\x00\x01")
    refused = client.post(f"{base}/papers", {"title": "通知书", "file": macro})
    assert refused.status_code == 422 and "已拒收" in text(refused)
    kept = client.post(
        f"{base}/papers", {"title": "答复通知书", "file": SimpleUploadedFile("a.png", png())}, follow=True
    )
    assert "答复通知书" in text(kept)
    paper = ChallengePaper.objects.get()
    assert b"".join(client.get(f"{base}/papers/{paper.pk}").streaming_content) == png()
    assert dispute.client(dispute.outsider).get(f"{base}/papers/{paper.pk}").status_code == 404
    gone = client.post(f"{base}/papers/{paper.pk}/withdraw", {"reason": "传错了"}, follow=True)
    assert "a.png" not in text(gone)
    actor = dispute.actor(dispute.officer)
    with pytest.raises(Refusal):
        actions.withdraw_paper(actor=actor, challenge=challenge, paper=paper, reason="再撤")
    with pytest.raises(Refusal):
        actions.add_paper(actor=dispute.actor(dispute.outsider), challenge=challenge, title="x", upload=None)
    with pytest.raises(InputFault):
        actions.add_paper(actor=actor, challenge=challenge, title="x", upload=None)


def test_every_figure_is_the_number_of_its_rows(dispute: Dispute) -> None:
    won = dispute.register(number="1号")
    dispute.take(won, "decision_received", {"orders_redo": False}, outcome="upheld", days_ago=1)
    lost = dispute.register("lawsuit", number="2号", claims="撤销。")
    dispute.take(lost, "trial_held", appearance="head", days_ago=1)
    dispute.take(
        lost,
        "judgment_received",
        instance="first",
        outcome="revoked",
        orders_redo=False,
        number="判1号",
        days_ago=1,
    )
    dispute.take(lost, "judgment_took_effect")
    dispute.register("compensation", claims="损失。")
    client = dispute.client(dispute.world.head)
    page = text(client.get("/challenges/figures"))
    assert "50.0%" in page and "100.0%" in page
    by_agency, total = lines(dispute.actor(dispute.world.head), ChallengeFilter())
    assert total.received.value == 3 and total.against.value == 1
    for line in (*by_agency, total):
        for cell in (
            line.received,
            line.running,
            line.upheld,
            line.against,
            line.withdrawn,
            line.heads,
            line.absent,
        ):
            assert f"{cell.value} 件" in text(client.get(cell.url)), cell.url


def test_the_list_is_filtered_exported_and_closed_to_others(dispute: Dispute) -> None:
    challenge = dispute.fresh(dispute.register(number="=新政复1号"))
    client = dispute.client(dispute.officer)
    assert "=新政复1号" in text(client.get("/challenges?route=reconsideration&state=open&due=30d"))
    assert "没有符合" in text(client.get("/challenges?route=litigation"))
    assert "新政复" in text(client.get("/challenges?q=江阳"))
    said = client.get("/challenges/export.csv").content.decode("utf-8-sig")
    assert "'=新政复1号" in said and dispute.case.number in said
    book = zipfile.ZipFile(io.BytesIO(client.get("/challenges/export.xlsx").content))
    assert "新政复1号" in book.read("xl/sharedStrings.xml").decode()
    other = dispute.client(dispute.outsider)
    assert "新政复1号" not in text(other.get("/challenges"))
    assert other.get(f"/challenges/{challenge.matter_id}").status_code == 404
    assert client.get("/challenges/export.pdf").status_code == 404


def test_the_desk_has_the_officers_duty_and_not_the_colleagues(dispute: Dispute) -> None:
    challenge = dispute.fresh(dispute.register())
    load = challenge_tasks
    mine = load(dispute.actor(dispute.officer))
    assert [(t.title, t.unit, bool(t.due_on)) for t in mine] == [("行政复议：答复书报批", "wd", True)]
    assert load(dispute.actor(dispute.outsider)) == []
    held = day(-6).isoformat()
    dispute.take(challenge, "hearing_notice", {"method": "direct"}, held_on=held)
    assert [t.title[:10] for t in load(dispute.actor(dispute.world.head))] == ["行政复议：参加复议听证"[:10]]

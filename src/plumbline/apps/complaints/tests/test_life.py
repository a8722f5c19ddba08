"""A complaint from its first page to its answer; who hears what; and a name that is nowhere but in the seal."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from plumbline.apps.complaints import actions
from plumbline.apps.complaints.clocks import due_by_matter
from plumbline.apps.complaints.keeping import forget_drafts, wipe_readings
from plumbline.apps.complaints.models import Complaint, Opening, Photo
from plumbline.apps.supervision.contract import Source, lead_of
from plumbline.apps.supervision.taking_in import tell_source
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.outbox import work_off
from plumbline.platform.files.store import open_kept
from plumbline.platform.files.tests.made import png
from plumbline.platform.identity.actor import ANONYMOUS

from .world import NAME, PASSPHRASE, PHONE, Hearing


def told_everywhere() -> str:
    """All that the database holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_name_is_in_no_row_no_event_and_no_page(hearing: Hearing) -> None:
    complaint, code = hearing.told()
    desk = hearing.actor(hearing.desk)
    actions.accept(actor=desk, complaint=complaint, told="已经受理，核查后答复您。", dealt_under_31_6=True)
    put = actions.refer(
        actor=desk,
        complaint=complaint,
        to=hearing.place,
        note="请核查。",
        respond_by=clock.today() + timedelta(days=5),
    )
    pages = [
        hearing.client(hearing.desk).get(f"/complaints/{complaint.matter_id}"),
        hearing.client(hearing.desk).get("/complaints?state=all"),
        hearing.client(hearing.street).get(f"/complaints/referrals/{put.pk}"),
        hearing.client().post("/open/receipt", {"code": code}),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    kept = told_everywhere() + "".join(page.content.decode() for page in pages)
    for canary in (NAME, PHONE, "139 0000 8888", "139　0000"):
        assert canary not in kept
    assert "收了现金没有给收据" in kept and "【本人信息】" in kept
    assert code not in told_everywhere() and code.replace(" ", "") not in told_everywhere()


def test_the_clock_of_the_regulation_runs_for_who_left_a_name(hearing: Hearing) -> None:
    named, code = hearing.told()
    nameless, other = hearing.told(name="", contact="")
    while work_off():
        pass
    said = hearing.client().post("/open/receipt", {"code": code}).content.decode()
    assert "告知（信访工作条例第二十三条）" in said
    assert (
        "法律没有规定告知的期限" in hearing.client().post("/open/receipt", {"code": other}).content.decode()
    )
    assert [e.activity for e in matter_events(named.matter_id)] == ["petition_received"]
    listed = hearing.client(hearing.desk).get("/complaints").content.decode()
    assert re.search(r"剩 \d+ 日", listed) and "没有留联系方式" in listed
    actions.accept(
        actor=hearing.actor(hearing.desk),
        complaint=named,
        told="已经受理，核查后答复您。",
        dealt_under_31_6=True,
    )
    while work_off():
        pass
    [due] = due_by_matter([named, nameless]).values()
    assert due.rule == "LV-34-petition-60d", "what waits next, not what was done"
    assert matter_events(nameless.matter_id)[0].data["contact_clear"] is False


def test_from_the_first_page_to_the_answer(hearing: Hearing) -> None:
    """As somebody without an account and without a script does it."""
    public = hearing.client()
    assert "谁能看到我的姓名" in public.get("/open/report").content.decode()
    page = public.post("/open/report", follow=True)
    found = re.search(r"<b>((?:\d{4} ){4}\d{4})</b>", page.content.decode())
    assert found
    code = found[1]
    assert "请选择" in public.post("/open/report/kind", {}).content.decode()
    assert public.post("/open/report/kind", {"kind": "conduct"})["Location"] == "/open/report/where"
    assert "请至少说明涉及哪个机关" in public.post("/open/report/where", {"place": " "}).content.decode()
    public.post("/open/report/where", {"concerned": hearing.place.pk, "place": "平江路"})
    photo = SimpleUploadedFile("现场.png", png(), content_type="image/png")
    sent = public.post("/open/report/what", {"text": "收了现金没有给收据。", "file": photo}, follow=True)
    assert "照片已收下" in sent.content.decode()
    public.post("/open/report/what", {"text": "收了现金没有给收据。", "later": "1"})

    another_day = hearing.client()
    assert another_day.post("/open/receipt", {"code": code})["Location"] == "/open/report/who"
    assert another_day.post("/open/report/wish", {"wish": ""})["Location"] == "/open/report/who"
    assert "要一起填写" in another_day.post("/open/report/who", {"name": NAME}).content.decode()
    assert (
        another_day.post("/open/report/who", {"name": "", "contact": ""})["Location"]
        == "/open/report/answers"
    )
    assert "不留姓名" in another_day.get("/open/report/answers").content.decode()
    receipt = another_day.post("/open/report/answers", follow=True).content.decode()
    assert "已收到您的反映" in receipt and code in receipt

    complaint = Complaint.objects.unscoped("测试").get()
    desk = hearing.client(hearing.desk)
    address = f"/complaints/{complaint.matter_id}"
    assert "待告知" in desk.get("/complaints").content.decode()
    refused = desk.post(address, {"do": "accept", "told": "好", "dealt_under_31_6": "no"}).content.decode()
    assert "请写明告知的内容" in refused
    desk.post(address, {"do": "accept", "told": "已经受理，核查后答复您。", "dealt_under_31_6": "no"})
    desk.post(address, {"do": "ask", "text": "当天大约几点？"})
    asked = another_day.post("/open/receipt", {"code": code}).content.decode()
    assert "当天大约几点？" in asked
    another_day.post("/open/receipt", {"code": code, "text": "上午十点。"})
    assert "上午十点。" in desk.get(address).content.decode()
    desk.post(address, {"do": "conclude", "answer": "票据存根和缴存凭证齐全，已补送票据。"})
    over = another_day.post("/open/receipt", {"code": code}).content.decode()
    assert "已补送票据" in over and "已办结" in over
    activities = [event.activity for event in matter_events(complaint.matter_id)]
    assert activities == [
        "petition_received",
        "petition_told",
        "petition_accepted",
        "petition_concluded",
        "matter_closed",
    ]
    with pytest.raises(Refusal, match="已经办结"):
        actions.supplement(actor=ANONYMOUS, complaint=Complaint.objects.unscoped("测试").get(), text="还有")


def test_without_the_code_there_is_nothing(hearing: Hearing) -> None:
    complaint, _ = hearing.told()
    stranger = hearing.client()
    said = stranger.post("/open/receipt", {"code": "1234 5678 9012 3456 7890"}).content.decode()
    assert "没有找到" in said and complaint.matter_id not in said
    for path in ("answers", "done", "what"):
        assert stranger.get(f"/open/report/{path}", follow=True).redirect_chain[-1][0] == "/open/receipt"
    assert stranger.get("/open/report/unknown").status_code == 404


def test_a_photo_is_handed_on_without_its_metadata_and_removed_with_the_draft(hearing: Hearing) -> None:
    complaint, _ = hearing.draft()
    made = actions.add_photo(actor=ANONYMOUS, complaint=complaint, file=SimpleUploadedFile("a.png", png()))
    assert bytes(made.held)[:2] == b"\xff\xd8" and bytes(made.held_sealed)[:1] == b"{"
    assert not made.clean and not made.sealed, "the store forgets nothing"
    with pytest.raises(InputFault, match=r"不是照片|打不开"):
        actions.add_photo(
            actor=ANONYMOUS, complaint=complaint, file=SimpleUploadedFile("b.pdf", b"%PDF-1.4\n%%EOF")
        )
    actions.remove_photo(actor=ANONYMOUS, complaint=complaint, photo=made.pk)
    assert not complaint.photos.exists()


def test_what_was_handed_in_is_in_the_store_and_an_original_only_sealed(hearing: Hearing) -> None:
    complaint, _ = hearing.draft()
    actions.add_photo(actor=ANONYMOUS, complaint=complaint, file=SimpleUploadedFile("a.png", png()))
    actions.hand_in(actor=ANONYMOUS, complaint=complaint)
    kept = Photo.objects.get()
    assert open_kept(kept.clean).read(2) == b"\xff\xd8"
    assert open_kept(kept.sealed).read(1) == b"{"
    assert kept.held is None and kept.held_sealed is None


def test_a_name_added_later_does_not_reach_the_agency(hearing: Hearing) -> None:
    complaint = hearing.accepted()
    actions.supplement(
        actor=ANONYMOUS, complaint=complaint, text=f"第三次来时有监控。我叫{NAME}，手机{PHONE}。"
    )
    put = actions.refer(
        actor=hearing.actor(hearing.desk), complaint=complaint, to=hearing.place, note="请核查。",
        respond_by=clock.today() + timedelta(days=5),
    )  # fmt: skip
    said = str(put.content)
    assert "收了现金没有给收据" in said and "监控" not in said
    assert PHONE not in said and NAME not in said


def test_names_are_taken_only_where_somebody_keeps_them(hearing: Hearing) -> None:
    for keeper in (hearing.keeper, hearing.second):
        actions.end_key(actor=hearing.actor(keeper))
    with pytest.raises(Refusal, match="没有人保管"):
        hearing.draft()
    complaint, _ = hearing.told(name="", contact="")
    assert complaint.named is False


def test_drafts_are_forgotten_and_handed_in_ones_are_not(hearing: Hearing) -> None:
    draft, _ = hearing.draft()
    actions.add_photo(actor=ANONYMOUS, complaint=draft, file=SimpleUploadedFile("a.png", png()))
    told, _ = hearing.told()
    forget_drafts(now=clock.now() + timedelta(days=13))
    assert Complaint.objects.unscoped("测试").count() == 2
    forget_drafts(now=clock.now() + timedelta(days=15))
    assert list(Complaint.objects.unscoped("测试")) == [told]
    assert not Photo.objects.exists()


def test_an_identity_is_opened_by_a_custodian_for_one_reader_and_a_day(hearing: Hearing) -> None:
    complaint = hearing.accepted()
    desk, keeper = hearing.actor(hearing.desk), hearing.actor(hearing.keeper)
    asked = actions.ask_opening(actor=desk, complaint=complaint, reason="需要调取店里的监控录像。")
    with pytest.raises(Refusal, match="没有同意"):
        actions.read_identity(actor=desk, opening=asked)
    with pytest.raises(InputFault, match="口令不对"):
        actions.decide_opening(actor=keeper, opening=asked, granted=True, passphrase="别的口令")
    with pytest.raises(Refusal):
        actions.decide_opening(actor=desk, opening=asked, granted=True, passphrase=PASSPHRASE)
    keeping = hearing.client(hearing.keeper)
    address = f"/complaints/identities/{asked.pk}"
    assert keeping.post(address, {"do": "grant", "passphrase": PASSPHRASE}).status_code == 302
    assert NAME not in keeping.get(address).content.decode()
    assert keeping.post(address, {"do": "read"}, follow=True).content.decode().count(NAME) == 0
    shown = hearing.client(hearing.desk).post(address, {"do": "read"}).content.decode()
    assert NAME in shown and PHONE in shown
    opening = Opening.objects.get()
    assert [each["by"] for each in opening.read] == ["desk"]
    assert NAME not in told_everywhere()
    wipe_readings(now=clock.now() + timedelta(hours=25))
    with pytest.raises(Refusal, match="重新封存"):
        actions.read_identity(actor=desk, opening=Opening.objects.get())


def test_custodians_do_not_handle_and_may_say_no(hearing: Hearing) -> None:
    complaint = hearing.accepted()
    asked = actions.ask_opening(
        actor=hearing.actor(hearing.desk), complaint=complaint, reason="想知道是谁反映的这件事。"
    )
    keeper = hearing.actor(hearing.keeper)
    with pytest.raises(InputFault, match="理由"):
        actions.decide_opening(actor=keeper, opening=asked, granted=False)
    actions.decide_opening(actor=keeper, opening=asked, granted=False, answer="不知道身份也能办理。")
    assert (
        "不知道身份也能办理"
        in hearing.client(hearing.desk).get(f"/complaints/{complaint.matter_id}").content.decode()
    )
    client = hearing.client(hearing.keeper)
    assert client.get(f"/complaints/{complaint.matter_id}").status_code == 404
    assert client.get("/complaints/identities").status_code == 200
    assert hearing.client(hearing.desk).get("/complaints/identities").status_code == 403


def test_an_agency_replies_and_sees_nothing_else(hearing: Hearing) -> None:
    complaint = hearing.accepted()
    desk, street = hearing.actor(hearing.desk), hearing.client(hearing.street)
    with pytest.raises(InputFault, match="晚于今天"):
        actions.refer(
            actor=desk, complaint=complaint, to=hearing.place, note="请核查", respond_by=clock.today()
        )
    put = actions.refer(
        actor=desk,
        complaint=complaint,
        to=hearing.place,
        note="请核查",
        respond_by=clock.today() + timedelta(days=3),
    )
    assert complaint.matter_id in street.get("/complaints/referrals").content.decode()
    assert (
        "待答复" in street.get("/desk").content.decode() or "答复转办" in street.get("/desk").content.decode()
    )
    assert street.get(f"/complaints/{complaint.matter_id}").status_code == 404
    assert (
        "请写明核查的经过" in street.post(f"/complaints/referrals/{put.pk}", {"text": "无"}).content.decode()
    )
    street.post(f"/complaints/referrals/{put.pk}", {"text": "票据已开具，当事人没有领取。"})
    assert (
        "票据已开具"
        in hearing.client(hearing.desk).get(f"/complaints/{complaint.matter_id}").content.decode()
    )
    put.refresh_from_db(from_queryset=type(put).objects.unscoped("测试"))
    with pytest.raises(Refusal, match="已经答复"):
        actions.reply(actor=hearing.actor(hearing.street), referral=put, text="再答复一次，内容相同。")


def test_what_belongs_elsewhere_is_told_and_over(hearing: Hearing) -> None:
    complaint, code = hearing.told()
    actions.point_elsewhere(
        actor=hearing.actor(hearing.desk), complaint=complaint, told="请向作出决定的机关的上级申请行政复议。"
    )
    assert "申请行政复议" in hearing.client().post("/open/receipt", {"code": code}).content.decode()
    with pytest.raises(Refusal):
        actions.conclude(
            actor=hearing.actor(hearing.desk), complaint=complaint, answer="查明的情况和处理结果。"
        )


def test_ask_the_sender_and_hand_in_twice(hearing: Hearing) -> None:
    complaint, _ = hearing.draft()
    actions.hand_in(actor=ANONYMOUS, complaint=complaint)
    with pytest.raises(Refusal, match="已经提交"):
        actions.hand_in(actor=ANONYMOUS, complaint=complaint)
    with pytest.raises(InputFault):
        actions.ask_sender(actor=hearing.actor(hearing.desk), complaint=complaint, text=" ")


def test_an_empty_one_says_what_is_missing(hearing: Hearing) -> None:
    complaint, _ = actions.begin(actor=ANONYMOUS)
    with pytest.raises(InputFault, match="反映哪一类事情、涉及的机关或者地点、具体情况、留不留姓名"):
        actions.hand_in(actor=ANONYMOUS, complaint=complaint)


def test_the_public_pages_are_not_cached_and_set_no_cookie_before_beginning(hearing: Hearing) -> None:
    page = Client().get("/open/report")
    assert "no-store" in page["Cache-Control"]
    assert set(page.cookies) <= {"csrftoken"}


def test_a_complaint_about_conduct_becomes_a_lead_without_its_sender_and_hears_the_result(
    hearing: Hearing,
) -> None:
    complaint = hearing.accepted()
    with pytest.raises(Refusal):
        actions.to_supervision(
            actor=hearing.actor(hearing.street), complaint=complaint, title="收现金不给收据"
        )
    page = f"/complaints/{complaint.matter_id}"
    hearing.client(hearing.desk).post(page, {"do": "pass_on", "title": "收现金不给收据"})
    lead = lead_of(Source.COMPLAINT, complaint.matter_id)
    assert lead is not None and lead.concerned == hearing.place
    assert NAME not in lead.facts and PHONE not in lead.facts and "没有给收据" in lead.facts
    tell_source(hearing.actor(hearing.desk), lead, "查实没有开具票据，已责令改正。")
    shown = hearing.client(hearing.desk).get(page).content.decode()
    assert shown.count("查实没有开具票据") == 2  # beside the lead, and in the answer to be given

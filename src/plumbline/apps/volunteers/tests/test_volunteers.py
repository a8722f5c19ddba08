"""From the notice to the certificate, the draw, the record of two minutes, its lead and the feedback; and the walls around it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from plumbline.apps.supervision.contract import Lead
from plumbline.apps.volunteers import actions
from plumbline.apps.volunteers.clearing import clear_as_days_pass
from plumbline.apps.volunteers.drawing import Considered, drawn, order_of, replayed
from plumbline.apps.volunteers.leads import tell_volunteer
from plumbline.apps.volunteers.models import Application, Recruitment, Visit, Volunteer
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.files.store import open_kept
from plumbline.platform.files.tests.made import DEVICE, jpeg
from plumbline.platform.identity.actor import ANONYMOUS
from plumbline.platform.lists.sheets import open_book
from plumbline.platform.notify.models import notices_for

from .world import PHONE, Society


def test_from_the_notice_to_the_certificate(society: Society) -> None:
    """As somebody without an account does it, and as the organ reviews and appoints."""
    with pytest.raises(Refusal):
        actions.publish_recruitment(
            actor=society.actor(society.officer), title="x", text="x", wanted=1, opens_on=clock.today(),
            closes_on=clock.today(), keep_until=clock.today(),
        )  # fmt: skip
    notice = society.recruitment()
    public = society.client()
    assert "招募义务监督员" in public.get("/open/volunteers").content.decode()
    form = {"name": "欧阳热心", "phone": PHONE, "about": "退休教师。", "conflicts": [society.elsewhere.pk]}
    assert "如实申报" in public.post(f"/open/volunteers/{notice.pk}", form).content.decode()
    said = public.post(f"/open/volunteers/{notice.pk}", form | {"declared": "on"}).content.decode()
    code = re.findall(r"<b>((?:\d{4} ){4}\d{4})</b>", said)[0]
    row = Application.objects.unscoped("测试").get()
    assert row.conflicts == [society.elsewhere.pk] and row.code_hash != code

    desk = society.client(society.desk)
    assert "审查义务监督员报名" in desk.get("/desk").content.decode()
    page = f"/volunteers/applications/{row.matter_id}"
    assert PHONE in desk.get(page).content.decode()
    with pytest.raises(Refusal, match="没有通过审查"):
        actions.appoint(actor=society.manager, application=row, from_on=clock.today(), to_on=clock.today())
    desk.post(page, {"do": "decide", "passed": "yes", "answer": "符合条件。"})
    term = {"from_on": "2026-01-01", "to_on": (clock.today() + timedelta(days=100)).isoformat()}
    made = desk.post(page, {"do": "appoint", **term}, follow=True).content.decode()
    volunteer = Volunteer.objects.unscoped("测试").get()
    assert volunteer.number in made and "下一步：关联账号" in made
    assert "符合条件。" in public.post("/open/volunteers/receipt", {"code": code}).content.decode()
    checked = public.get("/open/volunteers", {"number": volunteer.number}).content.decode()
    assert "✓ 在聘" in checked and PHONE not in checked
    verify = re.findall(r"/open/verify/[\w-]+", made)[0]
    assert volunteer.number in public.get(verify).content.decode()
    told = " ".join(str(each) for each in StoredEvent.objects.unscoped("测试").values_list("data", flat=True))
    assert "欧阳热心" not in told and PHONE not in told


def test_a_declined_application_is_wiped_after_the_day_that_was_told(
    society: Society, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = society.recruitment()
    page = society.client().get(f"/open/volunteers/{notice.pk}").content.decode()
    assert f"{notice.keep_until:%Y-%m-%d}</span>，之后自动清除" in page
    declined, code = society.applied()
    waiting, _ = society.applied("还在等的人")
    actions.decide_application(actor=society.manager, application=declined, passed=False, answer="名额已满。")
    assert notice.keep_until is not None
    monkeypatch.setattr(clock, "today", lambda: notice.keep_until)
    assert clear_as_days_pass() == 0
    monkeypatch.setattr(clock, "today", lambda: notice.keep_until + timedelta(days=1))
    assert (clear_as_days_pass(), clear_as_days_pass()) == (1, 0)
    rows = Application.objects.unscoped("测试")
    gone = rows.get(pk=declined.pk)
    assert (gone.name, gone.phone, gone.about, gone.answer, gone.conflicts) == ("（已清除）", "", "", "", [])
    assert rows.get(pk=waiting.pk).phone == PHONE
    assert (
        "已经按公告写明的日期清除"
        in society.client().post("/open/volunteers/receipt", {"code": code}).content.decode()
    )
    assert StoredEvent.objects.unscoped("测试").filter(activity="volunteer_applications_cleared").count() == 1
    with pytest.raises(Refusal):
        actions.clear_declined(actor=society.manager)
    with pytest.raises(InputFault, match="早于“报名截止”"):
        actions.publish_recruitment(
            actor=society.manager, title="又一次", text="x", wanted=1, opens_on=clock.today(),
            closes_on=clock.today(), keep_until=clock.today() - timedelta(days=1),
        )  # fmt: skip


def test_an_application_is_withdrawn_with_all_that_was_personal(society: Society) -> None:
    row, code = society.applied()
    assert "撤回报名" in society.client().post("/open/volunteers/receipt", {"code": code}).content.decode()
    society.client().post("/open/volunteers/receipt", {"code": code, "withdraw": "1"})
    row.refresh_from_db(from_queryset=Application.objects.unscoped("测试"))
    assert (row.state, row.phone, row.about) == ("withdrawn", "", "")
    with pytest.raises(Refusal):
        actions.withdraw(actor=ANONYMOUS, application=row)
    with pytest.raises(Refusal):
        actions.decide_application(actor=society.manager, application=row, passed=True, answer="同意。")
    actions.end_recruitment(actor=society.manager, recruitment=society.recruitment(), reason="名额已满")
    with pytest.raises(Refusal, match="不在报名期内"):
        society.applied()
    with pytest.raises(Refusal):
        actions.end_recruitment(actor=society.manager, recruitment=Recruitment.objects.get(), reason="再次")


def test_an_account_holds_nothing_but_volunteering(society: Society) -> None:
    volunteer = society.volunteer()
    society.account("guan", ["volunteers.serve", "cases.view"])
    for login, said in {
        "guan": "还有别的岗位",
        "officer": "没有“义务监督员”",
        "nobody": "没有这个账号",
    }.items():
        with pytest.raises(InputFault, match=said):
            actions.link_account(actor=society.manager, volunteer=volunteer, login_name=login)
    other = society.volunteer("另一人")
    with pytest.raises(InputFault, match="另一位"):
        actions.link_account(actor=society.manager, volunteer=other, login_name=volunteer.person.login_name)  # type: ignore[union-attr]
    with pytest.raises(Refusal):
        actions.link_account(actor=society.actor(society.clerk), volunteer=other, login_name="x")


def test_renewed_praised_and_dismissed(society: Society) -> None:
    volunteer = society.volunteer()
    first, person = volunteer.number, volunteer.person
    assert person is not None
    later = volunteer.to_on + timedelta(days=365)
    with pytest.raises(InputFault):
        actions.renew(actor=society.manager, volunteer=volunteer, to_on=volunteer.to_on)
    actions.renew(actor=society.manager, volunteer=volunteer, to_on=later)
    assert volunteer.number != first and volunteer.to_on == later
    actions.commend(actor=society.manager, volunteer=volunteer, text="雨夜跟到凌晨。")
    actions.declare_conflicts(actor=society.manager, volunteer=volunteer, conflicts=[society.place.pk])
    own = society.client(person)
    assert "雨夜跟到凌晨。" in own.get("/volunteering/feedback").content.decode()
    with pytest.raises(InputFault):
        actions.dismiss(actor=society.manager, volunteer=volunteer, reason=" ")
    actions.dismiss(actor=society.manager, volunteer=volunteer, reason="本人申请")
    assert "已解聘" in own.get("/volunteering").content.decode()
    checked = society.client().get("/open/volunteers", {"number": volunteer.number}).content.decode()
    assert "– 已解聘" in checked
    for act, given in (
        (actions.commend, {"text": "x"}),
        (actions.renew, {"to_on": later}),
        (actions.declare_conflicts, {"conflicts": []}),
        (actions.dismiss, {"reason": "x"}),
    ):
        with pytest.raises(Refusal, match="解聘"):
            act(actor=society.manager, volunteer=volunteer, **given)  # type: ignore[operator]
    assert {"您的义务监督员聘任已经结束", "区司法局表扬了您"} <= {
        n.title for n in notices_for(society.actor(person))
    }


def test_a_draw_can_be_drawn_again_and_is_never_to_ones_own(society: Society) -> None:
    """Who has a conflict is never drawn; who declines is followed by the next; a declared conflict counts from then on."""
    barred = society.volunteer("回避的人", (society.place.pk,))
    able = [society.volunteer(f"候选{n}") for n in range(2)]
    activity = society.activity()
    with pytest.raises(Refusal):
        actions.draw_volunteers(actor=society.actor(society.clerk), activity=activity)
    activity = actions.draw_volunteers(actor=society.manager, activity=activity)
    assert activity.draw is not None and replayed(activity.draw)
    assert [e for _, _, e in activity.draw["considered"] if e] == ["应当回避"]
    assert set(activity.draw["order"]) == {each.matter_id for each in able}
    with pytest.raises(Refusal, match="不能重抽"):
        actions.draw_volunteers(actor=society.manager, activity=activity)
    [first] = activity.invitations.select_related("volunteer")
    assert first.volunteer.matter_id == activity.draw["order"][0]
    with pytest.raises(Refusal, match="不是您本人"):
        actions.answer_invitation(actor=society.actor(barred.person), invitation=first, accept=True)  # type: ignore[arg-type]
    own = society.client(first.volunteer.person)
    page = f"/volunteering/invitations/{first.pk}"
    assert own.post(page, {"why": "conflict"})["Location"] == "/volunteering"
    assert activity.invitations.count() == 2
    first.volunteer.refresh_from_db(from_queryset=Volunteer.objects.unscoped("测试"))
    assert society.place.pk in first.volunteer.conflicts
    shown = society.client(society.desk).get(f"/volunteers/activities/{activity.pk}").content.decode()
    assert "重算一致" in shown and "因利害关系回避" in shown
    actions.cancel_activity(actor=society.manager, activity=activity, reason="天气原因")
    assert set(activity.invitations.values_list("state", flat=True)) == {"declined", "cancelled"}
    with pytest.raises(Refusal):
        actions.cancel_activity(actor=society.manager, activity=activity, reason="再次")
    with pytest.raises(InputFault):
        actions.plan_activity(
            actor=society.manager, kind="round", title="x", concerned=society.place, starts_at=clock.now(),
            place="x", wanted=1,
        )  # fmt: skip


def test_the_load_is_even_and_a_changed_list_is_noticed() -> None:
    people = [Considered(f"Y-{n}", load=n % 2) for n in range(6)] + [Considered("Y-9", 0, "应当回避")]
    order = order_of(people, seed="5eed")
    assert set(order[:3]) == {"Y-0", "Y-2", "Y-4"} and "Y-9" not in order
    assert order == order_of(reversed(people), seed="5eed")
    assert {order_of(people, seed=f"{n}")[0] for n in range(40)} == {"Y-0", "Y-2", "Y-4"}
    kept = drawn(people, seed="5eed")
    assert replayed(kept)
    assert not replayed({**kept, "order": kept["order"][::-1]})


def test_a_record_becomes_a_lead_and_its_answer_comes_back(society: Society) -> None:
    volunteer = society.volunteer()
    person = volunteer.person
    assert person is not None
    invitation = society.invited(volunteer)
    own = society.client(person)
    photo = SimpleUploadedFile("a.jpg", jpeg(place=True), content_type="image/jpeg")
    page = f"/volunteering/invitations/{invitation.pk}/record"
    assert "请用一两句话" in own.post(page, {"see_shown": "no", "observation": "yes"}).content.decode()
    given = {"see_shown": "no", "see_two": "yes", "observation": "yes", "text": "没有亮证就进了店。"}
    assert own.post(page, given | {"photo": photo})["Location"] == "/volunteering/records"
    visit = Visit.objects.unscoped("测试").get()
    assert visit.answers == {
        "shown": "no",
        "two": "yes",
        "told": "unseen",
        "filmed": "unseen",
        "civil": "unseen",
    }
    with open_kept(visit.photo) as kept:
        raw = kept.read()
    assert DEVICE.split()[0].encode() not in raw and not Image.open(BytesIO(raw)).getexif()
    lead = Lead.objects.unscoped("测试").get(matter_id=visit.lead)
    assert (lead.source, lead.concerned_id, lead.source_ref) == (
        "volunteer",
        society.place.pk,
        visit.matter_id,
    )
    assert "没有亮证就进了店。" in lead.facts and "出示了执法证件：否" in lead.facts
    assert volunteer.name not in lead.facts + lead.title
    with pytest.raises(Refusal, match="已经登记过"):
        actions.record_visit(
            actor=society.actor(person),
            volunteer=volunteer,
            invitation=invitation,
            answers={},
            observation=False,
        )
    desk = society.client(society.desk)
    assert "向义务监督员反馈" in desk.get("/desk").content.decode()
    assert desk.get(f"/volunteers/visits/{visit.matter_id}/photo").status_code == 200
    with pytest.raises(Refusal):
        actions.give_feedback(actor=society.actor(society.officer), visit=visit, text="x")
    actions.give_feedback(actor=society.manager, visit=visit, text="正在核查。")
    from plumbline.apps.supervision.contract import Answered

    tell_volunteer(
        society.actor(society.clerk), Answered(lead.matter_id, visit.matter_id, True, "已责令改正。")
    )
    assert "已责令改正。" in own.get("/volunteering/feedback").content.decode()
    assert "您反映的情况有了反馈" in {n.title for n in notices_for(society.actor(person))}
    assert "已反馈" in own.get("/volunteering/records").content.decode()
    assert own.get(f"/volunteering/records/{visit.matter_id}/photo").status_code == 200
    other = society.client(society.volunteer("另一人").person)
    assert other.get(f"/volunteering/records/{visit.matter_id}/photo").status_code == 404
    assert other.get(page).status_code == 404


def test_a_walk_of_ones_own_and_what_ends_with_the_term(society: Society) -> None:
    volunteer = society.volunteer(conflicts=(society.elsewhere.pk,))
    assert volunteer.person is not None
    own = society.client(volunteer.person)
    page = "/volunteering/records/new"
    said = own.post(page, {"concerned": society.elsewhere.pk, "observation": "no"}).content.decode()
    assert "应当回避" in said
    own.post(page, {"concerned": society.place.pk, "observation": "no"})
    visit = Visit.objects.unscoped("测试").get()
    assert visit.lead == "" and set(visit.answers.values()) == {"unseen"}
    assert "没有要反映的" in own.get("/volunteering/records").content.decode()
    with time_machine.travel(clock.now() + timedelta(days=400)), pytest.raises(Refusal, match="聘期届满"):
        actions.record_visit(
            actor=society.actor(volunteer.person), volunteer=volunteer, answers={}, observation=False,
            concerned=society.place,
        )  # fmt: skip


def test_a_volunteer_sees_no_case_and_nobody_else(society: Society) -> None:
    """No agency is in reach, in the policies and in the database; the pages of others answer as if they were not there."""
    volunteer, other = society.volunteer(), society.volunteer("另一人")
    person = volunteer.person
    assert person is not None
    actor = society.actor(person)
    from plumbline.platform.identity.middleware import READING

    assert actor.reach(*READING) == frozenset()
    own = society.client(person)
    for path in (
        "/volunteering",
        "/volunteering/records",
        "/volunteering/feedback",
        "/volunteering/learning",
    ):
        page = own.get(path)
        assert page.status_code == 200 and "另一人" not in page.content.decode()
    rail = re.findall(r'<nav class="rail".*?</nav>', own.get("/volunteering").content.decode(), re.S)[0]
    assert re.findall(r">(邀请|我的记录|反馈|学习)", rail) == ["邀请", "我的记录", "反馈", "学习"]
    for path in (
        "/volunteers", f"/volunteers/{other.pk}", "/volunteers/applications", "/volunteers/visits",
        "/volunteers/media", "/volunteers/ratings", "/alerts/1",
        f"/volunteers/slips/{society.inspection().matter_id}", "/complaints",
    ):  # fmt: skip
        assert own.get(path).status_code in {403, 404}, path
    assert not Volunteer.objects.visible_to(actor).exists()
    assert not Visit.objects.visible_to(actor).exists()
    assert society.client(society.officer).get("/volunteering").status_code == 403


def test_learning_is_said_by_the_volunteer_or_by_the_organ(society: Society) -> None:
    volunteer = society.volunteer()
    assert volunteer.person is not None
    lesson = actions.publish_training(
        actor=society.manager, title="怎样看检查", text="看四件事。", minutes=20
    )
    meeting = actions.publish_training(
        actor=society.manager, title="集中培训", text="一天。", minutes=180, held_on=clock.today()
    )
    own = society.client(volunteer.person)
    own.post("/volunteering/learning", {"training": lesson.pk})
    with pytest.raises(Refusal, match="集中培训"):
        actions.mark_read(actor=society.actor(volunteer.person), volunteer=volunteer, training=meeting)
    with pytest.raises(Refusal, match="自学"):
        actions.mark_attended(actor=society.manager, training=lesson, volunteers=[volunteer])
    with pytest.raises(Refusal):
        actions.mark_attended(actor=society.actor(society.officer), training=meeting, volunteers=[])
    society.client(society.desk).post(
        "/volunteers/trainings", {"do": "attended", "training": meeting.pk, "volunteer": [volunteer.pk]}
    )
    assert '<span class="num">200</span> 分钟' in own.get("/volunteering/learning").content.decode()


def test_the_organ_finds_records_and_takes_lists_along_without_telephones(society: Society) -> None:
    volunteer = society.volunteer()
    assert volunteer.person is not None
    for text in ("值班电话看不到", "=HYPERLINK(1)"):
        actions.record_visit(
            actor=society.actor(volunteer.person), volunteer=volunteer, concerned=society.place, observation=True,
            answers={"shown": "yes", "posted": "no"}, text=text,
        )  # fmt: skip
    desk = society.client(society.desk)
    page = desk.get("/volunteers/visits", {"q": "值班", "since": "2026-13-45"}).content.decode()
    assert "值班电话看不到" in page and "HYPERLINK" not in page and "输入一个有效的日期" in page
    assert "没有符合条件" in desk.get("/volunteers/visits", {"until": "2020-01-01"}).content.decode()
    book = desk.get("/volunteers/visits", {"as": "xlsx", "agency": society.place.pk})
    sheets = {sheet.name: [texts for _, texts in sheet.rows()] for sheet in open_book(BytesIO(book.content))}
    assert [row[6] for row in sheets["监督记录"][1:]] == ["'=HYPERLINK(1)", "值班电话看不到"]
    assert "看到执法人员时佩戴了证件或者标志：是" in sheets["监督记录"][1][5]
    assert ["筛选", f"机关 {society.place.short_name}"] in [row[:2] for row in sheets["说明"]]
    roster = desk.get("/volunteers", {"as": "xlsx"})
    rows = {sheet.name: [texts for _, texts in sheet.rows()] for sheet in open_book(BytesIO(roster.content))}
    assert rows["义务监督员"][1][0] == volunteer.name and rows["义务监督员"][1][-2:] == ["0", "2"]
    assert PHONE not in str(rows)
    assert society.client(society.officer).get("/volunteers", {"as": "xlsx"}).status_code == 403

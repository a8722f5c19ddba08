"""From examination to certificate, moves and renewals, and the days until the public sees a change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.outbox import work_off
from plumbline.platform.scope.rows import set_database_scope
from plumbline.platform.verdicts.models import StoredVerdict

pytestmark = pytest.mark.django_db
PASSED = date(2026, 10, 16)


@pytest.fixture
def scene() -> Any:
    from plumbline.apps.subjects.tests.scene import Scene

    yield Scene()
    set_database_scope(None)


def examined(scene: Any, *, passed: bool = True) -> Any:
    from plumbline.apps.agencies import actions
    from plumbline.apps.agencies.models import ExamResult

    actions.hold_exam(
        actor=scene.actor(scene.bureau), title="执法资格考试", held_on=PASSED, organiser="省司法厅",
        scores=[actions.Score("S-ST", "秦子涵", "S-9", 865 if passed else 520, passed)],
    )  # fmt: skip
    return ExamResult.objects.unscoped("测试").get(staff_number="S-9")


def issued(scene: Any) -> Any:
    from plumbline.apps.agencies import actions

    application = actions.apply_for_certificate(
        actor=scene.actor(scene.keeper),
        agency_code="S-ST",
        result=examined(scene),
        field="城市管理",
        area="本街道",
    )
    certificate = actions.NewCertificate("HB-9", date(2026, 11, 2), date(2026, 11, 3), None)
    bureau = scene.actor(scene.bureau)
    return actions.issue_certificate(actor=bureau, application=application, certificate=certificate)


def test_only_who_passed_may_be_applied_for_and_only_the_district_issues(scene: Any) -> None:
    from plumbline.apps.agencies import actions
    from plumbline.apps.agencies.models import CertificateApplication, ExamResult

    failed = examined(scene, passed=False)
    keeper, bureau = scene.actor(scene.keeper), scene.actor(scene.bureau)
    wanted = {"agency_code": "S-ST", "field": "城市管理", "area": "本街道"}
    with pytest.raises(InputFault, match="考试不合格"):
        actions.apply_for_certificate(actor=keeper, result=failed, **wanted)
    with pytest.raises(InputFault, match="已有 S-9 的成绩"):
        examined(scene)
    score = actions.Score("S-ST", "秦子涵", "S-8", 901, True)
    again = {"title": "补考", "held_on": PASSED, "organiser": "省司法厅", "scores": [score]}
    with pytest.raises(Refusal):
        actions.hold_exam(actor=keeper, **again)
    actions.hold_exam(actor=bureau, **again)
    result = ExamResult.objects.visible_to(keeper).get(staff_number="S-8")
    assert not ExamResult.objects.visible_to(scene.actor(scene.other)).exists()
    application = actions.apply_for_certificate(actor=keeper, result=result, **wanted)
    with pytest.raises(InputFault, match="已经申领过"):
        actions.apply_for_certificate(actor=keeper, result=result, **wanted)
    early = actions.NewCertificate("HB-9", PASSED - timedelta(days=1), PASSED, None)
    with pytest.raises(InputFault, match="先考试合格"):
        actions.issue_certificate(actor=bureau, application=application, certificate=early)
    with pytest.raises(Refusal, match="请由区司法局办理"):
        actions.refuse_application(actor=keeper, application=application, reason="不符")
    actions.refuse_application(actor=bureau, application=application, reason="岗位不属于执法岗位")
    assert actions.apply_for_certificate(actor=keeper, result=result, **wanted).pk != application.pk
    assert CertificateApplication.objects.visible_to(keeper).count() == 2


def test_a_new_certificate_is_listed_when_it_is_published_and_the_delay_is_kept(scene: Any) -> None:
    from plumbline.apps.agencies import actions
    from plumbline.apps.agencies.changes import delays, waiting_changes
    from plumbline.apps.agencies.contract import certificates_like

    certificate = issued(scene)
    work_off()
    registered = StoredVerdict.objects.unscoped("测试").get(rule="ESR-17-subject-officer")
    assert registered.verdict == "met"
    assert not certificates_like("HB-9")
    waiting = waiting_changes(None)
    assert [(w.change.about, w.due_on) for w in waiting] == [("HB-9", date(2026, 12, 1))]
    with pytest.raises(Refusal):
        actions.publish_change(actor=scene.actor(scene.other), change=waiting[0].change)
    actions.publish_change(actor=scene.actor(scene.bureau), change=waiting[0].change)
    assert [row.number for row in certificates_like("HB-9")] == ["HB-9"]
    certificate.refresh_from_db()
    assert certificate.published_on == clock.today()
    figure = delays(date(2026, 1, 1), None)[0]
    assert (figure.changes, figure.shown, figure.longest, figure.over_setting) == (1, 1, 15, None)
    setting = {"name": "public_delay_days", "value": 10, "valid_from": date(2026, 1, 1)}
    with pytest.raises(InputFault, match="参数保持未启用"):
        actions.enter_setting(actor=scene.actor(scene.bureau), source="建议", **setting)
    actions.enter_setting(actor=scene.actor(scene.bureau), source="新司发〔2026〕9号第三条", **setting)
    assert delays(date(2026, 1, 1), None)[0].over_setting == 1


def test_a_suspension_recorded_late_shows_as_late(scene: Any) -> None:
    from plumbline.apps.agencies import actions
    from plumbline.apps.agencies.changes import delays, late_matters
    from plumbline.apps.agencies.models import OfficerCertificate, PublicChange

    OfficerCertificate.objects.update(published_on=date(2024, 2, 1))
    row = OfficerCertificate.objects.get(number="S-ST-1")
    keeper = scene.actor(scene.keeper)
    actions.suspend_certificate(
        actor=keeper, certificate=row, from_on=date(2026, 10, 9), to_on=None, reason="考核不合格"
    )
    work_off()
    change = PublicChange.objects.get()
    assert (change.published_on, change.delay_wd) == (clock.today(), 33)
    assert late_matters([change.matter_id]) == {change.matter_id}
    assert [(f.code, f.late, f.waiting) for f in delays(date(2026, 1, 1), None)] == [("S-ST", 1, 0)]
    with pytest.raises(InputFault, match="没有暂扣"):
        actions.restore_certificate(actor=keeper, certificate=row, on=date(2026, 10, 9), reason="恢复")
    actions.restore_certificate(actor=keeper, certificate=row, on=clock.today(), reason="复核合格")
    row.refresh_from_db()
    yesterday = clock.today() - timedelta(days=1)
    assert (row.state_on(yesterday), row.state_on(clock.today())) == ("suspended", "valid")


def test_a_move_and_a_renewal_are_rows_that_meet_on_a_day(scene: Any) -> None:
    from plumbline.apps.agencies import actions
    from plumbline.apps.agencies.contract import certificate_of, valid_certificates
    from plumbline.apps.agencies.models import OfficerCertificate, PublicChange
    from plumbline.apps.agencies.registers import officers
    from plumbline.platform.identity.models import Agency

    OfficerCertificate.objects.update(published_on=date(2024, 2, 1))
    row, today = OfficerCertificate.objects.get(number="S-ST-1"), clock.today()
    office, bureau = Agency.objects.get(code="S-CG"), scene.actor(scene.bureau)
    wanted = {"certificate": row, "to": office, "on": today, "reason": "轮岗"}
    with pytest.raises(Refusal, match="跨机关调动"):
        actions.move_officer(actor=scene.actor(scene.keeper), **wanted)
    with pytest.raises(InputFault, match="就是现在的机关"):
        actions.move_officer(actor=bureau, **{**wanted, "to": row.agency})
    moved = actions.move_officer(actor=bureau, **wanted)
    row.refresh_from_db()
    yesterday = today - timedelta(days=1)
    assert (row.state_on(yesterday), row.state_on(today)) == ("valid", "moved")
    assert not valid_certificates("S-ST", today).filter(number=row.number).exists()
    assert certificate_of(row.number) == moved and moved.published_on is None
    parts = [(p["agency"], p["valid_to"]) for p in officers() if p["id"] == row.number]
    assert sorted(parts, key=str) == sorted([("S-ST", yesterday.isoformat()), ("S-CG", None)], key=str)
    assert {(c.what, c.published_on) for c in PublicChange.objects.all()} == {
        ("moved_out", today), ("moved_in", None),
    }  # fmt: skip
    other = OfficerCertificate.objects.get(number="S-CG-1")
    with pytest.raises(InputFault, match="写明换发的理由"):
        actions.renew_certificate(actor=bureau, certificate=other, from_on=today, to_on=None, reason="")
    fresh = actions.renew_certificate(
        actor=bureau, certificate=other, from_on=today, to_on=date(2031, 11, 23), reason="换发全国统一样式"
    )
    other.refresh_from_db()
    assert (other.state_on(today), other.ended_as, fresh.state_on(today)) == ("renewed", "renewed", "valid")
    assert certificate_of("S-CG-1") == fresh and fresh.published_on == today
    check = {"certificate": fresh, "year": 2026, "on": today, "passed": True, "note": ""}
    with pytest.raises(InputFault, match="请写明理由"):
        actions.check_annually(actor=bureau, **{**check, "passed": False})
    actions.check_annually(actor=bureau, **check)
    with pytest.raises(InputFault, match="已经年检过"):
        actions.check_annually(actor=bureau, **check)


def test_a_photo_is_drawn_anew_and_stays_inside(scene: Any, client: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from plumbline.apps.agencies import actions
    from plumbline.platform.files.tests.made import png

    row = issued(scene)
    keeper = scene.actor(scene.keeper)
    with pytest.raises(Refusal):
        actions.keep_photo(
            actor=scene.actor(scene.other), certificate=row, file=SimpleUploadedFile("a.png", png())
        )
    with pytest.raises(InputFault, match="照片"):
        actions.keep_photo(actor=keeper, certificate=row, file=SimpleUploadedFile("a.txt", b"no picture"))
    client.force_login(scene.keeper)
    page = f"/lists/officers/{row.pk}"
    assert client.get(f"{page}/photo").status_code == 404
    sent = client.post(f"{page}/photo/new", {"file": SimpleUploadedFile("a.png", png())})
    assert sent.status_code == 302
    assert "的证件照片" in client.get(page).content.decode()
    shown = client.get(f"{page}/photo")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    cards = client.get("/lists/officers/cards").content.decode()
    assert (f"{page}/photo" in cards) == ("HB-9" in cards)
    client.force_login(scene.other)
    assert client.get(f"{page}/photo").status_code == 404
    client.logout()
    assert "photo" not in client.get(f"/open/officers/{row.number}").content.decode()

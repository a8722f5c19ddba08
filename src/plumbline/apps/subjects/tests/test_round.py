"""A round from its opening to the public list, and what is refused on the way."""

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


@pytest.fixture
def scene() -> Any:
    from .scene import Scene

    yield Scene()
    set_database_scope(None)


def test_an_agency_finds_what_is_known_and_hands_in_what_is_whole(scene: Any) -> None:
    from plumbline.apps.subjects import actions

    from .scene import OFFICE, STREET

    scene.entrust()
    cleanup = scene.opened()
    entry = scene.entry(cleanup, OFFICE)
    assert [(r.code, r.kind) for r in entry.subject_rows.all()] == [(OFFICE, "organ"), ("S-DUI", "entrusted")]
    assert entry.officer_rows.count() == 2 and entry.state_on(clock.today()) == "open"
    assert entry.state_on(cleanup.due_on + timedelta(days=1)) == "late"
    with pytest.raises(InputFault, match="缺少主体资格依据、执法范围"):
        actions.submit_entry(actor=scene.actor(scene.other), entry=entry)
    with pytest.raises(Refusal, match="不报送该机关"):
        actions.submit_entry(actor=scene.actor(scene.other), entry=scene.entry(cleanup, STREET))
    with pytest.raises(InputFault, match="只有受委托组织另有编码"):
        scene.state(entry, code="X-1", kind="organ")
    scene.state(entry, entrusted_to=None)
    with pytest.raises(InputFault, match="缺少委托期限"):
        actions.submit_entry(actor=scene.actor(scene.other), entry=scene.entry(cleanup, OFFICE))
    handed = scene.handed_in(cleanup, STREET)
    with pytest.raises(Refusal, match="正在审核"):
        scene.state(handed)
    with pytest.raises(InputFault, match="还在另一次清理中"):
        scene.opened(agencies=[STREET])


def test_a_returned_row_comes_back_and_nothing_is_confirmed_before(scene: Any) -> None:
    from plumbline.apps.subjects import actions
    from plumbline.apps.subjects.actions.reviewing import Ruling, rows_of

    from .scene import OFFICE, STREET

    cleanup, bureau = scene.opened(), scene.actor(scene.bureau)
    entry = scene.handed_in(cleanup, STREET)
    rows = rows_of(entry)
    officer = next(key for key in rows if key.startswith("o"))
    with pytest.raises(InputFault, match="请写明理由"):
        actions.decide_rows(actor=bureau, entry=entry, rulings={officer: Ruling("returned")})
    actions.decide_rows(
        actor=bureau, entry=entry, rulings={officer: Ruling("returned", "岗位与证件领域不符")}
    )
    with pytest.raises(Refusal, match="还有 2 行没有审核"):
        actions.finish_review(actor=bureau, entry=entry)
    actions.decide_rows(actor=bureau, entry=entry, rulings={}, rest="passed")
    assert actions.finish_review(actor=bureau, entry=entry) is False
    back = scene.entry(cleanup, STREET)
    assert back.state_on(clock.today()) == "returned"
    with pytest.raises(InputFault, match="退回的没有修改"):
        actions.submit_entry(actor=scene.actor(scene.keeper), entry=back)
    row = back.officer_rows.get(decision="returned")
    stated = {row.pk: actions.StatedOfficer("left", "", "已到龄退休")}
    actions.state_officer(actor=scene.actor(scene.keeper), entry=back, stated=stated)
    actions.submit_entry(actor=scene.actor(scene.keeper), entry=scene.entry(cleanup, STREET))
    entry = scene.entry(cleanup, STREET)
    actions.decide_rows(actor=bureau, entry=entry, rulings={}, rest="passed")
    assert actions.finish_review(actor=bureau, entry=entry) is True
    with pytest.raises(Refusal, match="还有 1 个机关没有审核完成：区城市管理局"):
        actions.confirm_round(actor=bureau, cleanup=cleanup)
    late = scene.entry(cleanup, OFFICE)
    actions.remind_agency(actor=bureau, entry=late)
    with pytest.raises(InputFault, match="请写明"):
        actions.leave_out(actor=bureau, entry=late, reason=" ")
    actions.leave_out(actor=bureau, entry=late, reason="机构改革中，另行清理")
    made = actions.confirm_round(actor=bureau, cleanup=cleanup)
    assert [subject.code for subject in made] == [STREET]
    assert {p.title: p.officers for p in made[0].posts.all()} == {"现场执法岗": ["S-ST-2"], "法制审核岗": []}


def test_the_public_list_follows_the_governments_consent(scene: Any) -> None:
    from plumbline.apps.agencies.models import OfficerCertificate, PublicChange
    from plumbline.apps.subjects import actions
    from plumbline.platform.identity.models import Agency

    from .scene import STREET

    cleanup = scene.published()
    street = Agency.objects.get(code=STREET)
    assert street.subject_confirmed_on == street.subject_published_on == clock.today()
    assert set(OfficerCertificate.objects.values_list("published_on", flat=True)) == {clock.today()}
    work_off()
    told = StoredVerdict.objects.unscoped("测试").filter(rule="ESR-17-subject-officer")
    assert set(told.values_list("verdict", flat=True)) == {"met"} and told.count() == 6
    assert set(PublicChange.objects.values_list("what", "delay_wd")) == {("subject", 0)}
    with pytest.raises(Refusal, match="不能办理这一步"):
        actions.publish_round(actor=scene.actor(scene.bureau), cleanup=cleanup)
    with pytest.raises(Refusal, match="不办理主体清理"):
        scene.opened(actor=scene.actor(scene.keeper))


def test_each_step_asks_for_the_one_before_and_for_its_paper(scene: Any) -> None:
    from plumbline.apps.subjects import actions

    from .scene import OFFICE, STREET

    cleanup, bureau, today = scene.opened(), scene.actor(scene.bureau), clock.today()
    for agency in (STREET, OFFICE):
        scene.reviewed(cleanup, agency)
    with pytest.raises(Refusal):
        actions.put_to_government(actor=bureau, cleanup=cleanup, on=today, number="新司文〔2026〕1号")
    actions.confirm_round(actor=bureau, cleanup=cleanup)
    for wrong in ({"on": today - timedelta(days=1)}, {"on": today + timedelta(days=1)}, {"number": " "}):
        with pytest.raises(InputFault):
            actions.put_to_government(
                actor=bureau, cleanup=cleanup, **{"on": today, "number": "新司文〔2026〕1号", **wrong}
            )
    actions.put_to_government(actor=bureau, cleanup=cleanup, on=today, number="新司文〔2026〕1号")
    with pytest.raises(Refusal, match="请由区政府或者区司法局办理"):
        actions.record_consent(actor=scene.actor(scene.keeper), cleanup=cleanup, on=today, number="新政函")
    with pytest.raises(Refusal):
        actions.publish_round(actor=bureau, cleanup=cleanup)


def test_a_change_opens_a_new_row_and_an_end_takes_the_powers(scene: Any) -> None:
    from plumbline.apps.powers.models import PowerItem
    from plumbline.apps.powers.registers import power_items
    from plumbline.apps.subjects import actions
    from plumbline.apps.subjects.models import Subject
    from plumbline.platform.identity.models import Agency

    from .scene import BASES, OFFICE, STREET

    scene.published()
    bureau, today = scene.actor(scene.bureau), clock.today()
    PowerItem.objects.create(
        item="I-1", agency_id=OFFICE, violation="倾倒", domain="other", valid_from=date(2020, 1, 1)
    )
    Subject.objects.update(confirmed_on=date(2026, 1, 5))
    subject = Subject.objects.get(code=OFFICE)
    state = actions.NewState("区城市管理执法局", subject.scope, subject.area, "李明", subject.phone, BASES)
    wanted = {
        "actor": bureau,
        "subject": subject,
        "on": date(2026, 11, 2),
        "state": state,
        "document": "新编〔2026〕3号",
    }
    with pytest.raises(InputFault, match="请写明理由"):
        actions.change_subject(**wanted, reason=" ")
    fresh = actions.change_subject(**wanted, reason="机构更名")
    subject.refresh_from_db()
    assert (subject.valid_to, subject.ended_as, fresh.name) == (
        date(2026, 11, 1),
        "changed",
        "区城市管理执法局",
    )
    assert fresh.posts.count() == 2 and Agency.objects.get(code=OFFICE).name == "区城市管理执法局"
    with pytest.raises(Refusal, match="已于 2026-11-01 终止"):
        actions.end_subject(actor=bureau, subject=subject, on=today, ended_as="abolished", reason="撤销")
    with pytest.raises(InputFault, match="请选择承继"):
        actions.end_subject(actor=bureau, subject=fresh, on=today, ended_as="merged", reason="合并")
    actions.end_subject(
        actor=bureau, subject=fresh, on=today, ended_as="merged", reason="并入街道", successor=STREET
    )
    rows = [(row["agency"], row["valid_from"], row["valid_to"]) for row in power_items()]
    yesterday = (today - timedelta(days=1)).isoformat()
    assert rows == [(OFFICE, "2020-01-01", yesterday), (f"{OFFICE}-ENDED", today.isoformat(), None)]


def test_an_article_that_reads_otherwise_asks_for_an_answer(scene: Any) -> None:
    from plumbline.apps.law_library.models import LoadedArticle, LoadedStatute
    from plumbline.apps.subjects import actions
    from plumbline.apps.subjects.models import Subject
    from plumbline.apps.subjects.watching import asking

    from .scene import STREET

    statute = LoadedStatute.objects.create(title="行政处罚法", short_title="行政处罚法")
    article = LoadedArticle.objects.create(
        statute=statute, number="第二十四条", place=24, text="旧", sha256="a" * 64
    )
    scene.published()
    assert not asking()
    article.sha256 = "b" * 64
    article.save()
    assert {each.subject.code for each in asking()} == {STREET, "S-CG"}
    bureau, subject = scene.actor(scene.bureau), Subject.objects.get(code=STREET)
    basis = subject.bases.get()
    with pytest.raises(Refusal):
        actions.reaffirm_basis(actor=scene.actor(scene.keeper), subject=subject, basis=basis, reason="仍成立")
    actions.reaffirm_basis(actor=bureau, subject=subject, basis=basis, reason="新条文仍规定街道可以承接")
    assert {each.subject.code for each in asking()} == {"S-CG"}
    with pytest.raises(InputFault, match="没有变化"):
        actions.reaffirm_basis(actor=bureau, subject=subject, basis=basis, reason="再次")

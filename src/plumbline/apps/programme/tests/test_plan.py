"""The notice becomes a programme whole; a workbook becomes one after a dry run; what changes is dated, never overwritten."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plumbline.apps.programme import actions
from plumbline.apps.programme.comparing import difference
from plumbline.apps.programme.models import Intake, Programme, Share
from plumbline.apps.programme.notice import notice_2022_14
from plumbline.apps.programme.plan import Plan
from plumbline.apps.programme.plan_book import plan_workbook, read_plan
from plumbline.apps.programme.reading import board_of
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent

from .world import EAST, PLAN, WEST, World

pytestmark = pytest.mark.django_db


def test_the_notice_comes_in_whole(world: World) -> None:
    """23 annex tasks with 24 deadlines, 79 duties of which 37 stand in the body alone, four phases, ten conflicts."""
    plan = notice_2022_14()
    annex = [t for t in plan.tasks if t.kind == "annex"]
    body = [t for t in plan.tasks if t.kind == "body"]
    assert (len(annex), sum(len(t.due) for t in annex), len(body)) == (23, 24, 79)
    assert sum(t.body_only for t in body) == 37
    assert (len(plan.phases), len(plan.conflicts)) == (4, 10)
    assert sum(t.points for t in annex) == 100
    codes = {t.code for t in plan.tasks}
    assert all({*t.refs, *t.after} <= codes for t in plan.tasks)
    assert all(set(c.about) <= codes for c in plan.conflicts)
    # What the notice names is known, as one unit or as a group.
    assert {name for t in plan.tasks for name in t.units} <= set(plan.groups)
    assert Plan.of_json(plan.as_json()) == plan


def test_each_unit_of_a_group_has_a_share_of_its_own(world: World) -> None:
    with pytest.raises(Refusal):
        actions.open_programme(actor=world.actor(world.east), plan=PLAN, agency=world.share)  # type: ignore[arg-type]
    programme = world.opened()
    shares = Share.objects.unscoped("测试").filter(task__programme=programme)
    assert sorted(shares.filter(task__code="T1").values_list("agency_id", "lead")) == [
        ("T-EAST", False),
        ("T-SFJ", True),
        ("T-WEST", False),
    ]
    # A duty of the body that the annex has a row for is done there.
    assert not shares.filter(task__code="B1").exists()
    with pytest.raises(InputFault):
        world.opened()


def uploaded(data: bytes, name: str = "方案.xlsx") -> Any:
    return SimpleUploadedFile(name, data)


def test_a_workbook_is_read_compared_and_taken_over(world: World) -> None:
    actor = world.actor(world.lead)
    with pytest.raises(Refusal):
        actions.upload_plan(actor=world.actor(world.east), file=uploaded(plan_workbook(PLAN)))
    page = world.client(world.lead).post(
        "/programmes/intake", {"file": uploaded(plan_workbook(PLAN))}, follow=True
    )
    row = Intake.objects.get()
    assert row.faults == []
    assert "新的方案" in page.content.decode() and not Programme.objects.exists()
    with pytest.raises(Refusal):
        actions.apply_plan(actor=world.actor(world.east), intake=row)
    programme = actions.apply_plan(actor=actor, intake=row)
    assert [line.code for line in board_of(programme).lines] == [t.code for t in PLAN.tasks]
    with pytest.raises(Refusal):
        actions.apply_plan(actor=actor, intake=row)
    again = actions.upload_plan(actor=actor, file=uploaded(plan_workbook(PLAN)))
    with pytest.raises(Refusal, match="没有差异"):
        actions.apply_plan(actor=actor, intake=again, reason="试试")


def test_a_programme_written_out_and_read_again_says_the_same(world: World) -> None:
    """Whatever a revision does not touch is kept: milestones, pages of the platform, who named the units."""
    notice = notice_2022_14()
    notice = replace(notice, groups=dict.fromkeys(notice.groups, (EAST,)))  # the demonstration's are not here
    again, faults = read_plan(io.BytesIO(plan_workbook(notice)))
    assert not faults and again is not None
    assert (again.phases, again.conflicts) == (notice.phases, notice.conflicts)
    assert any(task.links for task in notice.tasks) and not all(task.unit_stated for task in notice.tasks)
    named = [{"links": t.links, "stated": t.unit_stated, "units": t.units, "due": t.due} for t in again.tasks]
    assert named == [
        {"links": t.links, "stated": t.unit_stated, "units": t.units, "due": t.due} for t in notice.tasks
    ]
    programme = world.opened()
    book = world.client(world.lead).get(f"/programmes/{programme.key}/plan.xlsx")
    there, faults = read_plan(
        io.BytesIO(b"".join(book.streaming_content) if book.streaming else book.content)
    )
    assert not faults and there is not None and not difference(programme, there)


def test_what_changes_in_the_plan_itself_is_shown_taken_over_and_logged(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    longer = replace(PLAN, to_on=date(2022, 12, 31), phases=(PLAN.phases[0],))
    row = actions.upload_plan(actor=lead, file=uploaded(plan_workbook(longer)))
    page = world.client(world.lead).get(f"/programmes/intake/{row.pk}").content.decode()
    assert "方案本身 2 处" in page and "2022-12-31" in page and "自查、2022-07-31" in page
    actions.apply_plan(actor=lead, intake=row, reason="领导小组会议")
    programme.refresh_from_db()
    assert programme.to_on == date(2022, 12, 31)
    told = StoredEvent.objects.unscoped("测试").get(activity="programme_revised").data
    assert ["止", "2022-10-31", "2022-12-31"] in told["head"] and not told["changed"]


def test_a_workbook_with_faults_says_where_and_takes_nothing_over(world: World) -> None:
    blank, faults = read_plan(io.BytesIO(plan_workbook()))
    assert blank is None and {f.sheet for f in faults} >= {"方案", "任务"}
    wrong = Plan(**{
        **vars(PLAN), "key": "坏 编码",
        "tasks": (*PLAN.tasks, first_task(code="T1", units=("不存在的单位",), title="")),
    })  # fmt: skip
    none, faults = read_plan(io.BytesIO(plan_workbook(wrong)))
    assert none is None
    said = {(f.sheet, f.column): f for f in faults}
    assert said["任务", "责任主体"].row == 8 and "不存在的单位" in said["任务", "责任主体"].message
    assert "重复" in said["任务", "编号"].message and said["任务", "任务"].message == "没有填写。"
    assert ("方案", "编码") in said
    odd = replace(PLAN, tasks=(first_task(links=(("no-such-page", "说明"),)), *PLAN.tasks[1:]))
    assert [(f.column, f.row) for f in read_plan(io.BytesIO(plan_workbook(odd)))[1]] == [("平台页面", 2)]
    row = actions.upload_plan(actor=world.actor(world.lead), file=uploaded(plan_workbook(wrong)))
    with pytest.raises(Refusal, match="还有问题"):
        actions.apply_plan(actor=world.actor(world.lead), intake=row)
    page = world.client(world.lead).get(f"/programmes/intake/{row.pk}").content.decode()
    assert "不存在的单位" in page and "处要修改" in page
    with pytest.raises(InputFault):
        actions.upload_plan(actor=world.actor(world.lead), file=world.file())


def first_task(**changes: Any) -> Any:
    """The first task of the plan, changed."""
    return replace(PLAN.tasks[0], **changes)


def test_a_changed_plan_holds_from_its_day_and_the_earlier_is_kept(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    world.confirmed(world.share(programme, "T1", EAST), world.east, on=date(2022, 8, 1))
    changed = Plan(**{
        **vars(PLAN), "groups": {**PLAN.groups, "各街道": (EAST,)},
        "tasks": (first_task(due=(date(2022, 9, 30),)), *PLAN.tasks[1:5]),
    })  # fmt: skip
    with pytest.raises(Refusal):
        actions.revise_programme(
            actor=world.actor(world.east), programme=programme, plan=changed, reason="领导小组会议"
        )
    with pytest.raises(InputFault):
        actions.revise_programme(actor=lead, programme=programme, plan=changed, reason=" ")
    actions.revise_programme(actor=lead, programme=programme, plan=changed, reason="领导小组会议")
    before, now = board_of(programme, on=date(2022, 8, 14)), board_of(programme)
    assert (before.line("T1").term.due, now.line("T1").term.due) == ([date(2022, 8, 19)], [date(2022, 9, 30)])
    assert before.line("B3") and now.line("B3") is None
    assert [u.share.agency_id for u in now.line("T1").units] == ["T-SFJ", EAST]
    assert WEST in [u.share.agency_id for u in before.line("T1").units]
    assert now.line("T1").units[1].state == "done"


def test_a_deadline_is_moved_with_a_reason(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    task = programme.tasks.get(code="T1")
    with pytest.raises(Refusal):
        actions.change_deadline(
            actor=world.actor(world.east), task=task, due=[date(2022, 9, 1)], reason="汛期"
        )
    for due, reason in (
        ([], "汛期"),
        ([date(2022, 8, 19)], "汛期"),
        ([date(2022, 9, 1)], " "),
        ([date(2022, 9, 1)] * 2, "汛期"),
    ):
        with pytest.raises(InputFault):
            actions.change_deadline(actor=lead, task=task, due=due, reason=reason)
    page = world.client(world.lead).post(
        f"/programmes/{programme.key}/tasks/T1/deadline", {"due": "2022-09-01", "reason": "汛期"}
    )
    assert page.status_code == 302
    assert [t.due for t in task.terms.all()] == [[date(2022, 8, 19)], [date(2022, 9, 1)]]
    assert StoredEvent.objects.unscoped("测试").filter(activity="task_deadline_changed").exists()
    assert (
        "任务内容的历史"
        in world.client(world.lead).get(f"/programmes/{programme.key}/tasks/T1").content.decode()
    )

"""Units report with files, 区司法局 confirms or returns; what stands is told in words for any day; nothing is overwritten."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from plumbline.apps.programme import actions
from plumbline.apps.programme.contract import merit_records
from plumbline.apps.programme.desk import programme_tasks
from plumbline.apps.programme.models import Deliverable, Merit, Progress, Reminder, Responsible, Share
from plumbline.apps.programme.reading import board_of
from plumbline.apps.programme.reminders import kind_of, remind, remind_units
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.sheets import open_book
from plumbline.platform.notify.models import Notice

from .world import BUREAU, EAST, WEST, World

pytestmark = pytest.mark.django_db
AUGUST = date(2022, 8, 10)


def rows_of(workbook: bytes) -> dict[str, list[list[str]]]:
    """The rows below the heads of every sheet."""
    return {sheet.name: [texts for _, texts in sheet.rows()][1:] for sheet in open_book(io.BytesIO(workbook))}


def words(world: World, programme: object, code: str, unit: str, on: date) -> str:
    line = board_of(programme, on=on).line(code)  # type: ignore[arg-type]
    return next(u for u in line.units if u.share.agency_id == unit).tag.word


def test_a_report_is_returned_made_good_and_confirmed(world: World) -> None:
    programme = world.opened()
    share, lead, east = world.share(programme, "T1", EAST), world.actor(world.lead), world.actor(world.east)
    with pytest.raises(Refusal):
        world.reported(share, world.west)
    for given in ({"text": ""}, {"file": None}, {"round": 2}, {"expected_on": date(2022, 1, 1)}):
        with pytest.raises(InputFault):
            world.reported(share, world.east, **given)
    first = world.reported(share, world.east, on=AUGUST, text="目录已经制定")
    with pytest.raises(Refusal, match="等待确认"):
        world.reported(share, world.east)
    with pytest.raises(Refusal):
        actions.review_progress(actor=east, progress=first, accept=True)
    for given in ({"opinion": ""}, {"redo_by": None}, {"redo_by": date(2022, 8, 1)}):
        with pytest.raises(InputFault):
            actions.review_progress(
                actor=lead, progress=first, accept=False,
                **{"opinion": "缺少依据", "redo_by": date(2022, 8, 18), "on": date(2022, 8, 12), **given},  # type: ignore[arg-type]
            )  # fmt: skip
    assert [t.title for t in programme_tasks(lead)] == ["确认东街街道报告完成的 T1"]
    page = world.client(world.lead).post(
        f"/programmes/{programme.key}/reports/{first.pk}/review",
        {"accept": "no", "opinion": "缺少制定依据", "redo_by": "2022-08-18"},
    )
    assert page.status_code == 302
    assert words(world, programme, "T1", EAST, date(2022, 8, 15)) == "退回补正"
    assert words(world, programme, "T1", EAST, date(2022, 8, 11)) == "待确认"
    assert next(t.title for t in programme_tasks(east)).startswith("补正：T1")
    with pytest.raises(InputFault):
        world.reported(share, world.east, file=None)
    lacking = world.reported(share, world.east, text="补充了依据")
    form = world.client(world.lead).get(f"/programmes/{programme.key}/reports/{lacking.pk}/review")
    assert "成果中有的要素" in form.content.decode()
    said = world.client(world.lead).post(
        f"/programmes/{programme.key}/reports/{lacking.pk}/review", {"accept": "yes", "elements": ["名称"]}
    )
    assert said.status_code == 422 and "没有核对到：依据" in said.content.decode()
    second = actions.review_progress(
        actor=lead, progress=lacking, accept=True, elements=("名称", "依据"), on=lacking.on
    )
    assert second.elements == ["名称", "依据"]
    assert words(world, programme, "T1", EAST, date(2022, 8, 15)) == "完成"
    assert [f.version for f in Deliverable.objects.unscoped("测试").filter(share=share)] == [2, 1]
    first.refresh_from_db()
    assert (first.accepted, second.accepted, first.text) == (False, True, "目录已经制定")
    with pytest.raises(Refusal, match="已经确认完成"):
        world.reported(share, world.east)
    assert Notice.objects.filter(agency_code=EAST, title__contains="退回补正").exists()
    told = StoredEvent.objects.unscoped("测试").filter(activity="task_progress_reported").first()
    assert told is not None and told.data["sha256"] and told.occurred_on == AUGUST


def test_who_reported_never_confirms(world: World) -> None:
    programme = world.opened()
    row = world.reported(world.share(programme, "T1", "T-SFJ"), world.lead)
    with pytest.raises(Refusal, match="不能确认自己"):
        actions.review_progress(actor=world.actor(world.lead), progress=row, accept=True)
    whole = ("名称", "依据")
    second = world.actor(world.second)
    assert actions.review_progress(actor=second, progress=row, accept=True, elements=whole).accepted


def test_states_are_words_for_any_day(world: World) -> None:
    programme = world.opened()
    assert words(world, programme, "T1", EAST, date(2022, 7, 1)) == "未开始"
    assert words(world, programme, "T1", EAST, date(2022, 8, 15)) == "临期"
    # A deadline before the notice's own date is made up for, never late.
    assert words(world, programme, "T2", "T-SFJ", date(2022, 8, 15)) == "待补报"
    programme.shown_on = date(2022, 8, 22)
    programme.save()
    assert words(world, programme, "T1", EAST, date(2022, 8, 22)) == "逾期 3 日"
    share = world.share(programme, "T1", WEST)
    world.reported(share, world.west, "stuck", text="等待编办核定", on=date(2022, 8, 1))
    assert words(world, programme, "T1", WEST, date(2022, 8, 2)) == "受阻"
    world.reported(
        share, world.west, "doing", text="已经恢复", on=date(2022, 8, 3), expected_on=date(2022, 8, 24)
    )
    assert words(world, programme, "T1", WEST, date(2022, 8, 3)) == "进行"
    line = board_of(programme).line("T1")
    assert line is not None and line.state == "late" and line.late_units == 3
    # The day they promised is in this week.
    assert [(found.code, done) for found, done in board_of(programme).this_week] == [("T1", False)]
    # Two rounds are two things: the first is done, the second open.
    dept = world.share(programme, "T3", "T-DEPT")
    world.confirmed(dept, world.dept, round=1, on=date(2022, 8, 4))
    unit = next(u for u in board_of(programme).line("T3").units if u.share == dept)  # type: ignore[union-attr]
    assert [r.words for r in unit.rounds] == ["完成", "未开始"]


def test_people_are_named_and_fulfil_the_duty(world: World) -> None:
    programme, east = world.opened(), world.actor(world.east)
    given = {"programme": programme, "agency": EAST, "department": "综合执法中心"}
    with pytest.raises(Refusal):
        actions.name_responsible(actor=world.actor(world.west), person="张三", **given)
    with pytest.raises(InputFault):
        actions.name_responsible(actor=east, person=" ", **given)
    actions.name_responsible(actor=east, person="张三", on=date(2022, 6, 12), **given)
    page = world.client(world.east).post(
        f"/programmes/{programme.key}/units/{EAST}/people", {"department": "综合执法中心", "person": "李四"}
    )
    assert page.status_code == 302
    rows = Responsible.objects.unscoped("测试").order_by("since_on").values_list("person", "until_on")
    assert list(rows) == [("张三", date(2022, 8, 14)), ("李四", None)]
    assert words(world, programme, "B2", EAST, date(2022, 8, 15)) == "完成"
    assert words(world, programme, "B2", WEST, date(2022, 8, 15)) == "未开始"
    with pytest.raises(Refusal, match="责任人名单"):
        world.reported(world.share(programme, "B2", EAST), world.east)
    assert "李四" in world.client(world.lead).get(f"/programmes/{programme.key}/people").content.decode()


def test_a_conflict_is_shown_until_and_after_it_is_settled(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    client = world.client(world.lead)
    assert "还没有确认" in client.get(f"/programmes/{programme.key}/tasks/T1").content.decode()
    with pytest.raises(Refusal):
        actions.settle_conflict(
            actor=world.actor(world.east), programme=programme, conflict="C1", decision="以附件为准"
        )
    for code, said in (("C9", "以附件为准"), ("C1", "")):
        with pytest.raises(InputFault):
            actions.settle_conflict(actor=lead, programme=programme, conflict=code, decision=said)
    client.post(f"/programmes/{programme.key}/conflicts/C1", {"decision": "以附件为准，街道也制定"})
    page = client.get(f"/programmes/{programme.key}/conflicts").content.decode()
    assert "正文写部门，附件加街道" in page and "以附件为准，街道也制定" in page
    assert not board_of(programme).open_conflicts


def test_merits_are_recorded_withdrawn_and_read_by_appraisal(world: World) -> None:
    programme, lead = world.opened(), world.actor(world.lead)
    given = {
        "programme": programme,
        "agency": Agency.objects.get(pk=EAST),
        "reason": "率先完成目录",
        "basis": "会议纪要〔2022〕3号",
    }
    with pytest.raises(Refusal):
        actions.record_merit(actor=world.actor(world.east), kind="bonus", points=Decimal("0.5"), **given)
    for kind, points in (("bonus", None), ("accountability", Decimal(1)), ("praise", None)):
        with pytest.raises(InputFault):
            actions.record_merit(actor=lead, kind=kind, points=points, **given)
    kept = actions.record_merit(actor=lead, kind="bonus", points=Decimal("0.5"), **given)
    actions.record_merit(actor=lead, kind="accountability", points=Decimal("-1.5"), **given)
    assert [(m.kind, m.points_tenths) for m in merit_records(lead, 2022)] == [
        ("bonus", 5),
        ("accountability", -15),
    ]
    assert merit_records(world.actor(world.west), 2022) == [] == merit_records(lead, 2023)
    with pytest.raises(InputFault):
        actions.withdraw_merit(actor=lead, merit=kept, reason="")
    with pytest.raises(Refusal):
        actions.withdraw_merit(actor=world.actor(world.east), merit=kept, reason="重复登记")
    actions.withdraw_merit(actor=lead, merit=kept, reason="重复登记")
    assert len(merit_records(lead, 2022)) == 1 and Merit.objects.unscoped("测试").count() == 2
    page = world.client(world.east).get(f"/programmes/{programme.key}/merits").content.decode()
    assert "率先完成目录" in page and "重复登记" in page


def test_units_are_reminded_once_before_on_and_after_the_day(world: World) -> None:
    due = date(2022, 8, 19)
    days = {
        date(2022, 8, 11): "",
        date(2022, 8, 12): "before",
        due: "today",
        date(2022, 8, 26): "after",
        date(2022, 8, 27): "",
    }
    assert {day: kind_of(due, day, 7) for day in days} == days
    programme = world.opened(shown_on=None)
    share = world.share(programme, "T1", EAST)
    with pytest.raises(Refusal):
        remind(actor=world.actor(world.east), share=share, due_on=due, kind="before")
    with time_machine.travel(datetime(2022, 8, 15, 9, tzinfo=clock.CHINA)):
        world.confirmed(world.share(programme, "T1", WEST), world.west)
        assert remind_units() == 2  # the street and 区司法局; who is through is left alone
        assert remind_units() == 0
        assert Notice.objects.filter(agency_code=EAST, title__contains="将到时限").exists()
        assert [t.due_on for t in programme_tasks(world.actor(world.east)) if t.number == "T1"] == [due]
    with time_machine.travel(datetime(2022, 8, 20, 9, tzinfo=clock.CHINA)):
        assert remind_units() == 2
    kinds = Reminder.objects.filter(share__agency_id=EAST, due_on=due).values_list("kind", flat=True)
    assert sorted(kinds) == ["after", "before"]


def test_what_others_do_does_not_read_as_not_begun(world: World) -> None:
    """区司法局 has done its task: whoever does not see that reads neither 「未开始」 nor 「未报」 beside it."""
    programme = world.opened()
    world.confirmed(world.share(programme, "T2", BUREAU), world.lead, on=AUGUST, text="名单已公布")
    seen = board_of(programme, world.actor(world.east), on=AUGUST)
    whole = board_of(programme, world.actor(world.second), on=AUGUST)
    told = {line.code: (line.state, line.said) for line in seen.lines}
    assert told["T2"] == ("elsewhere", "由承担单位报告")
    assert told["T1"] == ("none", "还没有报告") and told["B2"][0] != "elsewhere"
    assert not any(line.elsewhere for line in whole.lines)
    page = world.client(world.east).get(f"/programmes/{programme.key}?on={AUGUST}").content.decode()
    row = page.partition("公布执法主体")[2].partition("</tr>")[0]
    assert "他单位承担" in row and "未开始" not in row and "未报" not in row
    # Where there is nothing to score there is no way to the self-check.
    Share.objects.unscoped("测试").filter(agency_id=WEST, task__code__in=("T1", "T3")).delete()
    for unit, person, offered in ((EAST, world.east, True), (WEST, world.west, False)):
        page_of_unit = world.client(person).get(f"/programmes/{programme.key}/units/{unit}").content.decode()
        assert (f"/units/{unit}/self-check" in page_of_unit) is offered
    # Two of the three annex tasks are its own to finish.
    assert re.search(r"完成</span><b>0<small>/ 2</small>", page)


def test_a_unit_sees_its_own_part_and_the_ledger_holds_every_row(world: World) -> None:
    programme = world.opened()
    world.confirmed(world.share(programme, "T1", WEST), world.west, on=AUGUST, text="西街的目录")
    row = world.reported(world.share(programme, "T1", EAST), world.east, on=AUGUST, text="东街的目录")
    base = f"/programmes/{programme.key}"
    east = world.client(world.east)
    mine = east.get(f"{base}/tasks/T1").content.decode()
    assert "东街的目录" in mine and "西街的目录" not in mine
    west_file = Deliverable.objects.unscoped("测试").get(agency_id=WEST)
    assert east.get(f"{base}/files/{west_file.pk}").status_code == 404
    assert east.get(f"{base}/units/{WEST}").status_code == 404
    assert east.get(f"{base}/tasks/T1/units/{WEST}/report").status_code == 404
    assert world.client(world.bare).get(base).status_code == 403
    own = Deliverable.objects.unscoped("测试").get(progress=row)
    assert b"".join(east.get(f"{base}/files/{own.pk}").streaming_content)[:4] == b"\x89PNG"  # type: ignore[attr-defined]
    whole = rows_of(world.client(world.lead).get(f"{base}/ledger.xlsx").content)
    assert [row[5] for row in whole["进展报告"]] == ["东街的目录", "西街的目录"]
    assert (len(whole["附件任务"]), len(whole["正文要求"])) == (3, 3)
    assert {row[6] for row in whole["成果文件"]} == {own.sha256, west_file.sha256}
    part = rows_of(east.get(f"{base}/ledger.xlsx").content)
    assert [row[5] for row in part["进展报告"]] == ["东街的目录"]
    assert Progress.objects.unscoped("测试").count() == 2
    # A page of one day before the notice says so, and shows nothing of what came after.
    then = world.client(world.lead).get(f"{base}?on={AUGUST - timedelta(days=1)}").content.decode()
    assert "（回看）" in then and "已确认 1 / 3 个单位" not in then

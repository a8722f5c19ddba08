"""What the platform counts stands beside what units report: by its rows, as of the programme's day, and where the two disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from plumbline.apps.programme import actions
from plumbline.apps.programme.models import Programme
from plumbline.apps.programme.notice import notice_2022_14
from plumbline.apps.programme.tallies import _TALLIES, tallied
from plumbline.apps.subjects.models import Subject
from plumbline.platform.identity.models import Agency

from .world import BUREAU, EAST, PLAN, WEST, World

SUBJECTS = (("public-subjects", "门户上公布的执法主体"),)


def opened(world: World) -> Programme:
    """The small plan, its first task delivered on the public list of subjects."""
    first, *rest = PLAN.tasks
    plan = replace(PLAN, tasks=(replace(first, links=SUBJECTS), *rest))
    bureau = Agency.objects.get(pk=BUREAU)
    return actions.open_programme(
        actor=world.actor(world.lead), plan=plan, agency=bureau, shown_on=date(2022, 8, 15)
    )


def published(agency: str, on: date, until: date | None = None) -> Subject:
    return Subject.objects.create(
        code=f"{agency}-{on}", agency_id=agency, kind="organ", name=f"{agency}主体", confirmed_on=on, published_on=on,
        valid_to=until,
    )  # fmt: skip


def test_a_figure_is_its_rows_on_the_day_of_the_programme(world: World) -> None:
    programme = opened(world)
    published(EAST, date(2022, 5, 1))
    published(EAST, date(2022, 3, 1), date(2022, 4, 30))  # ended before the day
    published(WEST, date(2022, 8, 16))  # published after it
    term = programme.tasks.get(code="T1").terms.get()
    (counted,) = tallied(programme, term, world.actor(world.lead), date(2022, 8, 15))
    assert (counted.total, counted.of(EAST), counted.of(WEST), counted.of(BUREAU)) == (1, 1, 0, 1)
    lead = world.client(world.lead)
    page = lead.get(f"/programmes/{programme.key}/tasks/T1").content.decode()
    address = f"/programmes/{programme.key}/tasks/T1/recorded/public-subjects?on=2022-08-15"
    assert "平台自己的记录" in page and "不是单位的报告" in page and f'{address}"' in page
    for query, number in (("", 1), (f"&unit={EAST}", 1), (f"&unit={WEST}", 0)):
        rows = lead.get(f"{address}{query}").content.decode()
        assert f"{number} 个 · 数据截至 2022-08-15" in rows and rows.count("data-l=") == 2 * number
    earlier = lead.get(address.replace("2022-08-15", "2022-04-15")).content.decode()
    assert "1 个 · 数据截至 2022-04-15" in earlier and "2022-03-01" in earlier
    assert lead.get(f"/programmes/{programme.key}/tasks/T2/recorded/public-subjects").status_code == 404


def test_done_without_anything_on_record_is_said(world: World) -> None:
    programme = opened(world)
    published(EAST, date(2022, 5, 1))
    for unit, person in ((EAST, world.east), (WEST, world.west)):
        world.reported(world.share(programme, "T1", unit), person)
    lead, task = world.client(world.lead), f"/programmes/{programme.key}/tasks/T1"
    said = "没有记录到：公布的执法主体"
    assert lead.get(task).content.decode().count(f"单位报告已完成，平台截至 2022-08-15 {said}") == 1
    west = world.share(programme, "T1", WEST).progress.unscoped("测试").get()
    review = f"/programmes/{programme.key}/reports/{west.pk}/review"
    assert said in lead.get(review).content.decode()
    own = world.client(world.west).get(task).content.decode()
    assert said in own and f"unit={EAST}" not in own
    published(WEST, date(2022, 8, 15))
    assert said not in lead.get(task).content.decode() and said not in lead.get(review).content.decode()
    # What is counted confirms nothing that was reported.
    west.refresh_from_db(from_queryset=type(west).objects.unscoped("测试"))
    assert west.accepted is None


def test_every_tally_is_linked_from_a_task_of_the_notice(world: World) -> None:
    linked = {page for task in notice_2022_14().tasks for page, _ in task.links}
    assert len(_TALLIES) >= 7 and set(_TALLIES) <= linked

"""Asked, handed on, asked back, answered with its basis, confirmed, asked on; with a term of the district and without one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, STREET, ago
from plumbline.apps.coordination.actions import set_parameter
from plumbline.apps.coordination.models import Parameter
from plumbline.apps.coordination.tests.between import Between
from plumbline.apps.questions import actions
from plumbline.apps.questions.desk import VERBS, question_tasks
from plumbline.apps.questions.figures import figures
from plumbline.apps.questions.models import Question, State
from plumbline.apps.questions.queries import Wanted, matching
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.notify.models import Notice

from .asked import answered, asked


def test_a_question_goes_to_who_knows_and_comes_back_with_its_basis(between: Between) -> None:
    row = asked(between, to=OTHER)
    assert row.due_on is None and row.parties == [STREET, OTHER]
    with pytest.raises(Refusal, match="只有被咨询的机关"):
        actions.answer(actor=between.actor(DEPARTMENT), row=row, text="本机关认为不属于。", papers="经验")
    with pytest.raises(InputFault, match="不能转给本机关"):
        actions.hand_on(actor=between.actor(OTHER), row=row, to=between.agency(OTHER), text="不归我们。")
    actions.hand_on(
        actor=between.actor(OTHER),
        row=row,
        to=between.agency(DEPARTMENT),
        text="该事项由城管赋权。",
        at=ago(9),
    )
    assert row.to_id == DEPARTMENT and OTHER in row.parties
    actions.ask_back(actor=between.actor(DEPARTMENT), row=row, text="请说明堆放的数量。", at=ago(8))
    with pytest.raises(Refusal, match="待补充"):
        answered(between, row)
    officer = between.world.actor(between.officer[STREET])
    assert [each.title for each in question_tasks(officer)] == [f"{VERBS[State.RETURNED][0]}：{row.title}"]
    actions.supply(actor=officer, row=row, text="约四十立方米。", at=ago(7))
    with pytest.raises(InputFault, match="答复依据的条款"):
        answered(between, row, basis=[])
    answered(between, row)
    said = row.sayings.last()
    assert said is not None and said.basis[0]["article"] == "第二十四条" and said.term_on is None
    assert Notice.objects.filter(person=between.officer[STREET], title__contains="已答复").exists()
    actions.confirm(actor=officer, row=row, at=ago(5))
    assert row.state == "helped" and question_tasks(officer) == []
    actions.ask_on(actor=officer, row=row, text="超过三天又没有合同的，怎么认定？", at=ago(4))
    assert row.state == "asked" and row.ended_at is None
    answered(between, row, days=3)
    actions.confirm(actor=officer, row=row, at=ago(2))
    log = StoredEvent.objects.unscoped("测试").filter(matter_id=row.matter_id).order_by("seq")
    assert list(log.values_list("activity", flat=True)) == [
        "question_asked", "question_handed_on", "question_returned", "question_supplied", "question_answered", "question_helped",
        "question_asked_on", "question_answered", "question_helped",
    ]  # fmt: skip
    assert "四十立方米" not in str(list(log.values_list("data", flat=True)))


def test_only_the_parties_read_it_and_only_the_asker_takes_it_back(between: Between) -> None:
    row = asked(between)
    seen = Question.objects.visible_to
    assert seen(between.actor(STREET)).filter(pk=row.pk).exists()
    assert not seen(between.actor(OTHER)).filter(pk=row.pk).exists()
    assert seen(between.scene.actor(between.scene.clerk)).filter(pk=row.pk).exists()
    with pytest.raises(Refusal, match="只有提问的人"):
        actions.withdraw(actor=between.actor(DEPARTMENT), row=row, text="不用了。")
    actions.withdraw(actor=between.actor(STREET), row=row, text="已经查到。")
    assert row.state == "withdrawn" and row.ended_at is not None
    with pytest.raises(InputFault, match="不能向本机关咨询"):
        asked(between, to=STREET)
    with pytest.raises(InputFault, match="只能向区级执法部门"):
        asked(between, to="T-GOV")


def test_whoever_asked_and_works_elsewhere_now_has_nothing_to_do_with_it_any_more(between: Between) -> None:
    row = asked(between)
    actions.ask_back(actor=between.actor(DEPARTMENT), row=row, text="请说明堆放的数量。", at=ago(8))
    moved = between.officer[DEPARTMENT]
    Question.objects.unscoped("测试").filter(pk=row.pk).update(asked_by=moved)
    actor = between.world.actor(moved)
    with pytest.raises(Refusal, match="只有提问的人"):
        actions.supply(
            actor=actor, row=Question.objects.unscoped("测试").get(pk=row.pk), text="约四十立方米。"
        )
    assert question_tasks(actor) == [] and not matching(actor, Wanted(side="out")).exists()


def test_the_supervision_organ_answers_through_its_supervisors(between: Between) -> None:
    row = asked(between, to="T-SFJ", item="", domain="")
    clerk = between.scene.actor(between.scene.clerk)
    assert [each.title for each in question_tasks(clerk)] == [f"{VERBS[State.ASKED][0]}：{row.title}"]
    actions.answer(actor=clerk, row=row, text="先看清单，再看承接记录。", papers="街道赋权事项清单")
    assert row.state == "answered"


def test_without_a_term_nothing_is_late_and_with_one_it_is_counted(between: Between) -> None:
    clerk = between.scene.actor(between.scene.head)
    without = asked(between, days=60)
    assert not matching(clerk, Wanted(state="late")).exists()
    set_parameter(
        actor=clerk, key="question_answer", value=5, source="区司法局函〔2026〕8号", valid_from=clock.today()
    )
    Parameter.objects.filter(key="question_answer").update(valid_from=ago(40).date())
    row = asked(between, days=30)
    assert row.due_on is not None and "5 个工作日" in row.due_source
    assert list(matching(clerk, Wanted(state="late"))) == [row]
    answered(between, row, days=2)
    assert row.due_on is None and list(matching(clerk, Wanted(state="missed"))) == [row]
    actions.ask_on(actor=between.actor(STREET), row=row, text="还有一种情形没有说清楚。", at=ago(1))
    assert row.due_on is not None and row.due_on > clock.today()
    assert without.due_on is None


def test_a_term_that_is_set_is_not_denied_where_nothing_waits_for_an_answer(between: Between) -> None:
    clerk = between.scene.actor(between.scene.head)
    answered(between, asked(between))
    assert not figures(clerk).has_term
    set_parameter(
        actor=clerk, key="question_answer", value=5, source="区司法局函〔2026〕8号", valid_from=clock.today()
    )
    assert figures(clerk).has_term


def test_every_figure_is_the_number_of_the_rows_that_its_address_lists(between: Between) -> None:
    first, second = asked(between, days=20), asked(between, to=OTHER, days=12)
    answered(between, first, days=16)
    actions.hand_on(
        actor=between.actor(OTHER),
        row=second,
        to=between.agency(DEPARTMENT),
        text="该事项由城管赋权。",
        at=ago(11),
    )
    clerk = between.scene.actor(between.scene.clerk)
    told = figures(clerk)
    for line in (*told.answering, *told.asking):
        for cell in line.cells:
            query = dict(each.split("=") for each in cell.url.partition("?")[2].split("&"))
            assert matching(clerk, Wanted.of(query)).count() == cell.count, cell
    department = next(line for line in told.answering if line.name == between.agency(DEPARTMENT).short_name)
    assert (department.cells[0].count, department.days, department.waiting) == (2, 4.0, 12)
    other = next(line for line in told.answering if line.name == between.agency(OTHER).short_name)
    assert other.cells[-1].count == 1 and other.cells[0].count == 0
    assert figures(clerk, str((clock.today() - timedelta(days=800)).year)).total.count == 0

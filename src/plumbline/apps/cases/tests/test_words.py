"""What lists and forms say: clocks that stand still, verbs by step, rules beside a form, errors that name their field."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from plumbline.apps.cases.checks import rules_of
from plumbline.apps.cases.clocks import left_until
from plumbline.apps.cases.composing import _at_the_field
from plumbline.apps.cases.forms_open import ReasonForm
from plumbline.apps.cases.models import Case, CaseTask
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.tasks import standing_words, verb_of

from .test_pages import settle
from .world import World

TODAY = date(2026, 6, 16)


def test_a_clock_that_stands_still_is_not_said_to_have_no_limit() -> None:
    still = left_until(None, "", TODAY, "已用 6 / 90 日")
    assert (still.text, still.tag, still.day) == ("停止计算", "中止", "已用 6 / 90 日")
    assert left_until(None, "", TODAY).text == "没有法定期限"


@pytest.mark.parametrize(
    ("verdict", "due", "said"),
    [("pending", None, "已用 6 / 90 日"), ("pending", TODAY, ""), ("met", None, "")],
)
def test_only_a_running_clock_without_a_day_stands_still(verdict: str, due: date | None, said: str) -> None:
    row: Any = SimpleNamespace(verdict=verdict, due_on=due, days_used=6, days_limit=90, unit="cd")
    assert standing_words([row]) == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "verb"),
    [
        ("fine_paid", "登记"),
        ("decision_served", "送达"),
        ("decision_made", "报批"),
        ("onsite_made", "制作"),
        ("case_closed", "报批"),
    ],
)
def test_a_row_names_what_the_officer_does(world: World, key: str, verb: str) -> None:
    assert verb_of(CaseFile(world.filed()).procedure.steps[key]) == verb


@pytest.mark.django_db
def test_a_case_under_appraisal_shows_its_own_clock(world: World) -> None:
    case = world.filed()
    world.take(case, "test_started", 20, {"test_kind": "appraisal"}, institution="测绘院", about="方量")
    settle(case)
    task = CaseTask.objects.unscoped("测试").get(case=case, capability="cases.handle")
    assert task.due_on is None and task.standing.endswith("/ 90 日")
    assert Case.objects.unscoped("测试").get(pk=case.pk).standing == task.standing


@pytest.mark.django_db
def test_a_form_stands_beside_the_rules_of_its_step_and_no_others(world: World) -> None:
    steps = CaseFile(world.filed()).procedure.steps
    served = [rule.id for rule in rules_of(steps["decision_served"], TODAY)]
    assert "APL-61-serve-7wd" in served and "APL-60-90d" not in served
    decided = {rule.id for rule in rules_of(steps["decision_made"], TODAY)}
    assert {"APL-58-legal-review", "APL-57-collective"} <= decided


def test_an_error_names_its_field_where_it_stands_apart_from_it() -> None:
    form = ReasonForm({"reason": ""})
    assert form.errors["reason"] == ["请填写“理由”。"]


def test_what_the_contract_refuses_is_said_without_its_inner_names() -> None:
    said = _at_the_field(
        "第1行：data.handled_by 应以字母或数字开头，最长 50 个字符，收到 '平江路'", "data.handled_by"
    )
    assert said == "填写的内容应以字母或数字开头，最长 50 个字符。"

"""What a document tells a party of days and money: taken from the case and from what the rules have reckoned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plumbline.apps.cases.tests.test_spot import LAWFUL, penalise
from plumbline.apps.paperwork.composing import instalments_zh
from plumbline.apps.paperwork.dues import last_day
from plumbline.apps.paperwork.sources import CaseFacts
from plumbline.packs.compulsion.histories import extended, taken
from plumbline.packs.penalty.documents import FACTS
from plumbline.platform import clock
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.rules.examples import expand
from plumbline.vocabulary import Event

NOTICE = "penalty_notice_served"


def told(case: Any, name: str, activity: str) -> str:
    facts = CaseFacts(case)
    own = next(event for event in reversed(facts.events) if event.activity == activity)
    return facts.find(FACTS[name].sources, own).text


def judged(case: Any, rule: str, *, days: int, until: str) -> None:
    """What the worker would keep of the rule on the notice."""
    event = next(each for each in CaseFacts(case).events if each.activity == NOTICE)
    StoredVerdict.objects.create(
        matter_id=case.matter_id, agency_code=case.agency_id, rule=rule, subject=event.id, verdict="pending",
        due=until, due_on=date.fromisoformat(until), days_limit=days, unit="wd", severity="red",
        law="法", article="条", explanation_zh="", as_of=clock.now(),
    )  # fmt: skip


def test_a_fine_taken_on_the_spot_is_not_asked_for_again(world: Any) -> None:
    cash = replace(
        LAWFUL, collected_ground="small_fine", collected_receipt="special", collected_number="鄂财 0012345"
    )
    said = told(penalise(world, cash), "缴纳方式", "decision_made")
    assert said.startswith("罚款 100.00 元已于") and "票据号码鄂财 0012345" in said
    assert "财政部门统一制发的专用票据" in said and "十五日" not in said


def test_any_other_fine_is_paid_within_the_days_and_a_warning_costs_nothing(world: Any) -> None:
    assert "十五日内" in told(penalise(world, LAWFUL), "缴纳方式", "decision_made")
    warned = replace(LAWFUL, kinds=["warning"], fine=None)
    assert told(penalise(world, warned), "缴纳方式", "decision_made") == ""


def test_the_days_to_speak_are_those_the_rules_reckon(world: Any) -> None:
    case = world.noticed()
    assert told(case, "陈述申辩期限", NOTICE) == ""  # no row of a field: it is written on the page
    judged(case, "MOHURD-22-window-5wd", days=5, until="2026-06-08")
    assert told(case, "陈述申辩期限", NOTICE) == "收到本告知书之日起5个工作日内（至2026年6月8日）"


@pytest.mark.usefixtures("world")
def test_a_paper_tells_the_last_day_of_its_own_step_and_not_what_came_later() -> None:
    told_events = expand([taken("2026-06-01"), extended("2026-06-25")], "case")
    events = [Event.from_json(each, order) for order, each in enumerate(told_events, start=1)]
    days = [last_day("另一案件", "ACL-25-30d", events, own) for own in (*events, None)]
    assert days == [date(2026, 7, 1), date(2026, 7, 31), None]


@pytest.mark.parametrize("told_of_it", [True, False])
def test_the_right_to_be_heard_has_its_days_where_it_is_told(world: Any, told_of_it: bool) -> None:
    right = ["right_to_hearing"] if told_of_it else []
    case = world.noticed(states=["proposed_penalty", "facts", "reasons", "basis", "right_to_state", *right])
    judged(case, "APL-64-request-5wd", days=5, until="2026-06-08")
    said = told(case, "听证权利", NOTICE)
    assert said == ("请在收到本告知书之日起5个工作日内（至2026年6月8日）提出。" if told_of_it else "")


def test_a_plan_of_instalments_is_a_line_each() -> None:
    plan = [{"on": "2027-01-15", "amount": 3_000_000}, {"on": "2027-02-26", "amount": 3_000_000}]
    first, second = instalments_zh(plan).splitlines()
    assert first == "第1期｜30,000.00 元｜2027年1月15日" and second.startswith("第2期｜")

"""From an agency's entry to a case that is refused: list, merged, published, and in force from its day alone (行政处罚法第五十八条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.models import RequestState, StepRequest
from plumbline.apps.cases.tests.world import REGISTERS, STREET, World, stated_registers
from plumbline.apps.powers.conflicts import district_catalogue
from plumbline.apps.powers.registers import legal_review_list
from plumbline.apps.registers import actions
from plumbline.apps.registers.tests.world import person
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.verdicts import registers


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The lawful world of casework; only its catalogue of legal review is the one that is really kept."""
    with stated_registers({k: v for k, v in REGISTERS.items() if k != "legal_review_list"}):
        registers._SOURCES["legal_review_list"] = legal_review_list
        yield World().build()


def published(world: World, keeper: Person, reviewer: Person, *, in_days: int, **texts: str) -> None:
    """One entry of the street's catalogue, through everybody's hands, in force ``in_days`` from today."""
    revision = actions.start_revision(
        actor=world.actor(keeper), register="legal-review", agency=STREET, reason="依法调整。"
    )
    row = {"basis": "《行政处罚法》第五十八条"} | texts
    actions.change_row(actor=world.actor(keeper), revision=revision, key="", texts=row)
    on = clock.today() + timedelta(days=in_days)
    actions.submit_revision(actor=world.actor(keeper), revision=revision, effective_on=on)
    actions.approve_revision(actor=world.actor(reviewer), revision=revision)
    actions.publish_revision(actor=world.actor(reviewer), revision=revision)


def test_a_case_is_refused_by_a_published_row_from_its_day_on(world: World) -> None:
    """Ten thousand yuan need no review by law; a row of the merged catalogue makes it due, from its first day and not before."""
    Agency.objects.create(
        code="T-SFJ", name="区司法局", short_name="司法局", kind="supervision_organ", level="district"
    )
    keeper = person("r-jie", STREET, ["registers.maintain"])
    reviewer = person("r-shen", "T-SFJ", ["registers.review"], scope="district")
    case = world.noticed(fine=1_000_000)
    # The catalogue is there and empty: nothing is due. A row that begins tomorrow changes nothing today.
    published(world, keeper, reviewer, in_days=1, title="罚没一万元以上", fine_from="1 万元")
    assert district_catalogue(clock.today()) == []
    [line] = district_catalogue(clock.today() + timedelta(days=1))
    assert line.agencies == ("阳逻街道办事处",) and line.fine == "10,000 元以上"
    proposed = world.propose_decision(case)
    assert proposed.state == RequestState.SUBMITTED
    # A row in force today: the same decision is refused when it is proposed, and when it is approved.
    published(world, keeper, reviewer, in_days=0, title="罚没五千元以上", fine_from="5000 元")
    assert "罚没五千元以上" in Client().get("/open/lists/legal-review").content.decode()
    with pytest.raises(Refusal, match="第五十八条"):
        world.approve(StepRequest.objects.get(pk=proposed.pk), 0)
    from plumbline.apps.cases.actions import withdraw_request

    withdraw_request(actor=world.actor(world.officer), request=StepRequest.objects.get(pk=proposed.pk))
    with pytest.raises(Refusal, match="法制审核"):
        world.propose_decision(case)
    # An amount below the row stays free; what passed the review is decided.
    small: dict[str, Any] = {"penalty": {"kinds": ["fine"], "fine": 400_000}}
    world.take(case, "legal_review_submitted", 1, note="拟罚款一万元。")
    with pytest.raises(Refusal, match="法制审核"):
        world.propose_decision(case)
    free = world.propose_decision(case, **small)
    withdraw_request(actor=world.actor(world.officer), request=free)
    world.take(case, "legal_review_passed", 0, by=world.reviewer, opinion="事实清楚，程序合法，同意。")
    world.approve(world.propose_decision(case), 0)
    case.refresh_from_db(from_queryset=type(case).objects.unscoped("测试"))
    assert case.decided_on == clock.today()

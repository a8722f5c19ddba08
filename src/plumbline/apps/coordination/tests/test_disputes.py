"""Disputes: talks on record, the organ's opinion, positions, the government; the outcome is asked the next time."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, OTHER, STREET, ago
from plumbline.apps.coordination import actions
from plumbline.apps.powers.competence import answer as who_is_competent
from plumbline.apps.powers.competence import gap_map
from plumbline.apps.powers.contract import competent_for
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal

from .between import PLACE, Between


def holder() -> list[str]:
    return [each.agency_code for each in competent_for(ITEM, PLACE, clock.today())]


def test_talks_that_agree_hold_once_the_other_side_confirms(between: Between) -> None:
    row = between.disputed()
    assert "第六条" in row.due_source
    with pytest.raises(Refusal, match="还没有协商记录"):
        actions.apply_for_coordination(actor=between.actor(STREET), row=row, text="请协调。")
    with pytest.raises(InputFault, match="争议的一方"):
        actions.record_talk(
            actor=between.actor(STREET), row=row, on=ago(16).date(), people="双方", text="给住建。",
            agreed_on=between.agency(OTHER),
        )  # fmt: skip
    talk = {
        "on": ago(16).date(),
        "people": "双方分管负责人",
        "text": "由城管办理。",
        "agreed_on": between.agency(DEPARTMENT),
    }
    actions.record_talk(actor=between.actor(STREET), row=row, at=ago(16), **talk)
    with pytest.raises(InputFault, match="写明理由"):
        actions.take_position(actor=between.actor(DEPARTMENT), row=row, agrees=False)
    actions.take_position(actor=between.actor(DEPARTMENT), row=row, agrees=False, text="没有谈成。")
    assert row.state == "negotiating" and holder() == [STREET]
    actions.record_talk(actor=between.actor(STREET), row=row, at=ago(15), **talk)
    actions.take_position(actor=between.actor(DEPARTMENT), row=row, agrees=True)
    assert row.state == "settled" and holder() == [DEPARTMENT]
    assert "协商一致" in competent_for(ITEM, PLACE, clock.today())[0].why
    assert competent_for(ITEM, "420117002000", clock.today())[0].settlement is None
    assert competent_for(ITEM, PLACE, ago(1).date())[0].agency_code == STREET
    cells = {cell.place.code: cell for line in gap_map(clock.today()) for cell in line.cells}
    assert cells[PLACE].mark == "区" and not cells[PLACE].is_gap


def test_a_side_that_does_not_agree_brings_it_to_the_government(between: Between) -> None:
    row = between.applied()
    organ, mayor = between.scene.actor(between.scene.head), between.scene.actor(between.scene.mayor)
    with pytest.raises(Refusal, match="不能这样办理"):
        actions.decide(actor=mayor, row=row, agency=between.agency(DEPARTMENT), text="决定。")
    actions.give_opinion(
        actor=organ,
        row=row,
        agency=between.agency(STREET),
        method="near",
        text="街道已有巡查力量。",
        at=ago(12),
    )
    with pytest.raises(Refusal, match="还没有一方不同意"):
        actions.report_to_government(actor=organ, row=row, text="报请决定。")
    actions.take_position(actor=between.actor(STREET), row=row, agrees=False, text="力量不足。", at=ago(11))
    with pytest.raises(Refusal, match="已经表明"):
        actions.take_position(actor=between.actor(STREET), row=row, agrees=True)
    actions.report_to_government(actor=organ, row=row, text="街道不同意，报请决定。", at=ago(10))
    with pytest.raises(Refusal, match="区人民政府决定"):
        actions.decide(actor=organ, row=row, agency=between.agency(DEPARTMENT), text="决定。")
    actions.decide(actor=mayor, row=row, agency=between.agency(DEPARTMENT), text="由城管办理。", at=ago(9))
    assert row.state == "settled" and holder() == [DEPARTMENT]
    found = competent_for(ITEM, PLACE, clock.today())[0].settlement
    assert found is not None and found.matter_id == row.matter_id and "管辖〔2026〕1号" in found.source
    again = between.disputed(days=5)
    actions.record_talk(
        actor=between.actor(STREET), row=again, on=ago(4).date(), people="双方", text="改由街道办理。",
        agreed_on=between.agency(STREET), at=ago(4),
    )  # fmt: skip
    actions.take_position(actor=between.actor(DEPARTMENT), row=again, agrees=True, at=ago(3))
    assert holder() == [STREET] and competent_for(ITEM, PLACE, ago(4).date())[0].agency_code == DEPARTMENT


def test_the_duty_to_supervise_stands_beside_the_answer(between: Between) -> None:
    row = between.disputed(subject="duty")
    assert row.due_on is None  # the article on disputes about who punishes is none on who supervises
    actions.record_talk(
        actor=between.actor(STREET),
        row=row,
        on=ago(16).date(),
        people="双方",
        text="日常监管由住建承担。",
        at=ago(16),
    )
    actions.apply_for_coordination(actor=between.actor(STREET), row=row, text="请明确监管职责。", at=ago(15))
    actions.give_opinion(
        actor=between.scene.actor(between.scene.head), row=row, agency=between.agency(OTHER), method="domain",
        text="按领域归口。", at=ago(14),
    )  # fmt: skip
    for code in (STREET, DEPARTMENT):
        actions.take_position(actor=between.actor(code), row=row, agrees=True)
    told = who_is_competent(ITEM, PLACE, clock.today())
    assert holder() == [STREET] and told.duty is not None and told.duty.agency_id == OTHER


def test_a_dispute_about_a_returned_transfer_makes_the_next_one_certain(between: Between) -> None:
    back = between.returned(between.sent())
    case = between.case_of(back)
    row = between.applied(back)
    with pytest.raises(Refusal, match="已经提出"):
        between.disputed(back)
    actions.give_opinion(
        actor=between.scene.actor(between.scene.head), row=row, agency=between.agency(DEPARTMENT), method="domain",
        text="按领域归口。", at=ago(12),
    )  # fmt: skip
    for code in (STREET, DEPARTMENT):
        actions.take_position(actor=between.actor(code), row=row, agrees=True, at=ago(11))
    again = between.sent(case=case, days=5, ground="settled")
    assert again.directed and again.competence[0]["settled"] == row.matter_id
    with pytest.raises(Refusal, match="不能再退回"):
        between.returned(again, 4)

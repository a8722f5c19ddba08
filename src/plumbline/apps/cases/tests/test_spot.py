"""The summary procedure: one form, all or nothing, within the limits the rules know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, Stage
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.evaluation import verdicts_for

from .world import ITEM, World, ago, party

LAWFUL = actions.SpotPenalty(
    title="占道堆放案",
    item=ITEM,
    place="平江路",
    party=party("natural_person"),
    officers=["HB001", "HB002"],
    facts="占道堆放建筑垃圾。",
    kinds=["fine"],
    fine=10_000,
    told=True,
    id_shown=True,
    numbered_form=True,
    delivered=True,
    reconsideration_first_told=True,
    reconsideration_told=["right", "organ", "period"],
)


def penalise(world: World, penalty: actions.SpotPenalty) -> Case:
    return actions.penalise_on_spot(actor=world.actor(world.officer), penalty=penalty, occurred_at=ago(1))


def test_a_lawful_penalty_on_the_spot_is_recorded_and_numbered(world: World) -> None:
    case = penalise(world, replace(LAWFUL, collected_ground="small_fine", collected_receipt="special"))
    assert case.stage == Stage.SERVED and case.number.endswith("1号") and case.procedure == "summary"
    world.take(case, "decision_filed_for_record", 0, receiver="中心内勤")
    world.take(case, "fine_handed_in", 0, receiver="财务")
    found = {v.rule: v.verdict for v in verdicts_for(matter_events(case.matter_id))}
    assert found["APL-51-cap"] == found["APL-52-deliver"] == found["APL-68-spot-collect"] == "met"
    assert found["RECR-25-tell-rights"] == "met"
    assert "breached" not in found.values() and "error" not in found.values()


@pytest.mark.parametrize(
    ("penalty", "words"),
    [
        (replace(LAWFUL, fine=20_001), "第五十一条"),
        (replace(LAWFUL, told=False), "第四十四条|第六十二条"),
        (replace(LAWFUL, officers=["HB001", "HB777"]), "第四十二条"),
        (replace(LAWFUL, collected_ground="none", collected_receipt="special"), "第六十八条|第六十七条"),
    ],
)
def test_what_the_law_forbids_on_the_spot_is_refused_whole(
    world: World, penalty: actions.SpotPenalty, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        penalise(world, penalty)
    assert not Case.objects.unscoped("测试").exists()
    assert penalise(world, LAWFUL).number.endswith("1号")


def test_what_the_paper_does_not_tell_of_reconsideration_is_found(world: World) -> None:
    case = penalise(world, replace(LAWFUL, reconsideration_told=["right", "period"]))
    assert {v.rule: v.verdict for v in verdicts_for(matter_events(case.matter_id))}[
        "RECR-25-tell-rights"
    ] == "breached"


def test_one_officer_cannot_penalise(world: World) -> None:
    with pytest.raises(InputFault, match="不得少于两人"):
        penalise(world, replace(LAWFUL, officers=["HB001"]))

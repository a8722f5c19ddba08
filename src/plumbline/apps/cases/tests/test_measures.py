"""Compulsory measures: approved or urgent, told, extended, lifted; the phase shows only where there is one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.cases.models import Case, CaseTask
from plumbline.apps.cases.progress import PhaseState, progress_of
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.task_rows import refresh, verdicts_of
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import recompute, verdicts_for

from .saying import ACT
from .world import World

TWO = ["HB001", "HB002"]


def last(activity: str) -> StoredEvent:
    return StoredEvent.objects.unscoped("测试").filter(activity=activity).order_by("-seq")[0]


def found(case: Case) -> dict[str, str]:
    return {v.rule: v.verdict for v in verdicts_for(matter_events(case.matter_id))}


def phase(case: Case, key: str) -> PhaseState | None:
    recompute(case.matter_id)
    states = progress_of(CaseFile(case), verdicts_of([case.matter_id])[case.matter_id], {}).phases
    return next((each for each in states if each.phase.key == key), None)


def waiting(case: Case) -> dict[str, CaseTask]:
    recompute(case.matter_id)
    refresh(case.matter_id)
    return {task.step: task for task in CaseTask.objects.unscoped("测试").filter(case=case)}


def test_an_urgent_sealing_is_approved_within_a_day(world: World) -> None:
    case = world.filed()
    assert phase(case, "measures") is None, "nothing of it has happened"
    with pytest.raises(Refusal, match="没有已批准的措施"):
        world.take(case, "sealed", 0, ACT, officers=TWO, goods="自卸货车一辆。")
    world.take(case, "sealed", 0, ACT | {"urgent": True}, officers=TWO, goods="自卸货车一辆。")
    measure = last("sealed").data["measure"]
    ratify = waiting(case)["measure_ratified"]
    assert ratify.rule == "ACL-19-urgent-24h" and ratify.due_on == clock.today() + timedelta(days=1)
    state = phase(case, "measures")
    assert state is not None and state.state == "wait" and state.due_on is not None
    world.approve(
        world.take(case, "measure_ratified", 0, {"measure": measure}, emergency="车辆即将驶离。"), 0
    )
    assert found(case)["ACL-19-urgent-24h"] == "met"
    with pytest.raises(Refusal, match="没有待补批的紧急措施"):
        world.take(case, "measure_ratified", 0, {"measure": measure}, emergency="再次。")
    world.take(case, "seizure_lifted", 0, {"measure": measure, "nothing_to_return": True}, reason="已查清。")
    state = phase(case, "measures")
    assert state is not None and state.state == "done"


def test_an_approval_for_preregistration_seals_nothing(world: World) -> None:
    case = world.filed()
    world.approve(world.take(case, "prereg_approved", 37, grounds="车辆可能驶离。"), 37)
    measure = last("measure_approved").data["measure"]
    assert phase(case, "measures") is None
    with pytest.raises(Refusal, match="没有已批准的措施"):
        world.take(case, "sealed", 36, ACT | {"measure": measure}, officers=TWO, goods="一辆。")
    world.take(
        case,
        "evidence_preregistered",
        36,
        {"measure": measure, "urgent": False},
        officers=TWO,
        goods="一车。",
    )


def test_deposits_are_frozen_and_the_decision_is_handed_over(world: World) -> None:
    case = world.filed()
    world.approve(
        world.take(case, "freeze_approved", 10, power="某法第一条。", grounds="转移资金，账号尾号 1234。"), 10
    )
    measure = last("measure_approved").data["measure"]
    act = {
        "measure": measure,
        "urgent": False,
        "id_shown": True,
        "record_signed": "witness",
        "av_record": "full",
        "related_to_case": True,
        "daily_necessities": False,
        "already_sealed": False,
    }
    bank = {"institution": "某银行阳逻支行", "account": "尾号 1234，十万元", "notice": "已签收"}
    world.take(case, "deposits_frozen", 9, act, officers=TWO, **bank)
    assert found(case)["ACL-18-procedure"] == "met"
    assert found(case)["ACL-31-freeze-3wd"] in {"pending", "breached"}
    assert "freeze_decision_served" in waiting(case)
    served = {"measure": measure, "method": "direct", "receipt": "signed"}
    world.take(case, "freeze_decision_served", 8, served, account="尾号 1234，十万元")
    assert found(case)["ACL-31-freeze-3wd"] == "met"
    extension = {"measure": measure, "days": 20}
    world.approve(world.take(case, "seizure_extended", 2, extension, reason="情况复杂。"), 2)
    world.take(
        case,
        "extension_notice_served",
        1,
        {"measure": measure, "states_reasons": True, "method": "direct", "receipt": "signed"},
    )
    assert found(case)["ACL-32-freeze-30d"] == "pending"

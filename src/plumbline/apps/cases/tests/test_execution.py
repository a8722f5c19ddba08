"""Getting a decision performed: instalments, surcharge, the court, execution, substitute performance, demolition."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from plumbline.apps.cases import actions
from plumbline.apps.cases.instalments import instalments
from plumbline.apps.cases.models import Case, CaseTask
from plumbline.apps.cases.progress import progress_of
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.surcharge import proposed
from plumbline.apps.cases.task_rows import refresh
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.verdicts.evaluation import recompute, verdicts_for

from .world import World

TWO = ["HB001", "HB002"]
SERVED = {"method": "direct", "receipt": "signed"}
DEMAND = {"states": ["term", "manner", "amount", "right_to_state"], **SERVED}


@contextmanager
def later(days: int, hour: int = 10) -> Iterator[None]:
    at = clock.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    with time_machine.travel(at, tick=True):
        yield


def served(world: World) -> Case:
    case = world.decided()
    world.take(case, "decision_served", 4, SERVED)
    return case


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def verdict(case: Case, rule: str) -> str:
    return next(v.verdict for v in verdicts_for(matter_events(case.matter_id)) if v.rule == rule)


def test_instalments_add_up_and_are_watched_one_by_one(world: World) -> None:
    case = served(world)
    plan = [{"on": day(20), "amount": 400_000}, {"on": day(50), "amount": 600_000}]
    said: dict[str, Any] = {"reason": "经济困难，申请属实。"}
    with pytest.raises(InputFault, match="尚欠"):
        world.take(
            case, "deferral_granted", 2, {"until": day(50)}, plan=[plan[0], plan[1] | {"amount": 1}], **said
        )
    with pytest.raises(InputFault, match="不一致"):
        world.take(case, "deferral_granted", 2, {"until": day(60)}, plan=plan, **said)
    world.approve(world.take(case, "deferral_granted", 2, {"until": day(50)}, plan=plan, **said), 2)
    world.take(case, "fine_paid", 1, {"amount": 400_000, "channel": "bank"})
    first, second = instalments(CaseFile(case))
    assert first.is_paid and second.paid == 0 and second.amount == 600_000
    recompute(case.matter_id)
    refresh(case.matter_id)
    task = CaseTask.objects.unscoped("测试").get(case=case, step="fine_paid")
    assert task.title == "登记第 2 期缴款" and task.due_on == second.on


def test_the_surcharge_that_is_proposed_is_the_most_that_is_accepted(world: World) -> None:
    case = served(world)
    assert proposed(CaseFile(case)) is None, "nothing is late"
    with later(22):
        world.take(case, "surcharge_started", 0, told="告知书已送达。")
        found = proposed(CaseFile(case))
        assert found is not None and found.amount == 1_000_000 * 3 * found.days // 100 and not found.capped
        claim = {"through": found.through.isoformat(), "amount": found.amount}
        with pytest.raises(Refusal, match="第七十二条"):
            world.take(case, "surcharge_claimed", 0, claim | {"amount": found.amount + 1})
        world.take(case, "surcharge_claimed", 0, claim)
        world.take(case, "challenge_started", 0, {"route": "reconsideration"}, organ="区政府")
    with later(60):
        stopped = proposed(CaseFile(case))
        assert stopped is not None and stopped.days == found.days - 1, "no day of a challenge counts"
    with later(60):
        world.take(case, "challenge_ended", 0, {"route": "reconsideration", "outcome": "upheld"})
    with later(160):
        most = proposed(CaseFile(case))
        assert most is not None and most.capped and most.amount == 1_000_000


def test_the_court_is_asked_after_the_demand_and_its_acceptance_ends_the_execution(world: World) -> None:
    case = served(world)
    with later(190):
        world.take(case, "demand_notice_served", 0, DEMAND | {"term_until": day(15)})
        with pytest.raises(Refusal, match="第五十四条"):
            world.take(case, "court_application_filed", 0, court="新洲区人民法院")
    with later(215):
        request = world.take(case, "court_application_filed", 0, court="新洲区人民法院")
        world.approve(request, 0)
        assert verdict(case, "ACL-53-court-3m") == "met"
        world.take(
            case, "court_application_accepted", 0, court="新洲区人民法院", number="（2027）鄂0117行审1号"
        )
        states = progress_of(CaseFile(case), {}, {}).phases
        assert next(s.state for s in states if s.phase.key == "execution") == "done"


def test_a_structure_comes_down_after_notice_and_not_at_night(world: World) -> None:
    case = served(world)
    done = {"object": "structure", "urgent": False, "utilities_cut": False, "av_record": "full"}
    said = {"officers": TWO, "present": "当事人到场。", "record": "拆除完毕，财物已清点。"}
    decision = {"object": "structure", "assets_being_hidden": False}
    why = {"power": "城乡规划法第六十八条", "manner": "机械拆除。", "reason": "逾期不拆除。"}
    with later(190):
        world.take(case, "demand_notice_served", 0, DEMAND | {"term_until": day(5)})
        with pytest.raises(Refusal, match="第三十五条"):
            world.take(case, "execution_decision_made", 0, decision, **why)
    with later(200):
        world.approve(world.take(case, "execution_decision_made", 0, decision, **why), 0)
        with pytest.raises(Refusal, match="第四十四条"):
            world.take(case, "execution_done", 0, done, **said)
        world.take(
            case, "demolition_notice_published", 0, {"term_until": day(7)}, structure="砖房一间", where="现场"
        )
    with later(210, hour=23), pytest.raises(Refusal, match="第四十三条"):
        actions.take_step(
            actor=world.actor(world.officer),
            case=case,
            step="execution_done",
            data=done,
            details=said,
            occurred_at=clock.now(),
        )
    with later(211):
        world.take(case, "execution_done", 0, done, **said)
        states = progress_of(CaseFile(case), {}, {}).phases
        assert next(s.state for s in states if s.phase.key == "compulsion") == "done"


def test_substitute_performance_waits_three_working_days_and_its_cost_is_fixed(world: World) -> None:
    case = served(world)
    with later(30):
        world.take(
            case,
            "substitute_decision_served",
            0,
            SERVED,
            object="清运渣土",
            performer="某环卫公司",
            budget=50_000,
        )
        world.take(case, "substitute_demanded", 0, DEMAND | {"term_until": day(8)})
        done = dict.fromkeys(("official_on_site", "record_signed"), True) | dict.fromkeys(
            ("immediate", "urgent", "utilities_cut"), False
        )
        with pytest.raises(Refusal, match="第五十一条"):
            world.take(case, "substitute_performed", 0, done, officers=TWO, record="清运完毕。")
    with later(41):
        world.take(case, "substitute_performed", 0, done, officers=TWO, record="清运完毕。")
        world.take(case, "substitute_cost_fixed", 0, amount=48_000, basis="合同和发票。", receipt="已送达。")
        assert verdict(case, "ACL-51-substitute-3wd") == "met"

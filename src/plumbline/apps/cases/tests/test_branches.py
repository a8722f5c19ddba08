"""The side roads of a case: hearing, transfer, termination, no filing, deferral, service by announcement, measures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, RequestState, Stage
from plumbline.apps.cases.progress import progress_of
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.task_rows import verdicts_of
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import recompute, verdicts_for

from .saying import ACT, HANDED_OVER, HEARD, REPORTED, SCHEDULED
from .world import OTHER, STREET, World, ago


def fresh(case: Case) -> Case:
    return Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)


def last(activity: str) -> StoredEvent:
    return StoredEvent.objects.unscoped("测试").filter(activity=activity).order_by("-seq")[0]


def found(case: Case) -> dict[str, str]:
    return {v.rule: v.verdict for v in verdicts_for(matter_events(case.matter_id))}


def state(case: Case, phase: str) -> str:
    recompute(case.matter_id)
    states = progress_of(CaseFile(case), verdicts_of([case.matter_id])[case.matter_id], {}).phases
    return next(each.state for each in states if each.phase.key == phase)


def hearing_case(world: World) -> Case:
    parts = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state", "right_to_hearing"]
    return world.noticed(fine=6_000_000, states=parts)


def test_a_hearing_runs_to_the_decision_on_its_record(world: World) -> None:
    case = hearing_case(world)
    world.take(case, "hearing_requested", 18, how="书面申请。")
    assert fresh(case).stage == Stage.HEARING and state(case, "hearing") == "now"
    at = clock.as_instant(ago(2))
    world.take(case, "hearing_scheduled", 17, {"at": at}, **SCHEDULED)
    hearing = last("hearing_scheduled").data["hearing"]
    world.take(
        case, "hearing_notice_served", 16, {"hearing": hearing, "method": "direct", "receipt": "signed"}
    )
    held = {"hearing": hearing, "public": True, "record_signed": "party"}
    with pytest.raises(Refusal, match="第六十四条"):
        world.take(case, "hearing_held", 2, held, presider="HB001", **HEARD)
    world.take(case, "hearing_held", 2, held, presider="LR001", **HEARD)
    world.take(case, "hearing_ended", 2, {"hearing": hearing}, how="held")
    world.take(case, "hearing_report_made", 2, **REPORTED)
    world.take(case, "legal_review_submitted", 2, note="听证后送审。")
    world.take(case, "legal_review_passed", 1, by=world.reviewer, opinion="听证程序合法，同意。")
    proposal = {"penalty": {"kinds": ["fine"], "fine": 6_000_000}}
    with pytest.raises(Refusal, match="第六十五条"):
        world.propose_decision(case, **proposal, based_on_hearing_record=False)
    request = world.propose_decision(case, **proposal, based_on_hearing_record=True)
    world.approve(request, 0)
    verdicts = found(case)
    assert verdicts["APL-64-hearing-notice-7wd"] == verdicts["APL-65-decide-on-record"] == "met"
    assert state(case, "hearing") == "done"


def test_an_unused_hearing_right_lapses_after_its_window(world: World) -> None:
    case = hearing_case(world)
    assert state(case, "hearing") == "na"
    assert world.take(case, "legal_review_submitted", 5, note="期满未申请。")


def test_a_clue_that_is_not_borne_out_is_not_filed(world: World) -> None:
    case = world.opened()
    world.take(case, "clue_verified", 39, {"established": False}, findings="查无此事。")
    world.approve(world.take(case, "case_not_filed", 38, {"reason": "违法事实不成立。"}), 38)
    assert fresh(case).stage == Stage.NOT_FILED and fresh(case).number == ""
    with pytest.raises(Refusal, match="已决定不予立案"):
        world.take(case, "case_filed", 37, {"item": "T-101"}, officers=["HB001", "HB002"], opinion="立案。")


def test_a_transferred_case_takes_no_further_investigation_steps_and_can_be_closed(world: World) -> None:
    case = world.filed()
    world.approve(world.take(case, "case_transferred", 30, {"to": OTHER}, reason="不属本机关管辖。"), 30)
    assert fresh(case).stage == Stage.TRANSFERRED and state(case, "notice") == "na"
    assert found(case)["APL-60-90d"] == "met"
    world.approve(world.take(case, "case_closed", 29, manner="transferred", summary="已移送。"), 29)
    assert fresh(case).stage == Stage.CLOSED


def test_termination_stops_the_decision_clock(world: World) -> None:
    case = world.filed()
    world.approve(
        world.take(case, "investigation_terminated", 20, {"reason": "当事人终止且无权利义务承受人。"}), 20
    )
    assert fresh(case).stage == Stage.TERMINATED and found(case)["APL-60-90d"] == "met"


def test_no_penalty_needs_no_notice_and_leaves_nothing_to_execute(world: World) -> None:
    case = world.investigated()
    request = actions.submit_step(
        actor=world.actor(world.officer),
        case=case,
        step="decision_made",
        data={
            "outcome": "no_penalty",
            "facts_clear": True,
            "evidence_sufficient": True,
            "complex": False,
            "major": False,
            "major_public_interest": False,
        },
        details={"facts": "轻微并及时改正。", "reasons": "没有造成危害后果。"},
    )
    world.approve(request, 5)
    assert fresh(case).outcome == "no_penalty"
    world.take(case, "decision_served", 4, {"method": "direct", "receipt": "signed"})
    assert state(case, "execution") == "na"


def test_a_deferral_moves_the_day_to_pay(world: World) -> None:
    case = world.decided()
    world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    until = (clock.today() + timedelta(days=60)).isoformat()
    world.approve(world.take(case, "deferral_granted", 2, {"until": until}, reason="经济困难，申请属实。"), 2)
    pay = next(v for v in verdicts_for(matter_events(case.matter_id)) if v.rule == "APL-67-pay-15d")
    assert pay.verdict == "pending" and pay.due_text == until


def test_service_by_announcement_is_recorded_for_the_decision(world: World) -> None:
    case = world.decided()
    world.take(
        case,
        "announcement_service_started",
        4,
        {"document": "decision", "ground": "whereabouts_unknown", "ground_recorded": True},
        where="区政府网站",
    )
    assert found(case)["APL-61-serve-7wd"] == "met"
    served = {"document": "decision", "served_on": clock.today().isoformat()}
    with pytest.raises(Refusal, match="第九十五条"):
        world.take(case, "announcement_service_ended", 0, served)


def test_sealing_needs_its_approval_and_is_lifted_once(world: World) -> None:
    case = world.filed()
    world.approve(world.take(case, "seizure_approved", 37, grounds="车辆与违法行为有关。"), 37)
    measure = last("measure_approved").data["measure"]
    act = ACT | {"measure": measure}
    world.take(case, "sealed", 36, act, officers=["HB001", "HB002"], goods="自卸货车一辆。")
    with pytest.raises(Refusal, match="没有已批准的措施"):
        world.take(case, "seized", 36, act, officers=["HB001", "HB002"], goods="同一辆。")
    world.take(case, "seizure_lifted", 20, {"measure": measure}, reason="已查清。")
    world.take(case, "goods_returned", 20, {"measure": measure}, receiver="车主已清点领取。")
    with pytest.raises(Refusal, match="没有未解除的强制措施"):
        world.take(case, "seizure_lifted", 19, {"measure": measure}, reason="再次。")


def test_changing_hands_keeps_the_earlier_officers_dated(world: World) -> None:
    case = world.filed()
    world.take(case, "officer_assigned", 20, officers=["HB002", "HB003"], **HANDED_OVER)
    assert {o.number for o in case.officers.filter(to_on=None)} == {"HB002", "HB003"}
    assert case.officers.get(number="HB001").to_on == ago(20).date()


def test_a_reviewer_does_not_review_his_own_case(world: World) -> None:
    both = world.person(
        "jian", "兼岗", "HB003", STREET, "兼岗", ["cases.handle", "cases.review"], "legal_reviewer"
    )
    case = world.noticed(fine=3_000_000)
    case.officers.create(number="HB003", from_on=ago(30).date())
    world.take(case, "legal_review_submitted", 5, note="送审。")
    with pytest.raises(Refusal, match="不能审核自己承办的案件"):
        world.take(case, "legal_review_passed", 4, by=both, opinion="同意。")


def test_a_system_part_may_take_steps_for_the_demonstration(world: World) -> None:
    from plumbline.apps.cases.contract import take_step

    case = world.opened()
    take_step(
        actor=world.actor(world.officer),
        case=case,
        step="clue_verified",
        data={"established": True},
        details={"findings": "属实。"},
        occurred_at=ago(39),
    )
    request = take_step(
        actor=world.actor(world.officer),
        case=case,
        step="case_filed",
        data={"item": "T-101", "domain": "housing_construction"},
        details={"officers": ["HB001", "HB002"], "opinion": "立案。"},
        occurred_at=ago(38),
        approver=world.actor(world.head),
    )
    assert request.state == RequestState.APPROVED and fresh(case).stage == Stage.FILED
    assert last("case_filed").occurred_on == ago(38).date()

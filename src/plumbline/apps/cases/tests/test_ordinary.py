"""The ordinary procedure at the level of actions: lawful from clue to archive, and each gate refuses its deviation."""

from __future__ import annotations

from typing import Any

import pytest

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, RequestState, Stage, StepRequest
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import verdicts_for

from .world import ITEM, World, ago


def fresh(case: Case) -> Case:
    return Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)


def activities(case: Case) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id, in_contract=True)
    return list(rows.order_by("seq").values_list("activity", flat=True))


def test_a_case_goes_lawfully_from_clue_to_archive(world: World) -> None:
    case = world.decided()
    world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    world.take(case, "fine_paid", 2, {"amount": 400_000, "channel": "bank"})
    world.take(case, "fine_paid", 1, {"amount": 600_000, "channel": "e_payment"})
    world.approve(world.take(case, "case_closed", 1, manner="performed", summary="罚款缴清。"), 1)
    stages = ["start", "evidence", "decision", "service", "execution"]
    world.take(case, "file_archived", 0, {"recorded_stages": stages}, place="档案室一柜。")
    done = fresh(case)
    assert done.stage == Stage.ARCHIVED
    assert done.number == f"新阳街综执〔{ago(38).year}〕1号"
    assert (done.fine_fen, done.outcome) == (1_000_000, "penalty")
    assert done.filed_on == ago(38).date() and done.closed_on == ago(1).date()
    against = [v for v in verdicts_for(matter_events(case.matter_id)) if v.verdict in {"breached", "error"}]
    assert [v.rule for v in against] == []


def test_filing_waits_for_the_head_and_gives_the_number_then(world: World) -> None:
    case = world.opened()
    world.take(case, "clue_verified", 39, {"established": True}, findings="属实。")
    request = world.take(
        case,
        "case_filed",
        38,
        {"item": ITEM, "domain": "housing_construction"},
        officers=["HB001", "HB002"],
        opinion="建议立案。",
    )
    assert isinstance(request, StepRequest) and fresh(case).number == ""
    assert "case_filed" not in activities(case)
    world.approve(request, 38)
    assert fresh(case).number.endswith("1号")
    assert {o.number for o in case.officers.filter(to_on=None)} == {"HB001", "HB002"}


def test_numbers_of_an_agency_have_no_gap(world: World) -> None:
    first, second = world.filed(), world.filed()
    numbers = sorted(fresh(case).number for case in (first, second))
    year = ago(38).year
    assert numbers == [f"新阳街综执〔{year}〕1号", f"新阳街综执〔{year}〕2号"]


def test_a_refused_filing_takes_no_number(world: World) -> None:
    case = world.opened()
    world.take(case, "clue_verified", 39, {"established": True}, findings="属实。")
    details = {"officers": ["HB001", "HB002"], "opinion": "建议立案。"}
    request = StepRequest.objects.create(
        case=case, step="case_filed", state=RequestState.SUBMITTED, data={"item": "T-999", "domain": "market"}, details=details
    )  # fmt: skip
    with pytest.raises(Refusal, match=r"权责清单|处罚权"):
        world.approve(request, 38)
    assert fresh(world.filed()).number.endswith("1号")


def test_returning_needs_a_reason_and_lets_the_officer_mend_it(world: World) -> None:
    case = world.opened()
    world.take(case, "clue_verified", 39, {"established": True}, findings="属实。")
    data, details = (
        {"item": ITEM, "domain": "housing_construction"},
        {
            "officers": ["HB001", "HB002"],
            "opinion": "建议立案。",
        },
    )
    submit = {"actor": world.actor(world.officer), "case": case, "step": "case_filed"}
    request = actions.submit_step(**submit, data=data, details=details)
    head = world.actor(world.head)
    with pytest.raises(InputFault, match="退回须写明理由"):
        actions.decide_request(actor=head, request=request, approve=False)
    back = actions.decide_request(actor=head, request=request, approve=False, opinion="请补充现场照片。")
    assert back.state == RequestState.RETURNED and "case_filed" not in activities(case)
    again = actions.submit_step(**submit, data=data, details=details)
    world.approve(again, 38)
    assert fresh(case).stage == Stage.FILED


def test_a_submitted_step_can_be_withdrawn_until_it_is_decided(world: World) -> None:
    case = world.noticed()
    request = world.propose_decision(case)
    with pytest.raises(Refusal, match="只有提交人"):
        actions.withdraw_request(actor=world.actor(world.second), request=request)
    actions.withdraw_request(actor=world.actor(world.officer), request=request)
    draft = StepRequest.objects.get(case=case, step="decision_made", state=RequestState.DRAFT)
    assert draft.data["penalty"]["fine"] == 1_000_000
    request = world.propose_decision(case)
    world.approve(request, 5)
    request.refresh_from_db()
    with pytest.raises(Refusal, match="不能撤回"):
        actions.withdraw_request(actor=world.actor(world.officer), request=request)


def test_nobody_approves_what_he_submitted(world: World) -> None:
    both = world.person(
        "shuang", "双岗", "HB003", "T-STREET", "副主任", ["cases.handle", "cases.approve"], "agency_head"
    )
    case = world.noticed()
    request = actions.submit_step(
        actor=world.actor(both),
        case=case,
        step="decision_made",
        data=world.decision(),
        details={"facts": "事实。", "reasons": "理由。"},
    )
    with pytest.raises(Refusal, match="不能审批自己提交的报批"):
        actions.decide_request(actor=world.actor(both), request=request, approve=True)


@pytest.mark.parametrize(
    ("deviation", "words"),
    [
        ({"evidence": []}, "四十六条"),
        ({"facts_clear": False}, "四十条"),
        ({"penalty": {"kinds": ["fine"], "fine": 20_000_000}}, "第七十六条"),
        ({"penalty": {"kinds": ["fine", "revoke_license"], "fine": 1_000_000}}, "第七十六条"),
        ({"document_states": ["party"]}, "五十九条"),
        ({"complex": True}, "五十七条|五十八条"),
    ],
)
def test_a_decision_against_a_gate_is_refused(world: World, deviation: dict[str, Any], words: str) -> None:
    case = world.noticed()
    with pytest.raises(Refusal, match=words) as refused:
        world.propose_decision(case, **deviation)
    assert "不能提交处理决定" in str(refused.value) and refused.value.basis
    assert "decision_made" not in activities(case)


def test_no_decision_without_notice(world: World) -> None:
    case = world.investigated()
    with pytest.raises(Refusal, match=r"第四十四条|第六十二条"):
        world.propose_decision(case)


def test_no_decision_while_the_hearing_window_runs(world: World) -> None:
    parts = ["proposed_penalty", "facts", "reasons", "basis", "right_to_state", "right_to_hearing"]
    case = world.investigated()
    world.take(
        case,
        "penalty_notice_served",
        1,
        {
            "proposed": {"kinds": ["fine"], "fine": 1_000_000},
            "states": parts,
            "method": "direct",
            "receipt": "signed",
        },
        facts="事实。",
        reasons="理由。",
    )
    with pytest.raises(Refusal, match="第六十四条"):
        world.propose_decision(case)
    world.take(case, "statement_waived", 0, {"waives": ["hearing"]}, proof="当事人签名的放弃声明。")
    # The field's own rule keeps the same days for a statement (住房和城乡建设行政处罚程序规定第二十二条).
    with pytest.raises(Refusal, match="第二十二条"):
        world.propose_decision(case)
    world.take(case, "statement_waived", 0, {"waives": ["statement"]}, proof="当事人签名的放弃声明。")
    assert world.propose_decision(case).state == RequestState.SUBMITTED


def test_review_on_the_list_must_pass_before_the_decision(world: World) -> None:
    case = world.noticed(fine=3_000_000)
    proposal = {"penalty": {"kinds": ["fine"], "fine": 3_000_000}}
    with pytest.raises(Refusal, match="第五十八条"):
        world.propose_decision(case, **proposal)
    world.take(case, "legal_review_submitted", 10, note="拟罚款三万元。")
    with pytest.raises(Refusal, match="由法制审核人员办理"):
        world.take(case, "legal_review_passed", 9, opinion="同意。")
    world.take(case, "legal_review_returned", 9, by=world.reviewer, opinion="请补充裁量说明。")
    with pytest.raises(Refusal, match="第五十八条"):
        world.propose_decision(case, **proposal)
    world.take(case, "legal_review_submitted", 8, answer="已补充数量测算。", note="已补充。")
    world.take(case, "legal_review_passed", 7, by=world.reviewer, opinion="事实清楚，程序合法，同意。")
    assert world.propose_decision(case, **proposal).state == RequestState.SUBMITTED


def test_a_sound_statement_must_be_reviewed_before_the_decision(world: World) -> None:
    case = world.noticed()
    world.take(case, "statement_received", 18, form="written", content="已经清理完毕。")
    with pytest.raises(Refusal, match="第四十五条"):
        world.propose_decision(case)
    world.take(case, "statement_reviewed", 17, {"sound": False, "adopted": False}, review="不影响定性。")
    assert world.propose_decision(case).state == RequestState.SUBMITTED
    with pytest.raises(Refusal, match="第四十五条"):
        actions.withdraw_request(
            actor=world.actor(world.officer), request=StepRequest.objects.get(state=RequestState.SUBMITTED)
        )
        world.propose_decision(case, penalty={"kinds": ["fine"], "fine": 1_500_000})


def test_one_officer_makes_no_record(world: World) -> None:
    case = world.filed()
    said = {"place": "平江路", "certificate": True, "content": "现场。", "signed": "signed"}
    with pytest.raises(InputFault, match="不得少于两人"):
        world.take(case, "onsite_made", 37, officers=["HB001"], **said)
    with pytest.raises(Refusal, match="第四十二条"):
        world.take(case, "onsite_made", 37, officers=["HB001", "HB999"], **said)


def test_preregistration_needs_approval_and_is_disposed(world: World) -> None:
    case = world.filed()
    with pytest.raises(Refusal, match="没有已批准的措施"):
        world.take(
            case,
            "evidence_preregistered",
            36,
            {"measure": "M-x"},
            officers=["HB001", "HB002"],
            goods="一车。",
        )
    world.approve(world.take(case, "prereg_approved", 37, grounds="车辆可能驶离。"), 37)
    approved = StoredEvent.objects.unscoped("测试").get(activity="measure_approved")
    measure = approved.data["measure"]
    assert approved.data["approved_by"] == "agency_head"
    world.take(
        case, "evidence_preregistered", 36, {"measure": measure}, officers=["HB001", "HB002"], goods="一车。"
    )
    world.take(
        case, "prereg_disposed", 34, {"measure": measure, "disposition": "returned"}, reason="已固定。"
    )
    with pytest.raises(Refusal, match="没有未处理的先行登记保存"):
        world.take(
            case, "prereg_disposed", 33, {"measure": measure, "disposition": "returned"}, reason="再次。"
        )


def test_a_past_date_may_not_lie_before_what_it_presupposes_nor_ahead(world: World) -> None:
    case = world.decided()
    with pytest.raises(InputFault, match="早于“作出决定”"):
        world.take(case, "decision_served", 30, {"method": "direct", "receipt": "signed"})
    with pytest.raises(InputFault, match="在将来"):
        world.take(case, "decision_served", -1, {"method": "direct", "receipt": "signed"})


def test_a_voided_record_counts_no_more_and_stays_in_the_log(world: World) -> None:
    case = world.decided()
    served = world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    assert fresh(case).stage == Stage.SERVED
    with pytest.raises(InputFault, match="理由"):
        actions.void_event(actor=world.actor(world.officer), case=case, event_id=served.event_id, reason=" ")
    actions.void_event(
        actor=world.actor(world.officer), case=case, event_id=served.event_id, reason="日期记错。"
    )
    assert fresh(case).stage == Stage.DECIDED
    assert StoredEvent.objects.unscoped("测试").filter(event_id=served.event_id).exists()
    decision = StoredEvent.objects.unscoped("测试").get(activity="decision_made")
    with pytest.raises(Refusal, match="不能由承办人作废"):
        actions.void_event(
            actor=world.actor(world.officer), case=case, event_id=decision.event_id, reason="改。"
        )


def test_archived_files_take_nothing_more(world: World) -> None:
    case = world.decided()
    world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    world.take(case, "fine_paid", 2, {"amount": 1_000_000, "channel": "bank"})
    world.approve(world.take(case, "case_closed", 1, manner="performed", summary="缴清。"), 1)
    stages = ["start", "evidence", "decision", "service", "execution"]
    world.take(case, "file_archived", 0, {"recorded_stages": stages}, place="一柜。")
    with pytest.raises(Refusal, match="已结案"):
        world.take(case, "deferral_granted", 0, {"until": "2027-01-01"}, reason="困难。")
    assert world.take(case, "challenge_started", 0, {"route": "litigation"}, organ="区法院")


def test_a_missing_stage_refuses_archiving(world: World) -> None:
    case = world.decided()
    world.take(case, "decision_served", 3, {"method": "direct", "receipt": "signed"})
    world.take(case, "fine_paid", 2, {"amount": 1_000_000, "channel": "bank"})
    world.approve(world.take(case, "case_closed", 1, manner="performed", summary="缴清。"), 1)
    with pytest.raises(Refusal, match="第四十七条"):
        world.take(case, "file_archived", 0, {"recorded_stages": ["start"]}, place="一柜。")


def test_suspension_and_extension_are_approved_by_the_head(world: World) -> None:
    case = world.filed()
    world.approve(world.take(case, "investigation_suspended", 37, {"reason": "等待鉴定。"}), 37)
    with pytest.raises(Refusal, match="没有进行中的调查"):
        world.take(case, "investigation_suspended", 36, {"reason": "再次。"})
    world.take(case, "investigation_resumed", 30, reason="鉴定完成。")
    world.approve(
        world.take(
            case, "extension_approved", 29, {"days": 30, "approved_by": "agency_head"}, reason="案情复杂。"
        ),
        29,
    )
    clock = next(v for v in verdicts_for(matter_events(case.matter_id)) if v.rule == "APL-60-90d")
    assert clock.verdict == "pending" and clock.days_limit == 120


def test_the_head_gives_more_days_for_a_clue_and_for_a_review(world: World) -> None:
    """The days go to the clock they were asked for (住房和城乡建设行政处罚程序规定第十五条; no more for its review)."""
    clue = world.opened(days_ago=10)
    world.approve(world.take(clue, "filing_extended", 5, {"days": 10}, reason="须等待检验结果。"), 5)
    case = world.noticed(fine=3_000_000)
    world.take(case, "legal_review_submitted", 10, note="拟罚款三万元。")
    world.approve(world.take(case, "review_extended", 9, {"days": 5}, reason="案情复杂。"), 9)
    granted = {
        each: [e.data for e in matter_events(each.matter_id) if e.activity == "extension_approved"]
        for each in (clue, case)
    }
    assert granted[clue] == [{"clock": "filing", "days": 10, "approved_by": "agency_head"}]
    assert granted[case] == [{"clock": "legal_review", "days": 5, "approved_by": "agency_head"}]
    limits = {v.rule: v.days_limit for v in verdicts_for(matter_events(clue.matter_id))}
    assert limits["MOHURD-15-check-15wd"] == 25
    reviewed = next(
        v for v in verdicts_for(matter_events(case.matter_id)) if v.rule == "MOHURD-25-review-10wd"
    )
    assert (reviewed.days_limit, reviewed.flags) == (10, ("extension_ignored",))

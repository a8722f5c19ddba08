"""Cases that are merged, parted again, and split: two matters, each with its own events and clocks (ADR 0014)."""

from __future__ import annotations

import pytest

from plumbline.apps.cases.forms import StepForm
from plumbline.apps.cases.guards import closed_because
from plumbline.apps.cases.models import Case, CaseTask, Stage
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.task_rows import refresh
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import matter_events
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import recompute, verdicts_for

from .world import ITEM, OTHER, World


def fresh(case: Case) -> Case:
    return Case.objects.unscoped("测试").select_related("agency", "party", "merged_into").get(pk=case.pk)


def merge(world: World, case: Case, lead: Case) -> None:
    request = world.take(
        case, "case_merged", 20, lead=lead.matter_id, ground="same_party", reason="同一当事人，一并查明。"
    )
    world.approve(request, 20)


def recorded(case: Case) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id).order_by("seq")
    return [row.activity for row in rows]


def tasks(case: Case) -> list[CaseTask]:
    recompute(case.matter_id)
    refresh(case.matter_id)
    return list(CaseTask.objects.unscoped("测试").filter(case=case))


def test_a_merged_case_follows_its_leading_case_and_can_leave_it_again(world: World) -> None:
    case, lead = world.filed(), world.investigated()
    form = StepForm(step=CaseFile(case).procedure.steps["case_merged"], file=CaseFile(case))
    assert lead.matter_id in dict(form.fields["x__lead"].choices)  # type: ignore[attr-defined]
    merge(world, case, lead)
    case = fresh(case)
    assert case.stage == Stage.MERGED and case.merged_into == lead
    assert "case_merged" in recorded(case) and "case_merge_led" in recorded(lead)
    found = tasks(case)
    assert [task.key for task in found] == ["merged"] and found[0].due_on is not None, "its clock goes on"
    assert found[0].url == f"/cases/{lead.matter_id}"
    with pytest.raises(Refusal, match="已并入主案"):
        world.take(case, "investigation_ended", 10, facts="略。", evidence="略。", opinion="略。")
    world.approve(world.take(case, "case_unmerged", 15, reason="事实没有关联。"), 15)
    case = fresh(case)
    assert case.stage == Stage.FILED and case.merged_into is None
    assert recorded(case)[-1] == "case_unmerged" and recorded(lead)[-1] == "case_unmerge_led"
    steps = CaseFile(case).procedure.steps
    assert closed_because(steps["investigation_ended"], CaseFile(case)) is None
    assert closed_because(steps["case_unmerged"], CaseFile(case)) is not None


def test_the_decision_of_the_leading_case_ends_the_merged_one(world: World) -> None:
    lead, case = world.noticed(), world.filed()
    merge(world, case, lead)
    world.approve(world.propose_decision(lead), 2)
    assert fresh(case).stage == Stage.TERMINATED
    clock = {v.rule: v.verdict for v in verdicts_for(matter_events(case.matter_id))}
    assert clock["APL-60-90d"] == "met"
    ended = StoredEvent.objects.unscoped("测试").get(
        matter_id=case.matter_id, activity="investigation_terminated"
    )
    assert ended.links == [{"matter": lead.matter_id, "rel": "continues"}]
    world.approve(world.take(case, "case_closed", 1, manner="merged", summary="见主案。"), 1)
    assert fresh(case).stage == Stage.CLOSED


def test_what_stands_against_merging(world: World) -> None:
    case, lead, third = world.filed(), world.filed(), world.filed()
    said = {"ground": "same_act", "reason": "关联。"}
    with pytest.raises(InputFault, match="没有这件主案"):
        world.take(case, "case_merged", 20, lead=case.matter_id, **said)
    Case.objects.unscoped("测试").filter(pk=third.pk).update(agency=OTHER)
    with pytest.raises(InputFault, match="没有这件主案"):
        world.take(case, "case_merged", 20, lead=third.matter_id, **said)
    merge(world, case, lead)
    with pytest.raises(Refusal, match="本案是其他案件的主案"):
        world.take(lead, "case_merged", 18, lead=world.filed().matter_id, **said)
    with pytest.raises(InputFault, match="不能作为主案"):
        world.take(world.filed(), "case_merged", 18, lead=case.matter_id, **said)


def test_a_split_makes_a_case_that_refers_to_the_evidence(world: World) -> None:
    case = world.investigated()
    said = {"title": "另一违法行为案", "item": ITEM, "facts": "另有一处倾倒。", "reason": "事实独立。"}
    with pytest.raises(InputFault, match="另一当事人的姓名"):
        world.take(case, "case_split", 10, whose="other", party_kind="legal_person", **said)
    request = world.take(
        case, "case_split", 10, whose="other", party_kind="legal_person", party_name="武汉某运输有限公司",
        evidence=["E1"], **said,
    )  # fmt: skip
    world.approve(request, 10)
    part = Case.objects.unscoped("测试").select_related("party").exclude(pk=case.pk).get()
    assert part.stage == Stage.CLUE and part.title == "另一违法行为案" and part.domain == case.domain
    assert part.party is not None and part.party.name == "武汉某运输有限公司"
    assert recorded(part) == ["clue_received", "evidence_collected", "evidence_verified", "case_split_off"]
    clue = StoredEvent.objects.unscoped("测试").get(matter_id=part.matter_id, activity="clue_received")
    assert clue.links == [{"matter": case.matter_id, "rel": "arises_from"}]
    assert {o.number for o in part.officers.all()} == {"HB001", "HB002"}
    assert recorded(case)[-1] == "case_split"

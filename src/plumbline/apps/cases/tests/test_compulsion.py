"""Compulsion by itself: opened, approved (also afterwards), carried out, ended; and the case before or after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases import actions
from plumbline.apps.cases.models import Case, Stage, StepRequest
from plumbline.apps.cases.page import CasePage
from plumbline.apps.cases.queries import my_tasks
from plumbline.apps.cases.task_rows import refresh
from plumbline.packs.penalty.procedures.compulsion import EXECUTION, MEASURE
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.verdicts.models import StoredVerdict

from .world import ITEM, World, ago, party

pytestmark = pytest.mark.django_db
OFFICERS = ["HB001", "HB002"]
ACT: dict[str, Any] = {
    "id_shown": True, "party_present": True, "rights_told": True, "statement_heard": True, "record_signed": "party",
    "decision_delivered": True, "list_delivered": True, "av_record": "full", "related_to_case": True,
    "document_states": ["party", "reason_basis_period", "property", "remedies", "agency_seal_date"],
    "daily_necessities": False, "already_sealed": False,
}  # fmt: skip
DEMAND = {"states": ["term", "manner", "amount", "right_to_state"], "method": "direct", "receipt": "signed"}


def opened(world: World, procedure: str = MEASURE, *, days_ago: int = 5, **deviation: Any) -> Case:
    given: dict[str, Any] = {
        "procedure": procedure, "title": "查封擅自处置建筑垃圾的设备", "item": ITEM, "ground": "inspection",
        "facts": "现场有三台机具继续作业。", "officers": tuple(OFFICERS), "place": "平江路",
        "party": party("legal_person"),
    }  # fmt: skip
    if procedure == EXECUTION:
        given |= {"ground": "correction", "order": "责令限期清除通知书", "served_on": ago(40).date(),
                  "term_until": ago(20).date()}  # fmt: skip
    return actions.open_compulsion(
        actor=world.actor(world.officer),
        matter=actions.Compelled(**given | deviation),
        occurred_at=ago(days_ago),
    )


def fresh(case: Case) -> Case:
    while work_off():
        pass
    return Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)


def approved(
    world: World, case: Case, step: str, days_ago: float, data: Any = None, **details: Any
) -> StepRequest:
    request = world.take(case, step, 0, data, **details)
    return world.approve(request, days_ago)  # type: ignore[arg-type]


def verdicts(case: Case) -> dict[str, str]:
    rows = StoredVerdict.objects.unscoped("测试").filter(matter_id=case.matter_id)
    return {row.rule: row.verdict for row in rows}


def test_a_measure_is_approved_taken_lifted_and_closed(world: World) -> None:
    case = fresh(opened(world))
    assert (case.kind, case.stage) == ("compulsion", Stage.COMPELLING) and "强〔" in case.number
    kinds = (
        StoredEvent.objects.unscoped("测试").filter(matter_id=case.matter_id).values_list("kind", flat=True)
    )
    assert set(kinds) == {"compulsion"}
    with pytest.raises(Refusal, match="没有已批准的措施"):
        world.take(
            case, "sealed", 3, {**ACT, "urgent": False, "measure": "M-9"}, officers=OFFICERS, goods="机具三台"
        )
    request = approved(world, case, "seizure_approved", 4, grounds="防止证据损毁。")
    measure = StoredEvent.objects.unscoped("测试").get(event_id=request.event_id).data["measure"]
    world.take(
        case, "sealed", 3, {**ACT, "urgent": False, "measure": measure}, officers=OFFICERS, goods="机具三台"
    )
    case = fresh(case)
    assert verdicts(case)["ACL-25-30d"] == "pending" and case.due_on is not None
    refresh(case.matter_id)
    assert my_tasks(world.actor(world.officer)).filter(case=case, rule="ACL-25-30d").exists()
    with pytest.raises(Refusal, match="尚未解除"):
        world.take(case, "case_closed", 0, manner="lifted", summary="已办结。")
    world.take(
        case, "seizure_lifted", 1, {"measure": measure, "nothing_to_return": True}, reason="已自行清除。"
    )
    approved(world, case, "case_closed", 0, manner="lifted", summary="已解除。")
    assert fresh(case).stage == Stage.CLOSED


def test_an_urgent_measure_is_approved_afterwards_within_a_day_and_closing_waits_for_every_measure(
    world: World,
) -> None:
    case = opened(world)
    first = world.take(case, "sealed", 1, {**ACT, "urgent": True}, officers=OFFICERS, goods="机具三台")
    assert verdicts(fresh(case))["ACL-19-urgent-24h"] == "pending" or clock.now() - ago(1) >= timedelta(
        hours=24
    )
    refresh(case.matter_id)
    assert my_tasks(world.actor(world.officer)).filter(case=case, step="measure_ratified").exists()
    lead = CasePage(world.actor(world.officer), fresh(case)).lead
    assert lead is not None and lead.step.key == "measure_ratified"
    approved(world, case, "measure_ratified", 0.5, {"measure": first.data["measure"]}, emergency="正在转移。")
    second = world.take(case, "seized", 0, {**ACT, "urgent": True}, officers=OFFICERS, goods="钥匙一串")
    given = {"nothing_to_return": True}
    world.take(case, "seizure_lifted", 0, {**given, "measure": first.data["measure"]}, reason="已清除。")
    with pytest.raises(Refusal, match="没有解除也没有处理的强制措施"):
        approved(world, case, "case_closed", 0, manner="lifted", summary="已解除。")
    world.take(case, "seizure_lifted", 0, {**given, "measure": second.data["measure"]}, reason="已清除。")
    approved(world, case, "case_closed", 0, manner="lifted", summary="已解除。")


def test_substitute_performance_is_demanded_decided_demanded_again_and_done(world: World) -> None:
    with pytest.raises(InputFault) as fault:
        opened(world, EXECUTION, order="", served_on=None, term_until=clock.today(), officers=("HB001",))
    assert set(fault.value.faults) == {"order", "served_on", "term_until", "officers"}
    case = opened(world, EXECUTION, days_ago=19)
    with pytest.raises(Refusal, match="尚未送达催告书"):
        world.take(case, "substitute_decision_served", 18, {"method": "direct", "receipt": "signed"},
                   object="清除建筑垃圾", performer="某环卫公司", budget=800_000)  # fmt: skip
    world.take(case, "demand_notice_served", 18, {**DEMAND, "term_until": ago(12).date().isoformat()})
    world.take(case, "substitute_decision_served", 11, {"method": "direct", "receipt": "signed"},
               object="清除建筑垃圾", performer="某环卫公司", budget=800_000)  # fmt: skip
    performed = {"immediate": False, "official_on_site": True, "record_signed": True, "urgent": False,
                 "utilities_cut": False}  # fmt: skip
    page = CasePage(world.actor(world.officer), fresh(case))
    assert page.lead is not None and page.lead.step.key == "substitute_demanded"
    alone = performed | {"official_on_site": False}
    with pytest.raises(Refusal, match="派员到场"):
        world.take(case, "substitute_performed", 0, alone, officers=OFFICERS, record="已清除。")
    world.take(case, "substitute_demanded", 10, {**DEMAND, "term_until": ago(5).date().isoformat()})
    world.take(case, "substitute_performed", 1, performed, officers=OFFICERS, record="已清除。")
    assert verdicts(fresh(case))["ACL-51-substitute-3wd"] == "met"
    approved(world, case, "case_closed", 0, manner="substituted", summary="已代履行。")


def test_it_begins_from_a_clue_and_a_penalty_case_follows_with_nothing_typed_twice(world: World) -> None:
    clue, client = world.opened(), Client()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert (
        f"/cases/compulsion/new?from={clue.matter_id}"
        in client.get(f"/cases/{clue.matter_id}").content.decode()
    )
    form = client.get(f"/cases/compulsion/new?from={clue.matter_id}")
    shown = form.content.decode()
    assert "平江路北侧空地" in shown and "386 立方米" in shown and 'name="party_name"' not in shown
    initial = form.context["form"].initial
    given = {name: initial[name] for name in ("procedure", "ground", "item", "title", "place", "facts")} | {
        "occurred_on": clock.today().isoformat(), "officers": OFFICERS,
    }  # fmt: skip
    assert (
        client.post(f"/cases/compulsion/new?from={clue.matter_id}", given | {"officers": "HB001"}).status_code
        == 422
    )
    page = client.post(f"/cases/compulsion/new?from={clue.matter_id}", given, follow=True)
    case = Case.objects.unscoped("测试").get(procedure=MEASURE)
    assert case.party_id == clue.party_id and "行政强制措施" in page.content.decode()
    assert case.number in client.get("/cases?procedure=compulsion").content.decode()
    assert case.number in client.get(f"/cases/{clue.matter_id}").content.decode()
    follow = client.get(f"/cases/new?from={case.matter_id}")
    assert case.number in follow.content.decode()
    kept = {name: value for name, value in follow.context["form"].initial.items() if name != "party_known"}
    typed = kept | {"occurred_on": clock.today().isoformat()}
    answer = client.post(f"/cases/new?from={case.matter_id}", typed, follow=True).content.decode()
    penalty = Case.objects.unscoped("测试").exclude(pk=clue.pk).get(procedure="ordinary")
    assert penalty.party_id == clue.party_id and case.number in answer
    assert "转为处罚案件" not in client.get(f"/cases/{case.matter_id}").content.decode().split("<dl")[0]


def test_who_handles_no_cases_opens_no_compulsion(world: World) -> None:
    with pytest.raises(Refusal):
        actions.open_compulsion(
            actor=world.actor(world.reviewer),
            matter=actions.Compelled(MEASURE, "查封", ITEM, "clue", "事实", tuple(OFFICERS)),
        )

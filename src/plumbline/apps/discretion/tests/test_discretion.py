"""In a case: what may be kept, what is refused, and where the result turns up without being typed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plumbline.apps.cases.contract import StepForm, file_of
from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, STREET, World
from plumbline.apps.discretion.actions import Choice, Stated, keep_calculation
from plumbline.apps.discretion.models import Calculation, LeniencyEntry, PastDecision
from plumbline.apps.discretion.past import follow_many
from plumbline.apps.discretion.similar import similar_to
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.models import Person

pytestmark = pytest.mark.django_db
STATED = Stated(circumstances=frozenset({"S1:*"}), minor=False, corrected=True, harm="some", first=False)
AS_PROPOSED = Choice(outcome="penalty", kinds=("fine",), step="S1", fine=550_000)


def kept(
    world: World, case: Case, *, stated: Stated = STATED, by: Person | None = None, **choice: Any
) -> Calculation:
    return keep_calculation(
        actor=world.actor(by or world.officer),
        case=case,
        stated=stated,
        choice=replace(AS_PROPOSED, **choice),
    )


def form(case: Case, step: str) -> dict[str, Any]:
    file = file_of(case)
    built = StepForm(step=file.procedure.steps[step], file=file)
    return {name: field.initial for name, field in built.fields.items()}


def test_a_calculation_is_kept_with_its_versions_and_carried_into_the_forms(world: World) -> None:
    case = world.investigated()
    with pytest.raises(Refusal, match="承办"):
        kept(world, case, by=world.head)
    done = kept(world, case)
    assert (done.proposed_step, done.proposed_fine, done.deviates) == ("S1", 550_000, False)
    assert done.registers == {"power_item": f"{ITEM} 自 2005-06-01", "benchmark": "B-1 自 2023-02-01"}
    event = StoredEvent.objects.unscoped("测试").get(activity="discretion_reckoned")
    assert event.data["amount"] == 550_000 and event.data["registers"] == done.registers
    notice = form(case, "penalty_notice_served")
    assert notice["proposed__kinds"] == ["fine"] and notice["proposed__fine"] == 550_000
    assert "5,500 元" in notice["x__reasons"] and "城市建筑垃圾管理规定" in notice["x__reasons"]
    decision = form(case, "decision_made")
    assert decision["benchmark"] == "B-1|S1" and decision["benchmark__adjusted"] is False
    assert decision["leniency"] == "none" and "第七十六条" in decision["x__reasons"]


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"fine": 10_000_001}, "fine"),
        ({"fine": 99_999}, "fine"),
        ({"fine": None}, "fine"),
        ({"step": ""}, "step"),
        ({"kinds": ()}, "kinds"),
        ({"kinds": ("revoke_license",)}, "kinds"),
        ({"fine": 1_000_001}, "reasons"),
        ({"step": "S2", "fine": 2_000_000}, "reasons"),
        ({"outcome": "no_penalty"}, "outcome"),
    ],
)
def test_what_law_or_benchmark_does_not_allow_is_refused_at_its_field(
    world: World, choice: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputFault) as fault:
        kept(world, world.investigated(), **choice)
    assert list(fault.value.faults) == [field]


def test_leaving_the_benchmark_needs_reasons_and_names_who_approves(world: World) -> None:
    case = world.investigated()
    done = kept(world, case, step="S2", fine=2_000_000, reasons="当事人多次投诉属实，按较轻处罚明显不当。")
    assert done.deviates and done.approval == "报制定机关城管执法部门批准"
    assert form(case, "decision_made")["benchmark__adjusted"] is True
    assert form(case, "benchmark_deviation_approved")["x__reason"] == done.reasons


def test_mitigation_needs_a_ground_and_its_assessment(world: World) -> None:
    case = world.investigated()
    ground = replace(STATED, grounds=frozenset({"confessed"}))
    with pytest.raises(InputFault, match="写明具体情节和评估"):
        kept(world, case, stated=ground, fine=50_000)
    done = kept(world, case, stated=ground, fine=50_000, reasons="主动说明全部运输记录，评估后减轻。")
    assert done.leniency == "mitigated"
    decision = form(case, "decision_made")
    assert decision["mitigation__statutory_ground"] is True and decision["leniency"] == "mitigated"


def test_what_must_be_exempted_is_not_penalised_and_the_decision_begins_so(world: World) -> None:
    case = world.investigated()
    exempt = Stated(circumstances=frozenset({"S1:*"}), minor=True, corrected=True, harm="none", first=True)
    with pytest.raises(Refusal, match="第三十三条第一款"):
        kept(world, case, stated=exempt)
    with pytest.raises(InputFault, match="写明理由"):
        kept(world, case, stated=exempt, outcome="no_penalty")
    done = kept(world, case, stated=exempt, outcome="no_penalty", reasons="当场清理，没有后果。")
    assert done.fine is None and done.leniency == "exempted"
    assert form(case, "decision_made")["outcome"] == "no_penalty"


def test_a_list_entry_is_asked_and_counts(world: World) -> None:
    LeniencyEntry.objects.create(
        number="Q-1", kind="first_exempt", maker_id=DEPARTMENT, item=ITEM, title="首次少量", basis="行政处罚法第三十三条第一款",
        conditions=["首次", "当场清理"], source="示例", valid_from=date(2024, 1, 1),
    )  # fmt: skip
    case = world.investigated()
    stated = Stated(
        circumstances=frozenset({"S1:*"}), minor=False, corrected=True, harm="slight", first=True,
        conditions={"Q-1": frozenset({0, 1})},
    )  # fmt: skip
    done = kept(world, case, stated=stated, outcome="no_penalty", reasons="首次少量，当场清理。")
    assert done.registers["list:Q-1"] == "Q-1 自 2024-01-01"


def test_nothing_is_reckoned_after_the_decision(world: World) -> None:
    with pytest.raises(Refusal, match="已经作出决定"):
        kept(world, world.decided())


def past(number: int, fine: int, *, step: str = "S1", agency: str = DEPARTMENT) -> None:
    PastDecision.objects.create(
        matter_id=f"OLD-{number}", agency_id=agency, item=ITEM, party_kind="organization", step=step, fine=fine,
        decided_on=date.today(),
    )  # fmt: skip


def alike(world: World, **more: Any) -> Any:
    wanted = {"item": ITEM, "party_kind": "organization", "step": "S1"} | more
    return similar_to(world.actor(world.officer), **wanted)


def test_past_decisions_follow_the_event_log(world: World) -> None:
    case = world.decided()
    follow_many([case.matter_id])
    row = PastDecision.objects.get()
    assert (row.item, row.party_kind, row.fine, row.step) == (ITEM, "organization", 1_000_000, "")
    follow_many([case.matter_id])
    assert PastDecision.objects.count() == 1


def test_fewer_than_three_are_not_compared(world: World) -> None:
    past(1, 200_000)
    past(2, 300_000)
    past(3, 300_000, step="S2")
    found = alike(world)
    assert not found.enough and (found.n, found.total) == (2, 3) and not found.rows


def test_the_distribution_links_only_what_the_reader_may_open_in_two_queries(world: World) -> None:
    mine = world.investigated()
    for number, fine in enumerate((200_000, 300_000, 400_000, 900_000)):
        past(number, fine)
    PastDecision.objects.create(
        matter_id=mine.matter_id, agency_id=STREET, item=ITEM, party_kind="organization", step="S1", fine=500_000,
        decided_on=date.today(),
    )  # fmt: skip
    actor = world.actor(world.officer)
    with CaptureQueriesContext(connection) as seen:
        found = similar_to(actor, item=ITEM, party_kind="organization", step="S1", own=450_000)
    assert len(seen) <= 3
    assert (found.n, found.quarter, found.median, found.three_quarters) == (5, 300_000, 400_000, 500_000)
    assert found.own_place == "高于其中 3 件，低于其中 2 件"
    assert [row.url for row in found.rows if row.url] == [f"/cases/{mine.matter_id}"]


def test_the_page_reckons_takes_over_and_stands_beside_the_proposal(world: World) -> None:
    case = world.investigated()
    client = Client()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/cases/{case.matter_id}/discretion"
    page = client.get(address).content.decode()
    assert "查明的情节" in page and "同类决定只有 0 件" in page
    facts = {
        "circumstances": ["S1:*"],
        "minor": "false",
        "corrected": "true",
        "harm": "some",
        "first": "false",
    }
    page = client.post(address, facts | {"reckon": "1"}).content.decode()
    assert "建议罚款 5,500 元" in page and "第七十六条" in page
    over = client.post(
        address,
        facts | {"keep": "1", "outcome": "penalty", "kinds": ["fine"], "step": "S1", "fine": "100000.01"},
    )
    assert over.status_code == 422 and "超过法定上限" in over.content.decode()
    done = client.post(
        address, facts | {"keep": "1", "outcome": "penalty", "kinds": ["fine"], "step": "S1", "fine": "5500"}
    )
    assert done.status_code == 302
    assert "已采用：罚款 5,500 元" in client.get(address).content.decode()
    step = client.get(f"/cases/{case.matter_id}/steps/penalty_notice_served").content.decode()
    assert 'value="5500' in step
    noticed = world.noticed()
    kept(world, noticed)
    request = world.propose_decision(noticed)
    head = Client()
    head.force_login(world.head, backend="django.contrib.auth.backends.ModelBackend")
    shown = head.get(f"/cases/{noticed.matter_id}/requests/{request.pk}").content.decode()
    assert "裁量" in shown and "怎样得出" in shown and "B-1 自 2023-02-01" in shown

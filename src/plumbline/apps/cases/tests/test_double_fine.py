"""One violation of one party is fined once in the whole district (行政处罚法第二十九条)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plumbline.apps.cases.models import Case, RequestState
from plumbline.platform.actions import Refusal
from plumbline.platform.events.log import matter_events, matters_about, record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.verdicts.evaluation import recompute
from plumbline.platform.verdicts.models import StoredVerdict

from .world import DEPARTMENT, World, ago

ELSEWHERE = "T-DEPT-2026-0099"


def affair_of(case: Case) -> dict[str, Any]:
    """Party and violation as the case states them."""
    filed = next(e for e in matter_events(case.matter_id) if e.activity == "case_filed")
    return {"party": filed.data["party"], "violation": filed.data["violation"]}


def fined_elsewhere(world: World, affair: dict[str, Any]) -> None:
    record(
        actor=world.actor(world.officer),
        matter=ELSEWHERE,
        kind="penalty",
        activity="decision_made",
        agency=DEPARTMENT,
        occurred_at=ago(10),
        data={
            "outcome": "penalty",
            "procedure": "ordinary",
            "penalty": {"kinds": ["fine"], "fine": 100_000},
            **affair,
        },
    )


def verdict_here(case: Case) -> str:
    recompute(case.matter_id)
    rows = StoredVerdict.objects.unscoped("测试")
    return rows.get(matter_id=case.matter_id, rule="APL-29-no-double-fine").verdict


def test_a_second_fine_is_refused_whoever_imposed_the_first(world: World) -> None:
    case = world.noticed()
    fined_elsewhere(world, affair_of(case))
    with pytest.raises(Refusal, match="只能罚款一次") as refused:
        world.propose_decision(case)
    assert "第二十九条" in refused.value.basis


def test_a_fine_undone_elsewhere_stands_in_nobodys_way(world: World) -> None:
    case = world.noticed()
    fined_elsewhere(world, affair_of(case))
    record(
        actor=world.actor(world.officer),
        matter=ELSEWHERE,
        kind="penalty",
        activity="decision_revoked",
        agency=DEPARTMENT,
        occurred_at=ago(8),
        data={"outcome": "revoked"},
    )
    assert world.propose_decision(case).state == RequestState.SUBMITTED


def test_the_same_party_may_be_fined_for_something_else(world: World) -> None:
    case = world.noticed()
    affair = affair_of(case)
    fined_elsewhere(world, {**affair, "violation": {**affair["violation"], "act": "W-ANOTHER"}})
    assert world.propose_decision(case).state == RequestState.SUBMITTED


def test_what_another_agency_records_late_shows_at_the_next_look(world: World) -> None:
    case = world.decided()
    assert verdict_here(case) == "met"
    fined_elsewhere(world, affair_of(case))
    assert verdict_here(case) == "breached"


def test_matters_of_an_affair_are_found_by_their_index(world: World) -> None:
    case = world.noticed()
    affair = affair_of(case)
    fined_elsewhere(world, affair)
    party, act = affair["party"]["id"], affair["violation"]["act"]
    assert matters_about(party, act) == sorted([case.matter_id, ELSEWHERE])
    assert matters_about("P-NOBODY", act) == []
    assert matters_about(party, "W-ANOTHER") == []
    with CaptureQueriesContext(connection) as asked:
        matters_about(party, act)
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        # As in a district's log, where few events state an act; of a handful of rows the planner reads whatever it likes.
        columns = ", ".join(
            field.column
            for field in StoredEvent._meta.concrete_fields
            if field.column not in {"seq", "event_id", "matter_id", "data"}
        )
        cursor.execute(
            f"INSERT INTO events (event_id, matter_id, data, {columns}) "
            f"SELECT 'E-FILL-' || n, 'M-FILL-' || n / 4, '{{}}', {columns} "
            "FROM (SELECT * FROM events LIMIT 1) AS one, generate_series(1, 4000) AS n"
        )
        cursor.execute("ANALYZE events")
        cursor.execute(f"EXPLAIN {query['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "events_violation" in plan, plan

"""A decision that is undone: the case is open again from the decision on, and what was recorded stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from plumbline.apps.cases.models import Case, Stage
from plumbline.apps.cases.progress import progress_of
from plumbline.apps.cases.prospects import prospects
from plumbline.apps.cases.reading import CaseFile
from plumbline.apps.cases.undoing import superseded
from plumbline.platform.actions import Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.vocabulary import Event

from .world import World


def fresh(case: Case) -> Case:
    return Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)


def event(number: int, activity: str, **data: Any) -> Event:
    day = f"2026-06-{number:02d}"
    return Event.from_json(
        {
            "id": f"e{number}",
            "matter": "M",
            "kind": "penalty",
            "activity": activity,
            "occurred_at": day,
            "recorded_at": datetime(2026, 6, number, 9).isoformat() + "+08:00",
            "agency": "A",
            "data": data,
        },
        number,
    )


def test_what_goes_down_with_a_revoked_decision() -> None:
    story = [
        event(1, "case_filed"),
        event(2, "decision_made"),
        event(3, "announcement_service_ended", document="penalty_notice"),
        event(4, "announcement_service_ended", document="decision"),
        event(5, "fine_paid", amount=100),
    ]
    assert superseded([*story, event(6, "decision_revoked", outcome="revoked")]) == {"e2", "e4", "e5"}


@pytest.mark.parametrize(
    ("outcome", "gone"),
    [("changed", {"e2"}), ("void", {"e2", "e3"}), ("upheld", set()), ("confirmed_unlawful", set())],
)
def test_a_changed_fine_keeps_what_was_paid_and_an_upheld_decision_stands(
    outcome: str, gone: set[str]
) -> None:
    story = [event(2, "decision_made"), event(3, "fine_paid", amount=100)]
    ended = event(6, "challenge_ended", route="litigation", outcome=outcome)
    assert superseded([*story, ended]) == gone


def test_only_the_decision_before_the_undoing_goes() -> None:
    story = [
        event(2, "decision_made"),
        event(3, "decision_revoked", outcome="revoked"),
        event(4, "decision_made"),
        event(5, "decision_served"),
    ]
    assert superseded(story) == {"e2"}
    assert superseded([event(3, "challenge_ended", route="litigation", outcome="revoked")]) == frozenset()


def test_a_revoked_decision_is_made_anew(world: World) -> None:
    case = world.decided()
    first = case.matter_id
    world.take(case, "decision_served", 4, {"method": "direct", "receipt": "signed"})
    with pytest.raises(Refusal, match="已作出决定"):
        world.propose_decision(case)
    request = world.take(
        case, "decision_revoked", 3, {"outcome": "revoked"}, source="self", reason="认定数量有误，自行纠正。"
    )
    world.approve(request, 3)
    case = fresh(case)
    assert case.stage == Stage.REVOKED and case.decided_on is None and case.fine_fen is None
    file = CaseFile(case)
    assert file.fine_imposed == 0 and not file.happened("decision_served")
    now = progress_of(file, {}, {v.rule: v.verdict for v in prospects(file)}).now
    assert now is not None and now.phase.key == "decision" and "被撤销" in now.note
    world.approve(world.propose_decision(case, penalty={"kinds": ["fine"], "fine": 500_000}), 1)
    case = fresh(case)
    assert case.stage == Stage.DECIDED and case.fine_fen == 500_000
    made = StoredEvent.objects.unscoped("测试").filter(matter_id=first, activity="decision_made")
    assert made.count() == 2, "both decisions stay in the log"


def test_a_court_opens_an_archived_case_again(world: World) -> None:
    case = world.decided()
    world.take(case, "decision_served", 4, {"method": "direct", "receipt": "signed"})
    world.take(case, "fine_paid", 3, {"amount": 1_000_000, "channel": "bank"})
    world.approve(world.take(case, "case_closed", 2, manner="performed", summary="缴清。"), 2)
    stages = ["start", "evidence", "decision", "service", "execution"]
    world.take(case, "file_archived", 2, {"recorded_stages": stages}, place="一柜。")
    world.take(case, "challenge_started", 1, {"route": "litigation"}, organ="区法院")
    assert fresh(case).stage == Stage.ARCHIVED
    world.take(case, "challenge_ended", 0, {"route": "litigation", "outcome": "revoked"})
    assert fresh(case).stage == Stage.REVOKED and fresh(case).closed_on is None
    world.approve(world.take(case, "case_closed", 0, manner="revoked", summary="罚款已退还。"), 0)
    assert fresh(case).stage == Stage.CLOSED

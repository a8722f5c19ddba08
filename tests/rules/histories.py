"""Random histories that the contract accepts: few values of each type, so that events meet."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from plumbline.law import statutory_calendar
from plumbline.rules.examples import CERTIFICATES
from plumbline.vocabulary import Event, Registers, load_vocabulary, validate_event

WORDS = load_vocabulary()
AS_OF = date(2026, 8, 1)
POOL = sorted(a.name for a in WORDS.activities.values() if "penalty" in a.kinds and a.name != "event_voided")
# The clocks are moved by these; drawn evenly they would be too rare to meet.
CLOCKWORK = [
    "case_filed",
    "decision_made",
    "extension_approved",
    "investigation_suspended",
    "investigation_resumed",
    "test_started",
    "test_ended",
    "hearing_requested",
    "evidence_preregistered",
    "prereg_disposed",
    "penalty_notice_served",
    "record_made",
]
REGISTERS, _ = Registers.parse(
    WORDS, {"registers": 1, **CERTIFICATES, "holidays": statutory_calendar().as_register()}
)
DAYS = st.integers(0, 120).map(lambda n: (date(2026, 2, 20) + timedelta(days=n)).isoformat())


@cache
def values(kind: str) -> st.SearchStrategy[Any]:
    """Lawful values of a type, few of each, so that events meet."""
    if kind.endswith("?"):
        return st.none() | values(kind[:-1])
    if kind.startswith("["):
        return st.lists(values(kind[1:-1]), max_size=2)
    if kind in WORDS.enums:
        return st.sampled_from(sorted(WORDS.enums[kind]))
    if kind in WORDS.objects:
        return objects(WORDS.objects[kind])
    return {
        "id": st.sampled_from(["M1", "M2", "e1"]),
        "code": st.sampled_from(["A-1", "X-1"]),
        "text": st.just("说明"),
        "bool": st.booleans(),
        "int": st.integers(-1, 60),
        "fen": st.sampled_from([0, 10_000, 600_000]),
        "bp": st.just(100),
        "date": DAYS,
        "instant": DAYS.map(lambda day: f"{day}T09:00:00+08:00"),
        "time": DAYS,
    }[kind]


def objects(fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    needed = {name for name, spec in fields.items() if spec.get("required") or "required_if" in spec}
    return st.fixed_dictionaries(
        {name: values(fields[name]["type"]) for name in needed},
        optional={name: values(spec["type"]) for name, spec in fields.items() if name not in needed},
    )


@cache
def data_of(activity: str) -> st.SearchStrategy[dict[str, Any]]:
    return objects(WORDS.activities[activity].fields)


@st.composite
def events(draw: Any, activities: list[str], first: int) -> list[Event]:
    found = []
    for number, activity in enumerate(activities, start=first):
        day = draw(DAYS)
        occurred = day if draw(st.booleans()) else f"{day}T{draw(st.integers(8, 18)):02}:00:00+08:00"
        document: dict[str, Any] = {
            "id": f"e{number}",
            "matter": "M-1",
            "kind": "penalty",
            "activity": activity,
            "occurred_at": occurred,
            "recorded_at": f"{day}T23:00:00+08:00",
            "agency": "A-1",
            "data": draw(data_of(activity)),
        }
        if draw(st.booleans()):
            people = st.fixed_dictionaries(
                {"id": st.sampled_from(["E-1", "E-2", "E-9"]), "role": values("role")}
            )
            document["actors"] = draw(st.lists(people, max_size=2))
        assert validate_event(WORDS, document, number) == []
        found.append(Event.from_json(document, number))
    return found

"""Rows written as one JSON document are the rows that Django would have written one by one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.events.models import OutboxMessage, StoredEvent

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def an_event(number: int, **other: Any) -> StoredEvent:
    values: dict[str, Any] = {
        "event_id": f"E{number}",
        "matter_id": "M1",
        "kind": "penalty",
        "activity": "case_filed",
        "occurred_at": "2026-03-02",
        "occurred_on": date(2026, 3, 2),
        "recorded_at": datetime(2026, 3, 2, 9, 30, 0, 123456, clock.CHINA),
        "agency_code": "AG-1",
        "by_label": "某人",
        "digest": "0" * 64,
    }
    return StoredEvent(**values | other)


def stored(event_id: str) -> dict[str, Any]:
    row = StoredEvent.objects.unscoped("测试").get(event_id=event_id)
    return {k: v for k, v in vars(row).items() if not k.startswith("_") and k not in {"seq", "event_id"}}


class SameAsDjango(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(data=st.dictionaries(WORDS, VALUES, max_size=4), actors=st.none() | st.lists(VALUES), label=WORDS)
    def test_a_row_is_the_row_that_save_writes(self, data: Any, actors: Any, label: str) -> None:
        one, other = (an_event(n, data=data, actors=actors, by_label=label) for n in (1, 2))
        one.save()
        assert insert_rows([other]) == 1
        mine, djangos = stored("E2"), stored("E1")
        assert abs(mine.pop("received_at") - djangos.pop("received_at")) < timedelta(minutes=1)
        assert mine == djangos


@pytest.mark.django_db
def test_a_known_row_is_left_out_only_when_asked() -> None:
    insert_rows([an_event(1)])
    with pytest.raises(DatabaseError), transaction.atomic():
        insert_rows([an_event(1), an_event(2)])
    assert insert_rows([an_event(1), an_event(2)], ignore_conflicts=True) == 1
    assert insert_rows([]) == 0


@pytest.mark.django_db
def test_named_fields_are_updated_and_no_others() -> None:
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            subscriber="s", key=str(n), activities=["a"], next_attempt_at=clock.now(), last_error="x"
        )
        for n in range(3)
    )
    rows = list(OutboxMessage.objects.order_by("pk"))
    for row in rows[:2]:
        row.activities, row.attempts, row.last_error = ["甲", 'b"\\'], 7, "y"
    assert update_rows(rows[:2], ["activities", "attempts"]) == 2
    found = OutboxMessage.objects.order_by("pk").values_list("activities", "attempts", "last_error")
    assert list(found) == [(["甲", 'b"\\'], 7, "x"), (["甲", 'b"\\'], 7, "x"), (["a"], 0, "x")]


@pytest.mark.django_db
def test_the_document_is_cut_into_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plumbline.platform.bulk.CHUNK", 4)
    seen: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: (seen.append(str(sql)), run(sql, *rest))[1]):
        assert insert_rows([an_event(n) for n in range(10)]) == 10
    assert len(seen) == 3

"""The log takes additions only; the outbox owes once, retries for ever, and tells a person."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from plumbline.platform import clock
from plumbline.platform.events import outbox
from plumbline.platform.events.access import keep_access
from plumbline.platform.events.log import DefectiveEvent, record
from plumbline.platform.events.models import OutboxMessage
from plumbline.platform.identity.actor import system_actor

from .test_walls import app_role, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wide")]
ATTEMPTS = ["UPDATE {} SET by_label = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"]


@pytest.fixture
def filled(agencies: dict[str, Any]) -> None:
    opened("T-A")
    keep_access(actor=system_actor("test"), kind="read", action="test", subject="")


@pytest.mark.parametrize("table", ["events", "access_records"])
@pytest.mark.parametrize("statement", ATTEMPTS)
def test_the_trigger_refuses_even_the_owner(filled: None, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"[Cc]annot|TRUNCATE"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute(statement.format(table))


@pytest.mark.parametrize("table", ["events", "access_records"])
@pytest.mark.parametrize("statement", ATTEMPTS)
def test_the_serving_role_lacks_the_privilege(filled: None, table: str, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match="permission denied")
    with app_role(), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_an_event_the_contract_does_not_know_is_a_defect(agencies: dict[str, Any]) -> None:
    with pytest.raises(DefectiveEvent):
        record(actor=system_actor("test"), matter="M", kind="penalty", activity="no_such_thing", agency="T-A")
    with pytest.raises(DefectiveEvent):
        record(
            actor=system_actor("test"),
            matter="M",
            kind="penalty",
            activity="decision_made",
            agency="T-A",
            data={},
        )


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """One subscriber that notes what it gets, and fails while ``worked`` holds 'fail'."""
    worked: list[str] = []

    def handle(matter: str, activities: frozenset[str]) -> None:
        if "fail" in worked:
            raise RuntimeError("not today")
        worked.append(matter)

    monkeypatch.setattr(outbox, "_SUBSCRIBERS", {"t": outbox.Subscriber("t", handle, 1)})
    yield worked


def test_a_matter_is_owed_once_however_many_events(only: list[str]) -> None:
    outbox.owe_many({"M-1": ("a",)})
    outbox.owe_many({"M-1": ("b", "a")})
    message = OutboxMessage.objects.get()
    assert sorted(message.activities) == ["a", "b"]
    assert outbox.work_off() == 1 and only == ["M-1"]
    assert outbox.work_off() == 0 and only == ["M-1"], "worked off once, not again"


def test_a_failure_waits_longer_each_time_and_then_a_person_is_told_once(
    only: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(outbox, "_ESCALATIONS", [lambda message: told.append(message.key)])
    only.append("fail")
    outbox.owe_many({"M-1": ("a",)})
    pauses = []
    for _ in range(outbox.ESCALATE_AFTER + 2):
        OutboxMessage.objects.update(next_attempt_at=clock.now() - timedelta(seconds=1))
        outbox.work_off()
        pauses.append(OutboxMessage.objects.get().next_attempt_at - clock.now())
    assert told == ["M-1"]
    assert pauses[0] < pauses[1] < pauses[2] and max(pauses) <= outbox.LONGEST_PAUSE
    only.remove("fail")
    OutboxMessage.objects.update(next_attempt_at=clock.now() - timedelta(seconds=1))
    outbox.work_off()
    assert only == ["M-1"] and not OutboxMessage.objects.exists(), "never given up, and gone once done"


def test_what_somebody_holds_is_left_for_later_and_the_rest_is_done(
    only: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = outbox._SUBSCRIBERS["t"]

    def handle(matter: str, activities: frozenset[str]) -> None:
        if matter == "M-1":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(4711)")
        plain.handle(matter, activities)

    def handle_many(matters: Mapping[str, frozenset[str]]) -> None:
        for matter, activities in matters.items():
            handle(matter, activities)

    monkeypatch.setattr(outbox, "_SUBSCRIBERS", {"t": outbox.Subscriber("t", handle, 1, handle_many)})
    outbox.owe_many({"M-1": ("a",), "M-2": ("a",)})
    address = os.environ["PLUMBLINE_DATABASE_URL"]
    with psycopg.connect(
        address.replace("/plumbline?", f"/{connection.settings_dict['NAME']}?", 1)
    ) as person:
        person.execute("SELECT pg_advisory_xact_lock(4711)")
        assert outbox.work_off() == 1 and "M-1" not in only[-1:]
        message = OutboxMessage.objects.get()
        assert message.key == "M-1" and not message.attempts and not message.last_error
    assert outbox.work_off() == 1 and only[-1] == "M-1" and not OutboxMessage.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0", "whoever comes next in the same transaction waits as ever"


def test_a_failing_subscriber_undoes_only_its_own_writes(
    only: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(matter: str, activities: frozenset[str]) -> None:
        keep_access(actor=system_actor("test"), kind="read", action="half-done", subject="")
        raise RuntimeError

    from plumbline.platform.events.models import AccessRecord

    good = outbox._SUBSCRIBERS["t"]
    monkeypatch.setattr(outbox, "_SUBSCRIBERS", {"t": good, "bad": outbox.Subscriber("bad", breaks, 0)})
    outbox.owe_many({"M-1": ("a",)})
    outbox.work_off()
    assert only == ["M-1"] and not AccessRecord.objects.filter(action="half-done").exists()

"""Limits: counted by network, told in Chinese, kept in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from plumbline.platform.rates.limiting import Lane, network_of, seconds_to_wait, too_fast
from plumbline.platform.rates.models import RateCount

LANE = Lane("test", 3, 60)
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.django_db
def test_the_fourth_waits_until_the_window_is_over() -> None:
    assert [seconds_to_wait(LANE, "192.0.2.7", now=NOW + timedelta(seconds=s)) for s in (0, 10, 20, 25)] == [
        0,
        0,
        0,
        35,
    ]
    assert seconds_to_wait(LANE, "192.0.2.8", now=NOW) == 0  # another network
    assert seconds_to_wait(Lane("other", 3), "192.0.2.7", now=NOW) == 0  # another lane
    assert seconds_to_wait(LANE, "192.0.2.7", now=NOW + timedelta(seconds=60)) == 0
    assert RateCount.objects.count() == 3


@pytest.mark.django_db
def test_the_count_is_in_the_database_and_tells_no_address() -> None:
    for _ in range(4):
        seconds_to_wait(LANE, "192.0.2.7", now=NOW)
    cache.clear()  # what a restart loses
    assert seconds_to_wait(LANE, "192.0.2.7", now=NOW) == 60
    row = RateCount.objects.get()
    assert "192" not in row.key and len(row.key) == 64


@pytest.mark.django_db
def test_the_answer_is_429_in_chinese_with_retry_after() -> None:
    request = RequestFactory().get("/open/decisions")
    answers = [too_fast(request, LANE) for _ in range(4)]
    assert answers[:3] == [None] * 3
    last = answers[3]
    assert last is not None and last.status_code == 429 and 0 < int(last["Retry-After"]) <= 60
    assert f"请 {last['Retry-After']} 秒后再试" in last.content.decode()


@pytest.mark.parametrize(("told", "network"), [
    ("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::ffff:192.0.2.7", "192.0.2.7"), ("", ""),
])  # fmt: skip
def test_a_network_is_an_address_or_a_subscribers_prefix(told: str, network: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=told)) == network


@pytest.mark.django_db
def test_requests_at_the_same_moment_are_all_counted() -> None:
    """Each thread has a connection of its own and commits, as processes of a server do."""
    lane, start, waits = Lane("at once", 3), Barrier(8), []

    def ask() -> None:
        start.wait()
        waits.append(seconds_to_wait(lane, "192.0.2.9", now=NOW))
        connection.close()

    def clear() -> None:
        RateCount.objects.all().delete()
        connection.close()

    _together([ask] * 8)
    _together([clear])
    assert sorted(waits) == [0, 0, 0, 60, 60, 60, 60, 60]


def _together(calls: list[Callable[[], None]]) -> None:
    threads = [Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

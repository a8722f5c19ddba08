"""文号 are gapless and given once, with many signing at the same time and some of them failing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction

from plumbline.apps.paperwork.contract import take_number
from plumbline.apps.paperwork.models import NumberSeries
from plumbline.platform.identity.models import Agency


class SigningFails(Exception):
    pass


@pytest.fixture
def agency(django_db_setup: None, django_db_blocker: Any) -> Iterator[Agency]:
    """An agency that other connections see: committed here and taken away again afterwards.

    Not ``transactional_db``: it truncates every table, which the event log refuses.
    """
    with django_db_blocker.unblock():
        made = Agency.objects.create(
            code="T-NUM",
            name="阳逻街道办事处",
            short_name="阳逻街道",
            kind="subdistrict_office",
            level="street",
            document_mark="新阳街综执",
        )
        try:
            yield made
        finally:
            NumberSeries.objects.filter(agency=made).delete()
            made.delete()
            connections.close_all()


def take(agency: Agency, fail: bool) -> str:
    try:
        with transaction.atomic():
            number = take_number(agency, "罚决", 2026)
            if fail:
                raise SigningFails
            return number
    except SigningFails:
        return ""
    finally:
        connections.close_all()


def serial(number: str) -> int:
    found = re.fullmatch(r"新阳街综执罚决〔2026〕(\d+)号", number)
    assert found, number
    return int(found[1])


def test_many_signing_at_once_leave_no_gap_and_no_double(agency: Agency) -> None:
    """Forty signings on eight connections, every third of them rolled back after its number was taken."""
    with ThreadPoolExecutor(8) as crowd:
        results = list(crowd.map(lambda n: take(agency, n % 3 == 0), range(40)))
    given = sorted(serial(number) for number in results if number)
    assert given == list(range(1, len(given) + 1))
    assert len(given) == 26
    assert NumberSeries.objects.get(agency=agency, mark="罚决", year=2026).last == len(given)


def test_a_signing_rolled_back_gives_its_number_to_the_next(agency: Agency) -> None:
    assert serial(take(agency, fail=False)) == 1
    assert take(agency, fail=True) == ""
    assert serial(take(agency, fail=False)) == 2


def test_each_kind_and_year_counts_for_itself(agency: Agency) -> None:
    with transaction.atomic():
        assert take_number(agency, "罚决", 2026).endswith("〔2026〕1号")
        assert take_number(agency, "罚告", 2026).endswith("〔2026〕1号")
        assert take_number(agency, "罚决", 2027).endswith("〔2027〕1号")
        assert take_number(agency, "罚决", 2026).endswith("〔2026〕2号")

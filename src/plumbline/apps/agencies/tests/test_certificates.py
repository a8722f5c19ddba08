"""Certificates: their state on a day, who may change it, and what the rules are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor, system_actor

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def certificate() -> Iterator[Any]:
    from plumbline.apps.agencies.models import OfficerCertificate
    from plumbline.platform.identity.models import Agency
    from plumbline.platform.scope.rows import set_database_scope

    agency = Agency.objects.create(
        code="T", name="阳逻", short_name="阳逻", kind="department", level="district"
    )
    yield OfficerCertificate.objects.create(
        number="HB001", name="周晓岚", agency=agency, valid_from=date(2024, 1, 1)
    )
    set_database_scope(None)


def keeper() -> Actor:
    return system_actor("test")


def rows() -> list[tuple[str, str | None]]:
    from plumbline.apps.agencies.registers import officers

    return [(row["valid_from"], row["valid_to"]) for row in officers()]


def test_a_suspension_interrupts_what_the_rules_see(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import suspend_certificate

    suspend_certificate(
        actor=keeper(), certificate=certificate, from_on=DAY, to_on=date(2026, 3, 10), reason="考核"
    )
    assert rows() == [("2024-01-01", "2026-03-01"), ("2026-03-11", None)]
    states = [certificate.state_on(date(2026, 3, d)) for d in (1, 2, 10, 11)]
    assert states == ["valid", "suspended", "suspended", "valid"]


def test_a_revocation_ends_the_day_before(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate

    revoke_certificate(actor=keeper(), certificate=certificate, on=DAY, reason="调离")
    assert rows() == [("2024-01-01", "2026-03-01")]
    assert (certificate.state_on(date(2026, 3, 1)), certificate.state_on(DAY)) == ("valid", "revoked")


def test_without_a_reason_or_a_right_nothing_changes(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    with pytest.raises(InputFault):
        suspend_certificate(actor=keeper(), certificate=certificate, from_on=DAY, to_on=None, reason=" ")
    with pytest.raises(Refusal):
        revoke_certificate(actor=Actor(label="x", number="x"), certificate=certificate, on=DAY, reason="调离")
    assert rows() == [("2024-01-01", None)]


def test_anybody_can_look_an_officer_up(certificate: Any) -> None:
    page = Client().get("/open/officers/HB001")
    assert page.status_code == 200 and "证件有效" in page.content.decode()
    assert Client().get("/open/officers/NOBODY").status_code == 404


def test_revoked_while_suspended(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    suspend_certificate(actor=keeper(), certificate=certificate, from_on=DAY, to_on=None, reason="考核")
    revoke_certificate(actor=keeper(), certificate=certificate, on=date(2026, 3, 20), reason="调离")
    assert certificate.state_on(date(2026, 3, 25)) == "revoked"


def test_revoked_before_a_planned_suspension(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    suspend_certificate(
        actor=keeper(), certificate=certificate, from_on=date(2026, 6, 1), to_on=None, reason="考核"
    )
    revoke_certificate(actor=keeper(), certificate=certificate, on=DAY, reason="调离")
    assert rows() == [("2024-01-01", "2026-03-01")]
    assert [certificate.state_on(date(2026, month, 2)) for month in (2, 3, 6)] == [
        "valid",
        "revoked",
        "revoked",
    ]


def test_overlapping_suspensions_are_one_and_an_open_one_is_for_good(certificate: Any) -> None:
    from plumbline.apps.agencies.models import CertificateSuspension

    for begin, end in ((DAY, date(2026, 3, 20)), (date(2026, 3, 5), date(2026, 3, 10))):
        CertificateSuspension.objects.create(certificate=certificate, from_on=begin, to_on=end, reason="考核")
    assert rows() == [("2024-01-01", "2026-03-01"), ("2026-03-21", None)]
    CertificateSuspension.objects.create(
        certificate=certificate, from_on=date(2026, 4, 1), to_on=None, reason="考核"
    )
    CertificateSuspension.objects.create(
        certificate=certificate, from_on=date(2026, 5, 1), to_on=date(2026, 5, 2), reason="考核"
    )
    assert rows() == [("2024-01-01", "2026-03-01"), ("2026-03-21", "2026-03-31")]


def test_the_page_and_the_rules_agree_on_every_day(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    suspend_certificate(
        actor=keeper(),
        certificate=certificate,
        from_on=date(2025, 2, 3),
        to_on=date(2025, 6, 30),
        reason="考核",
    )
    suspend_certificate(
        actor=keeper(), certificate=certificate, from_on=date(2026, 6, 1), to_on=None, reason="考核"
    )
    revoke_certificate(actor=keeper(), certificate=certificate, on=date(2026, 9, 1), reason="调离")
    stretches = rows()
    for day in (date(2023, 12, 1) + timedelta(days=n) for n in range(1_100)):
        said = day.isoformat()
        in_a_row = any(begin <= said and (end is None or said <= end) for begin, end in stretches)
        assert in_a_row is (certificate.state_on(day) == "valid"), day


def test_an_ended_certificate_is_not_suspended(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    revoke_certificate(actor=keeper(), certificate=certificate, on=DAY, reason="调离")
    with pytest.raises(InputFault, match="不是有效状态"):
        suspend_certificate(
            actor=keeper(), certificate=certificate, from_on=date(2026, 4, 1), to_on=None, reason="考核"
        )

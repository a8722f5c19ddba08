"""Certificates: their state on a day, who may change it, and what the rules are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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


@pytest.mark.xfail(strict=True, reason="暂扣未恢复又注销的证件仍显示“暂扣”")
def test_gap_revoked_while_suspended(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    suspend_certificate(actor=keeper(), certificate=certificate, from_on=DAY, to_on=None, reason="考核")
    revoke_certificate(actor=keeper(), certificate=certificate, on=date(2026, 3, 20), reason="调离")
    assert certificate.state_on(date(2026, 3, 25)) == "revoked"


@pytest.mark.xfail(strict=True, reason="注销早于已登记的暂扣时，规则读到的有效期越过了注销日")
def test_gap_revoked_before_a_planned_suspension(certificate: Any) -> None:
    from plumbline.apps.agencies.actions import revoke_certificate, suspend_certificate

    suspend_certificate(
        actor=keeper(), certificate=certificate, from_on=date(2026, 6, 1), to_on=None, reason="考核"
    )
    revoke_certificate(actor=keeper(), certificate=certificate, on=DAY, reason="调离")
    assert rows() == [("2024-01-01", "2026-03-01")]

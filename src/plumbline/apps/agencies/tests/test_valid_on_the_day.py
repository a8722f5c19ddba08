"""A certificate that is not valid on the day blocks the act, in casework, on the spot and at an inspection, to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.scope.rows import set_database_scope

pytestmark = pytest.mark.django_db
FIRST = date(2022, 1, 1)


@pytest.fixture
def street() -> Any:
    """A street whose officers' register is the real one; one visit is planned and one case is filed."""
    from plumbline.apps.agencies.models import OfficerCertificate
    from plumbline.apps.agencies.registers import officers
    from plumbline.apps.cases.tests.world import REGISTERS, STREET, World, stated_registers
    from plumbline.apps.inspections.tests.scene import Visits, listed
    from plumbline.platform.verdicts import registers

    with stated_registers({**REGISTERS, "inspection_list": [listed()]}):
        registers._SOURCES["officers"] = officers
        world = World().build()
        for number in ("HB001", "HB002", "HB003"):
            OfficerCertificate.objects.create(
                number=number, name=number, agency_id=STREET, valid_from=FIRST, published_on=FIRST
            )
        registers.registers_changed()
        visits = Visits(world)
        visits.case = world.filed()
        yield visits
    set_database_scope(None)


def suspended(certificate: Any, on: date) -> None:
    from plumbline.apps.agencies.models import CertificateSuspension

    CertificateSuspension.objects.create(certificate=certificate, from_on=on, reason="考核")


def expired(certificate: Any, on: date) -> None:
    certificate.valid_to = on - timedelta(days=1)
    certificate.save()


def moved(certificate: Any, on: date) -> None:
    from plumbline.apps.agencies import actions
    from plumbline.apps.cases.tests.world import OTHER
    from plumbline.platform.identity.actor import system_actor
    from plumbline.platform.identity.models import Agency

    other = Agency.objects.get(code=OTHER)
    actions.move_officer(actor=system_actor("test"), certificate=certificate, to=other, on=on, reason="轮岗")


def scene_record(visits: Any, at: datetime) -> None:
    from plumbline.apps.cases import actions

    details = {
        "place": "平江路",
        "certificate": True,
        "content": "现场。",
        "signed": "signed",
        "officers": ["HB001", "HB002"],
    }
    actions.take_step(
        actor=visits.actor, case=visits.case, step="onsite_made", data={}, details=details, occurred_at=at
    )


def on_the_spot(visits: Any, at: datetime) -> None:
    from plumbline.apps.cases import actions
    from plumbline.apps.cases.tests.test_spot import LAWFUL

    actions.penalise_on_spot(actor=visits.actor, penalty=LAWFUL, occurred_at=at)


def inspection(visits: Any, at: datetime) -> None:
    from plumbline.apps.inspections.actions import file_inspection, plan_inspection

    planned = plan_inspection(
        actor=visits.actor, agency_code=visits.item.agency_id, item=visits.item, target=visits.target, cause="routine",
        planned_on=at.date(), officers=["HB001", "HB002"], occurred_at=at - timedelta(days=3),
    )  # fmt: skip
    report = visits.report(started_at=at - timedelta(minutes=9), ended_at=at)
    file_inspection(actor=visits.actor, inspection=planned, report=report)


class Undone(Exception):
    """Takes an act back, so that the next one finds the same street."""


def refused(visits: Any, act: Callable[[Any, datetime], None], at: datetime) -> str:
    """What the act is refused with, or nothing."""
    try:
        with transaction.atomic():
            act(visits, at)
            raise Undone
    except Undone:
        return ""
    except (Refusal, InputFault) as answer:
        return str(answer)


@pytest.mark.parametrize("cause", [suspended, expired, moved])
def test_the_last_day_serves_and_the_next_one_does_not(street: Any, cause: Any) -> None:
    from plumbline.apps.agencies.models import OfficerCertificate
    from plumbline.platform.verdicts.registers import registers_changed

    day = clock.today() - timedelta(days=2)
    cause(OfficerCertificate.objects.get(number="HB002"), day)
    registers_changed()
    late = datetime.combine(day, datetime.min.time(), clock.CHINA) - timedelta(minutes=1)
    early = late + timedelta(minutes=11)
    for act in (scene_record, on_the_spot, inspection):
        assert refused(street, act, late) == "", act.__name__
        said = refused(street, act, early)
        assert "行政处罚法第四十二条" in said or "属于其他机关" in said, (act.__name__, said)
        assert ("属于其他机关" in said) is (cause is moved), (act.__name__, said)


def test_the_head_sees_who_still_stands_in_a_case(street: Any) -> None:
    from plumbline.apps.agencies.models import OfficerCertificate
    from plumbline.apps.cases.away import tasks_of_officers_away
    from plumbline.apps.cases.models import CaseOfficer

    CaseOfficer.objects.create(case=street.case, number="HB003", from_on=clock.today() - timedelta(days=9))
    head = street.world.actor(street.world.head)
    assert not tasks_of_officers_away(head)
    moved(OfficerCertificate.objects.get(number="HB003"), clock.today())
    assert [task.url for task in tasks_of_officers_away(head)] == [f"/cases/{street.case.matter_id}"]
    assert not tasks_of_officers_away(street.actor)

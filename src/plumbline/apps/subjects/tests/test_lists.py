"""What a published revision of the lists of subjects and of officers makes of their rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.lists import Change, ChangeRefused, Kind
from plumbline.platform.scope.rows import set_database_scope

pytestmark = pytest.mark.django_db
CITED = [{"law": "行政处罚法", "article": "第十七条", "level": "law"}]


@pytest.fixture
def scene() -> Any:
    from .scene import Scene

    yield Scene()
    set_database_scope(None)


def test_a_subject_of_the_list_is_confirmed_and_waits_for_consent(scene: Any) -> None:
    from plumbline.apps.subjects import actions
    from plumbline.apps.subjects.lists import SUBJECTS
    from plumbline.apps.subjects.models import Subject
    from plumbline.platform.identity.models import Agency

    from .scene import OFFICE

    row = {
        "code": OFFICE, "name": "区城市管理局", "kind": "organ", "bases": CITED, "scope": "城市管理", "area": "全区",
        "responsible": "李明", "phone": "027-89350000", "entrusted_powers": None, "entrusted_from": None, "entrusted_to": None,
    }  # fmt: skip
    assert not SUBJECTS.check(row, OFFICE)
    assert set(SUBJECTS.check({**row, "kind": "entrusted", "code": "X"}, OFFICE)) == {"entrusted_powers"}
    norm = [{**CITED[0], "level": "normative_document"}]
    assert set(SUBJECTS.check({**row, "code": "X", "bases": norm}, OFFICE)) == {"code", "bases"}
    actor, on = system_actor("test"), clock.today() - timedelta(days=3)
    SUBJECTS.table.apply([Change(OFFICE, Kind.ADD, None, row)], agency=OFFICE, on=on, actor=actor)
    subject = Subject.objects.get(code=OFFICE)
    assert (
        subject.state_on(clock.today()) == "unpublished" and str(subject.bases.get()) == "行政处罚法第十七条"
    )
    assert Agency.objects.get(code=OFFICE).subject_confirmed_on == on
    bureau = scene.actor(scene.bureau)
    with pytest.raises(InputFault, match="请填写区政府同意的文号"):
        actions.publish_subject(actor=bureau, subject=subject, on=on, number=" ")
    actions.publish_subject(actor=bureau, subject=subject, on=on, number="新政函〔2026〕9号")
    with pytest.raises(Refusal, match="已经公布"):
        actions.publish_subject(actor=bureau, subject=subject, on=on, number="新政函〔2026〕9号")
    changed = {**row, "responsible": "赵强"}
    today = clock.today()
    SUBJECTS.table.apply([Change(OFFICE, Kind.CHANGE, row, changed)], agency=OFFICE, on=today, actor=actor)
    said = [(s.responsible, s.valid_to, s.published_on) for s in Subject.objects.order_by("confirmed_on")]
    assert said == [("李明", today - timedelta(days=1), today), ("赵强", None, today)]
    assert [each.values for each in SUBJECTS.table.rows(OFFICE, today)] == [
        {**changed, "entrusted_powers": ""}
    ]
    with pytest.raises(ChangeRefused, match="合并或撤销"):
        SUBJECTS.table.apply(
            [Change(OFFICE, Kind.END, changed, None)],
            agency=OFFICE,
            on=today + timedelta(days=1),
            actor=actor,
        )


def test_an_officer_of_the_list_keeps_what_the_register_knows(scene: Any) -> None:
    from plumbline.apps.agencies.lists import OFFICERS
    from plumbline.apps.agencies.models import CertificateSuspension, OfficerCertificate, PublicChange

    from .scene import OFFICE, STREET

    today, actor = clock.today(), system_actor("test")
    OfficerCertificate.objects.filter(number="S-ST-1").update(published_on=date(2024, 2, 1))
    CertificateSuspension.objects.create(
        certificate=OfficerCertificate.objects.get(number="S-ST-1"),
        from_on=today - timedelta(days=5),
        reason="考核",
    )
    first, second = (each.values for each in OFFICERS.table.rows(STREET, today))
    assert set(OFFICERS.check(first, OFFICE)) == {"number"} and not OFFICERS.check(first, STREET)
    assert set(OFFICERS.check({**first, "exam_passed_on": "2024-01-01"}, STREET)) == {"issued_on"}
    new = {**second, "number": "S-ST-9", "name": "新人"}
    changes = [
        Change("S-ST-1", Kind.CHANGE, first, {**first, "field": "城市管理"}),
        Change("S-ST-2", Kind.END, second, None),
        Change("S-ST-9", Kind.ADD, None, new),
    ]
    OFFICERS.table.apply(changes, agency=STREET, on=today, actor=actor)
    states = {
        (row.number, row.valid_from == today): row.state_on(today) for row in OfficerCertificate.objects.filter(agency=STREET)
    }  # fmt: skip
    assert states == {
        ("S-ST-1", False): "renewed", ("S-ST-1", True): "suspended", ("S-ST-2", False): "revoked", ("S-ST-9", True): "valid",
    }  # fmt: skip
    told = {(c.about, c.what, c.published_on) for c in PublicChange.objects.all()}
    assert told == {
        ("S-ST-1", "renewed", today), ("S-ST-2", "revoked", None), ("S-ST-9", "issued", None),
    }  # fmt: skip

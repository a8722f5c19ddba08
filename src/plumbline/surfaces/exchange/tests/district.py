"""The little that must be known of a district before an outside case can come in."""

from __future__ import annotations

from datetime import date

from django.test import Client

from plumbline.apps.law_library.models import LocalParameter
from plumbline.apps.powers.models import Benchmark, LegalReviewEntry
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.verdicts.registers import registers_changed

STREET = "AG-ST-003"
NEIGHBOUR = "AG-ST-004"


def build() -> None:
    for code, name, kind, level in (
        ("AG-XZ-GOV", "区人民政府", "government", "district"),
        ("AG-XZ-SFJ", "区司法局", "supervision_organ", "district"),
        ("AG-FQ-02", "城管执法", "department", "district"),
        (STREET, "仓埠街道", "subdistrict_office", "street"),
        (NEIGHBOUR, "汪集街道", "subdistrict_office", "street"),
    ):
        Agency.objects.create(
            code=code,
            name=name,
            short_name=name,
            kind=kind,
            level=level,
            enforces=kind not in {"government", "supervision_organ"},
            subject_confirmed_on=date(2021, 7, 20),
            subject_published_on=date(2021, 8, 2),
        )
    LegalReviewEntry.objects.create(agency_id=STREET, fine_from=2_000_000, valid_from=date(2022, 1, 1))
    LocalParameter.objects.create(
        name="hearing_threshold",
        domain="housing_construction",
        party="organization",
        amount=5_000_000,
        source="试验文件",
        valid_from=date(2021, 7, 15),
        entered_at=clock.now(),
    )
    Benchmark.objects.create(
        number="B-CG-102",
        maker_id="AG-FQ-02",
        item="CG-102",
        published_on=date(2023, 1, 10),
        valid_from=date(2023, 2, 1),
        steps=[{"code": "S2", "label": "一般", "min": 2_000_000, "max": 3_500_000}],
    )
    registers_changed()


def person(login: str, agency: str, scope: str, *capabilities: str) -> Person:
    """Somebody who holds one post with these capabilities."""
    made = Person.objects.create(login_name=login, display_name=login, staff_number=login.upper())
    post = Post.objects.create(
        agency_id=agency, title=login, role="other", capabilities=list(capabilities), scope=scope
    )
    Tenure.objects.create(person=made, post=post, from_on=date(2024, 1, 1))
    return made


def actor(of: Person) -> Actor:
    from plumbline.platform import clock

    return Actor.of(of, on=clock.today())


def client(of: Person) -> Client:
    made = Client()
    made.force_login(of, backend="django.contrib.auth.backends.ModelBackend")
    return made

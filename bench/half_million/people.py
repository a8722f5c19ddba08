"""More officers: the demonstration's six of an agency become ``TEAMS`` times six, each with post and certificate."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.platform.identity.models import Person, Post, Tenure
from plumbline.platform.verdicts.registers import registers_changed
from plumbline.project.demo.names import person

TEAMS = 8
TEAM = 6
SINCE = date(2023, 1, 1)


def in_team(certificate: str, team: int) -> str:
    """The certificate of the officer who stands in ``team`` where this one stands in the first; its end is a number."""
    return f"{certificate[:-2]}{int(certificate[-2:]) + TEAM * team:02d}"


def first_team(numbers: Iterable[str]) -> list[str]:
    """The certificates of the demonstration's own officers, among those of all teams."""
    return [number for number in numbers if int(number[-2:]) <= TEAM]


def add_teams(rng: random.Random) -> int:
    """Give every agency the officers of its further teams; returns how many were added, none where they are there."""
    if (
        len(first_team(OfficerCertificate.objects.values_list("number", flat=True)))
        < OfficerCertificate.objects.count()
    ):
        return 0
    first = list(OfficerCertificate.objects.select_related("person", "agency").order_by("number"))
    before = {t.person_id: t.post for t in Tenure.objects.select_related("post").order_by("pk")}
    people, posts, certificates = [], [], []
    for team in range(1, TEAMS):
        for each in first:
            assert each.person is not None
            number, like = in_team(each.number, team), before[each.person_id]
            name = person(rng)
            people.append(
                Person(
                    login_name=f"o-{number.lower()}",
                    display_name=name,
                    password=each.person.password,
                    certificate_number=number,
                    is_fictitious=True,
                )
            )
            posts.append(
                Post(
                    agency=each.agency,
                    title=f"执法员{int(number[-2:])}",
                    role=like.role,
                    capabilities=like.capabilities,
                    scope=like.scope,
                )
            )
            certificates.append(
                OfficerCertificate(
                    number=number,
                    name=name,
                    agency=each.agency,
                    area=each.area,
                    valid_from=each.valid_from,
                    valid_to=each.valid_to,
                    fictitious=True,
                )
            )
    Person.objects.bulk_create(people)
    Post.objects.bulk_create(posts)
    Tenure.objects.bulk_create(
        Tenure(person=who, post=post, from_on=SINCE) for who, post in zip(people, posts, strict=True)
    )
    for who, certificate in zip(people, certificates, strict=True):
        certificate.person = who
    OfficerCertificate.objects.bulk_create(certificates)
    registers_changed()
    return len(people)

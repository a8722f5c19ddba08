"""A street with three who publish: two of its own, one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.cases.tests.world import OTHER, REGISTERS, STREET, World, stated_registers
from plumbline.apps.publicity import preparing
from plumbline.apps.publicity.models import Publication
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.scope.rows import set_database_scope

PUBLISHING = ["publicity.publish", "cases.view"]


@dataclass
class Scene:
    world: World
    first: Person
    second: Person
    elsewhere: Person

    def actor(self, person: Person) -> Actor:
        return self.world.actor(person)

    def due(self, **case: Any) -> Publication:
        decided = self.world.decided(**case)
        return self.follow(decided.matter_id)

    def follow(self, matter: str) -> Publication:
        preparing.follow(matter, frozenset({"decision_made"}))
        return Publication.objects.get(matter_id=matter)

    def reads(self, person: Person, path: str) -> str:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.get(path).content.decode()

    def post(self, person: Person, row: Publication, **data: str) -> str:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.post(f"/publicity/{row.public_id}", data, follow=True).content.decode()


@pytest.fixture
def scene() -> Iterator[Scene]:
    with stated_registers(REGISTERS):
        world = World().build()
        people = [
            world.person(
                login, f"公示{login}", "", agency, f"公示岗{login}", PUBLISHING, "other", staff=login
            )
            for login, agency in (("G1", STREET), ("G2", STREET), ("G3", OTHER))
        ]
        yield Scene(world, *people)
    set_database_scope(None)


def logged(row: Publication) -> list[str]:
    rows = StoredEvent.objects.unscoped("测试").filter(matter_id=row.matter_id).order_by("seq")
    return list(rows.values_list("activity", flat=True))


def stated(monkeypatch: pytest.MonkeyPatch, name: str, value: Any) -> None:
    """Let every matter state ``value`` for one attribute."""
    attribute = preparing.Matter.attribute
    monkeypatch.setattr(
        preparing.Matter, "attribute",
        lambda self, asked, *rest: value if asked == name else attribute(self, asked, *rest),
    )  # fmt: skip

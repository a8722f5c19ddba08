"""People for the tests of the law library, and events of a matter for it to judge."""

from __future__ import annotations

from django.test import Client

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure

BUREAU = "T-SFJ"


def holder(login: str, *capabilities: str, scope: str = "district") -> Person:
    """Somebody of the bureau of justice whose post holds these capabilities."""
    agency, _ = Agency.objects.get_or_create(
        code=BUREAU,
        defaults={"name": "区司法局", "short_name": "区司法局", "kind": "department", "level": "district"},
    )
    person = Person.objects.create_person(login_name=login, display_name=f"{login}某", password=None)
    post = Post.objects.create(
        agency=agency, title=login, role="other", capabilities=list(capabilities), scope=scope
    )
    Tenure.objects.create(person=person, post=post, from_on="2024-01-01")
    return person


def acting(person: Person) -> Actor:
    return Actor.of(person, on=clock.today())


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client

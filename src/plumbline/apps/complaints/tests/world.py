"""区司法局 with somebody who hears complaints and two custodians, a street, and a sender with a name nobody else has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.test import Client

from plumbline.apps.complaints import actions
from plumbline.apps.complaints.models import Complaint
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person, Post, Scope, Tenure

NAME, PHONE = "欧阳慎微", "13900008888"
PASSPHRASE = "一句只有我知道的话，不写下来"
TEXT = f"他们收了现金没有给收据。我是{NAME}，电话 139 0000 8888，可以作证。"


@dataclass
class Hearing:
    """``desk`` hears, ``keeper`` and ``second`` keep identities, ``street`` replies for the street."""

    bureau: Agency
    place: Agency
    desk: Person
    keeper: Person
    second: Person
    street: Person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def client(self, person: Person | None = None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def draft(self, *, name: str = NAME, contact: str = PHONE, text: str = TEXT) -> tuple[Complaint, str]:
        complaint, code = actions.begin(actor=ANONYMOUS)
        for page, values in {
            "kind": {"kind": "conduct"},
            "where": {
                "concerned": self.place,
                "place": "平江路",
                "happened": f"昨天，{NAME}在场",
                "reference": PHONE,
            },
            "what": {"text": text},
            "wish": {"wish": f"请联系{NAME}"},
        }.items():
            actions.save_page(actor=ANONYMOUS, complaint=complaint, page=page, values=values)
        actions.keep_identity(actor=ANONYMOUS, complaint=complaint, name=name, contact=contact)
        return complaint, code

    def told(self, **given: str) -> tuple[Complaint, str]:
        complaint, code = self.draft(**given)
        return actions.hand_in(actor=ANONYMOUS, complaint=complaint), code

    def accepted(self) -> Complaint:
        complaint, _ = self.told()
        return actions.accept(
            actor=self.actor(self.desk),
            complaint=complaint,
            told="已经受理，核查后答复您。",
            dealt_under_31_6=True,
        )


def build() -> Hearing:
    bureau = Agency.objects.create(
        code="C-SFJ", name="某区司法局", short_name="区司法局", kind="supervision_organ", level="district"
    )
    place = Agency.objects.create(
        code="C-STREET",
        name="某街道办事处",
        short_name="某街道",
        kind="subdistrict_office",
        level="street",
        enforces=True,
    )

    def person(login: str, agency: Agency, capabilities: list[str], scope: str = Scope.DISTRICT) -> Person:
        made = Person.objects.create_person(login_name=login, display_name=login, password=None)
        post = Post.objects.create(
            agency=agency, title=login, role="other", capabilities=capabilities, scope=scope
        )
        Tenure.objects.create(person=made, post=post, from_on=date(2026, 1, 1))
        return made

    found = Hearing(
        bureau,
        place,
        person("desk", bureau, ["complaints.handle"]),
        person("keeper", bureau, ["complaints.custody"]),
        person("second", bureau, ["complaints.custody"]),
        person("street", place, ["supervision.reply", "cases.view"], Scope.AGENCY),
    )
    for keeper in (found.keeper, found.second):
        actions.make_custody_key(actor=found.actor(keeper), passphrase=PASSPHRASE, again=PASSPHRASE)
    return found

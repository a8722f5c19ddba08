"""区司法局 with somebody who manages volunteers, a street that inspects, and volunteers with accounts of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from django.test import Client

from plumbline.apps.inspections.contract import Inspection, InspectionItem
from plumbline.apps.targets.contract import Target
from plumbline.apps.volunteers import actions
from plumbline.apps.volunteers.models import Activity, Application, Invitation, Recruitment, Volunteer
from plumbline.platform import clock
from plumbline.platform.identity.actor import ANONYMOUS, Actor
from plumbline.platform.identity.models import Agency, Person, Post, Scope, Tenure

PHONE = "13900007777"


@dataclass
class Society:
    """``desk`` manages volunteers, ``clerk`` supervises, ``officer`` inspects for the street ``place``."""

    bureau: Agency
    place: Agency
    elsewhere: Agency
    desk: Person
    clerk: Person
    officer: Person
    notice: Recruitment | None = None
    numbers: count[int] = field(default_factory=lambda: count(1))

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def client(self, person: Person | None = None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    @property
    def manager(self) -> Actor:
        return self.actor(self.desk)

    def recruitment(self) -> Recruitment:
        if self.notice is None:
            self.notice = actions.publish_recruitment(
                actor=self.manager, title="招募义务监督员", text="有热心、能作为。", wanted=5,
                opens_on=clock.today(), closes_on=clock.today() + timedelta(days=20),
                keep_until=clock.today() + timedelta(days=60),
            )  # fmt: skip
        return self.notice

    def applied(self, name: str = "欧阳热心", conflicts: tuple[str, ...] = ()) -> tuple[Application, str]:
        return actions.apply(
            actor=ANONYMOUS, recruitment=self.recruitment(), name=name, phone=PHONE, about="退休教师。",
            conflicts=conflicts, declared=True,
        )  # fmt: skip

    def volunteer(self, name: str = "欧阳热心", conflicts: tuple[str, ...] = ()) -> Volunteer:
        """In office for a year, with an account that holds nothing else."""
        application, _ = self.applied(name, conflicts)
        actions.decide_application(actor=self.manager, application=application, passed=True, answer="同意。")
        today = clock.today()
        made = actions.appoint(
            actor=self.manager, application=application, from_on=today, to_on=today + timedelta(days=365)
        )
        person = self.account(f"yi{next(self.numbers)}", ["volunteers.serve"])
        return actions.link_account(actor=self.manager, volunteer=made, login_name=person.login_name)

    def account(self, login: str, capabilities: list[str]) -> Person:
        return _person(login, self.bureau, capabilities, Scope.OWN_MATTERS)

    def activity(self, wanted: int = 1) -> Activity:
        return actions.plan_activity(
            actor=self.manager, kind="inspection", title="夜间渣土检查", concerned=self.place,
            starts_at=clock.now() + timedelta(hours=1), place="街道执法中心", wanted=wanted,
        )  # fmt: skip

    def invited(self, volunteer: Volunteer) -> Invitation:
        """Drawn and accepted; the only one in office is the one who is drawn."""
        drawn = actions.draw_volunteers(actor=self.manager, activity=self.activity())
        invitation = drawn.invitations.get(volunteer=volunteer)
        assert volunteer.person is not None
        return actions.answer_invitation(
            actor=self.actor(volunteer.person), invitation=invitation, accept=True
        )

    def inspection(self) -> Inspection:
        """One that was filed."""
        number = next(self.numbers)
        item, _ = InspectionItem.objects.get_or_create(
            code="JC-1", agency=self.place, name="渣土检查", valid_from=date(2024, 1, 1)
        )
        target = Target.objects.create(
            kind="legal_person",
            name=f"企业{number}",
            credit_code=f"9142011700000000{number:02d}",
            since=date(2024, 1, 1),
        )
        return Inspection.objects.create(
            matter_id=f"JC-{number}", agency=self.place, item=item, target=target, cause="plan",
            planned_on=clock.today(), filed_at=clock.now(), result="compliant",
        )  # fmt: skip


def _person(login: str, agency: Agency, capabilities: list[str], scope: str = Scope.AGENCY) -> Person:
    made = Person.objects.create_person(login_name=login, display_name=login, password=None)
    post = Post.objects.create(
        agency=agency, title=login, role="other", capabilities=capabilities, scope=scope
    )
    Tenure.objects.create(person=made, post=post, from_on=date(2026, 1, 1))
    return made


def build() -> Society:
    def agency(code: str, name: str, kind: str, level: str, *, enforces: bool = True) -> Agency:
        return Agency.objects.create(
            code=code,
            name=name,
            short_name=name,
            kind=kind,
            level=level,
            enforces=enforces,
            document_mark="试",
        )

    bureau = agency("V-SFJ", "某区司法局", "supervision_organ", "district", enforces=False)
    place = agency("V-STREET", "某街道办事处", "subdistrict_office", "street")
    elsewhere = agency("V-OTHER", "别处街道办事处", "subdistrict_office", "street")
    return Society(
        bureau,
        place,
        elsewhere,
        _person("desk", bureau, ["volunteers.manage"], Scope.DISTRICT),
        _person("clerk", bureau, ["supervision.supervise"], Scope.DISTRICT),
        _person("officer", place, ["cases.handle", "supervision.reply"]),
    )

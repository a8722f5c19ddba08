"""A street whose served-in-time duty has run out, and everybody who then has something to say about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import DEPARTMENT, OTHER, REGISTERS, STREET, World, ago
from plumbline.apps.supervision import actions
from plumbline.apps.supervision.models import Alert, Instrument
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.verdicts.evaluation import recompute

BUREAU, GOVERNMENT = "T-SFJ", "T-GOV"
SERVE = "APL-61-serve-7wd"


def registers() -> dict[str, Any]:
    """The registers of casework with the supervision organ and the government added."""
    row = REGISTERS["agencies"][0]
    added = [
        {**row, "code": BUREAU, "kind": "supervision_organ", "level": "district"},
        {**row, "code": GOVERNMENT, "kind": "government", "level": "district"},
    ]
    return {**REGISTERS, "agencies": [*REGISTERS["agencies"], *added]}


class Scene:
    """People and the shortest ways to a breach, an alert, an instrument."""

    def __init__(self, world: World) -> None:
        self.world = world
        for code, name, kind in (
            (BUREAU, "区司法局", "supervision_organ"),
            (GOVERNMENT, "区人民政府", "government"),
        ):
            Agency.objects.create(
                code=code, name=name, short_name=name, kind=kind, level="district", document_mark=name
            )
        both = ["supervision.supervise", "supervision.sign"]
        self.head = self._post("sun", "孙立新", BUREAU, both, "district")
        self.clerk = self._post("liu", "刘清源", BUREAU, ["supervision.supervise"], "district")
        self.mayor = self._post("gov", "区政府岗", GOVERNMENT, ["supervision.decide"], "district")
        self.answering = self._post("an", "答复岗", STREET, ["supervision.reply"], "agency")
        self.elsewhere = self._post("ot", "外单位答复岗", OTHER, ["supervision.reply"], "agency")

    def _post(self, login: str, name: str, agency: str, capabilities: list[str], scope: str) -> Person:
        return self.world.person(
            login, name, "", agency, name, capabilities, "other", staff=login.upper(), scope=scope
        )

    def actor(self, person: Person) -> Actor:
        return self.world.actor(person)

    def client(self, person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def unserved(self) -> Case:
        """A case decided fifteen days ago and not served since."""
        case = self.world.noticed()
        self.world.approve(self.world.propose_decision(case), 15)
        recompute(case.matter_id)
        case.refresh_from_db(from_queryset=Case.objects.unscoped("测试").select_related("agency", "party"))
        return case

    def alert(self, case: Case | None = None) -> Alert:
        case = case or self.unserved()
        return (
            Alert.objects.unscoped("测试").select_related("agency").get(matter_id=case.matter_id, rule=SERVE)
        )

    def letter(self, alert: Alert | None = None, **deviation: Any) -> Instrument:
        alert = alert or self.alert()
        wanted = {
            "title": "关于未按期送达的督办函",
            "facts": alert.facts,
            "demands": "请依法送达并报送纠正情况。",
            "respond_by": clock.today() + timedelta(days=14),
            **deviation,
        }
        return actions.issue(actor=self.actor(self.head), alert=alert, kind="letter", **wanted)

    def fresh(self, row: Any) -> Any:
        """The row as it is stored now."""
        return type(row).objects.unscoped("测试").get(pk=row.pk)

    def late(self, instrument: Instrument) -> Instrument:
        """The instrument with its date behind it."""
        Instrument.objects.unscoped("测试").filter(pk=instrument.pk).update(
            respond_by=clock.today() - timedelta(days=1)
        )
        return self.fresh(instrument)


def soon(days: int = 5) -> date:
    return clock.today() + timedelta(days=days)


__all__ = ["BUREAU", "DEPARTMENT", "GOVERNMENT", "OTHER", "SERVE", "STREET", "Scene", "ago", "soon"]

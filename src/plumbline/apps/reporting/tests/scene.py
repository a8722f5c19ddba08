"""A street and a department with events of two years, their keepers and heads, and 区司法局."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.apps.agencies.models import OfficerCertificate
from plumbline.apps.reporting import actions
from plumbline.apps.reporting.keeping import catch_up
from plumbline.apps.reporting.layout import layout
from plumbline.apps.reporting.models import AnnualReport, AnnualVersion
from plumbline.platform import clock
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure

STREET, OFFICE, BUREAU = "R-ST", "R-CG", "R-SFJ"
PREPARING = ["reports.prepare", "publicity.publish", "cases.view"]
TEXT = {
    "overview": "全年执法平稳。",
    "analysis": "与上年相当。",
    "problems": "送达不够及时。",
    "next": "完善送达台账。",
}


class Scene:
    """Events are recorded as another system would send them; ``decided`` is one penalty decision."""

    def __init__(self) -> None:
        for code, name, kind in (
            (STREET, "江北街道办事处", "subdistrict_office"),
            (OFFICE, "区城市管理局", "department"),
            (BUREAU, "区司法局", "supervision_organ"),
        ):
            Agency.objects.create(
                code=code, name=name, short_name=name, kind=kind, level="district", enforces=code != BUREAU
            )
        for n in (1, 2):
            OfficerCertificate.objects.create(
                number=f"R-{n}", name=f"人员{n}", agency_id=STREET, valid_from=date(2024, 1, 1)
            )
        self.keeper = self.post("bao", STREET, PREPARING)
        self.head = self.post("ling", STREET, ["documents.sign", "cases.view"])
        self.other = self.post("cheng", OFFICE, PREPARING)
        self.bureau = self.post("si", BUREAU, ["supervision.supervise", "cases.view"], "district")
        self.number = 0
        self.year = clock.today().year - 1

    def post(self, login: str, agency: str, capabilities: list[str], scope: str = "agency") -> Person:
        person = Person.objects.create_person(login_name=login, display_name=f"岗位{login}", password=None)
        post = Post.objects.create(agency_id=agency, title=login, capabilities=capabilities, scope=scope)
        Tenure.objects.create(person=person, post=post, from_on=date(2022, 1, 1))
        return person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def tell(
        self, matter: str, activity: str, on: date, agency: str = STREET, kind: str = "penalty", **data: Any
    ) -> str:
        """One event of a matter; returns its id."""
        stored = record(
            actor=system_actor("test"), matter=matter, kind=kind, activity=activity, agency=agency, occurred_at=on, data=data
        )  # fmt: skip
        return stored.event_id

    def decided(self, on: date, *kinds: str, fine: int = 100_000, agency: str = STREET, **data: Any) -> str:
        """A penalty decision of a case of its own; returns the matter."""
        self.number += 1
        matter = f"R-{self.number:03d}"
        penalty: dict[str, Any] = {"kinds": list(kinds or ("fine",))}
        if "fine" in penalty["kinds"]:
            penalty["fine"] = fine
        self.tell(
            matter,
            "case_filed",
            on,
            agency,
            item="R-101",
            domain="other",
            party={"id": matter, "kind": "legal_person"},
        )
        self.tell(
            matter,
            "decision_made",
            on,
            agency,
            outcome="penalty",
            procedure="ordinary",
            penalty=penalty,
            **data,
        )
        return matter

    def inspected(self, on: date, *, record_made: bool = True) -> str:
        self.number += 1
        matter = f"R-J{self.number:03d}"
        self.tell(matter, "inspection_started", on, kind="inspection")
        if record_made:
            self.tell(matter, "record_made", on, kind="inspection", record="onsite")
        self.tell(matter, "inspection_ended", on, kind="inspection")
        return matter

    def report(self, agency: str = STREET) -> AnnualReport:
        unit = Agency.objects.get(pk=agency)
        return actions.open_report(actor=self.actor(self.bureau), agency=unit, year=self.year)

    def filled(self, report: AnnualReport) -> AnnualReport:
        """Everything settled that stands in the way of signing, but for differences."""
        keeper = self.actor(self.keeper)
        for key in layout().asked:
            actions.state_source(actor=keeper, report=report, key=key, complete=True)
        actions.write_text(actor=keeper, report=report, text=TEXT)
        return AnnualReport.objects.unscoped("测试").get(pk=report.pk)

    def signed(self, report: AnnualReport) -> AnnualVersion:
        return actions.sign_report(actor=self.actor(self.head), report=self.filled(report))

    def count(self) -> None:
        assert catch_up()

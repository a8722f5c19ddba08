"""A street's penalty case in which a crime is suspected, the liaison officers of three bodies, and the verbs between them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import STREET, World, ago
from plumbline.apps.linkage import actions
from plumbline.apps.linkage.actions.opening import Particulars
from plumbline.apps.linkage.models import Linkage
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform import clock
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

POLICE, PROCURATORATE, COMMISSION = "T-GA", "T-JC", "T-JW"
NAMES = {POLICE: "区公安分局", PROCURATORATE: "区检察院", COMMISSION: "区监委"}
SUSPECTED = {
    "crime": "非法经营罪",
    "standard": "elsewhere",
    "party": "江阳筑工",
    "threshold": "追诉标准第七十九条：非法经营数额五万元以上；本案八万元。",
    "facts": "违法所得八万元。",
}


class Links:
    """``officer`` handles the case, ``head`` decides and signs; ``police``, ``prosecutor`` and ``commissioner`` are liaison officers."""

    def __init__(self, world: World) -> None:
        self.world, self.scene = world, Scene(world)
        self.officer, self.outsider, self.bureau = world.officer, world.outsider, self.scene.clerk
        self.head = world.person(
            "qian", "负责人", "", STREET, "正职负责人", ["documents.sign", "cases.approve"], "agency_head", staff="QF1"
        )  # fmt: skip
        self.clerk = self.scene.answering
        people = []
        for (code, name), (kind, login) in zip(
            NAMES.items(),
            (("public_security_organ", "gong"), ("procuratorate", "jian"), ("supervisory_commission", "wei")),
            strict=True,
        ):
            Agency.objects.create(code=code, name=name, short_name=name, kind=kind, level="district")
            people.append(
                world.person(
                    login, f"{name}联络员", "", code, "联络员", ["linkage.liaise"], "other", staff=login
                )
            )
        self.police, self.prosecutor, self.commissioner = people
        self.case = world.filed()

    def actor(self, person: Person) -> Actor:
        return self.world.actor(person)

    def begin(
        self, way: str, by: Person, *, days_ago: float = 0, data: Any = None, **details: Any
    ) -> Linkage:
        inside = way in {"crime"}
        return actions.begin_linkage(
            actor=self.actor(by),
            way=way,
            particulars=Particulars(
                agency=STREET, title="" if inside else "建筑垃圾治理", case=self.case if inside else None
            ),
            data=data or {},
            details=details,
            occurred_at=ago(days_ago),
        )

    def suspected(self, days_ago: float = 12, *, meets: bool = True) -> Linkage:
        return self.begin(
            "crime", self.officer, days_ago=days_ago, data={"meets_standard": meets}, **SUSPECTED
        )

    def take(
        self,
        linkage: Linkage,
        step: str,
        by: Person,
        data: Any = None,
        *,
        days_ago: float = 0,
        **details: Any,
    ) -> StoredEvent:
        return actions.take_step(
            actor=self.actor(by),
            linkage=linkage,
            step=step,
            data=data,
            details=details,
            occurred_at=ago(days_ago),
        )

    def sign(self, linkage: Linkage, code: str, by: Person | None = None) -> Any:
        from plumbline.apps.linkage.documents import called_for
        from plumbline.apps.linkage.reading import LinkageFile

        found = [each for each in called_for(LinkageFile(self.fresh(linkage))) if each.paper.code == code]
        return actions.sign_paper(
            actor=self.actor(by or self.head), linkage=linkage, event_id=found[-1].entry.event_id, code=code
        )

    def reported(self, days_ago: float = 11) -> Linkage:
        linkage = self.suspected(days_ago + 1)
        two = ["HB001", "HB002"]
        self.take(
            linkage,
            "report",
            self.officer,
            days_ago=days_ago,
            officers=two,
            report="已查明。",
            opinion="应当移送。",
        )
        return linkage

    def sent(self, days_ago: float = 10) -> Linkage:
        linkage = self.reported(days_ago + 1)
        self.take(linkage, "approved", self.head, {"result": "approved"}, days_ago=days_ago)
        self.sign(linkage, "XJ2")
        self.sign(linkage, "XJ1")
        self.take(
            linkage, "sent", self.officer, days_ago=days_ago, items="渣土车，1 辆，停车场", appraisals="无"
        )
        return linkage

    def received(self, days_ago: float = 10) -> Linkage:
        linkage = self.sent(days_ago)
        self.take(
            linkage, "receipt", self.police, {"own_jurisdiction": True}, days_ago=days_ago, receiver="王警官"
        )
        return linkage

    def refused(self, days_ago: float = 8) -> Linkage:
        linkage = self.received(days_ago + 1)
        on = ago(days_ago).date().isoformat()
        self.take(
            linkage, "refused", self.police,
            {"notice_received_on": on, "reasons_given": True, "file_returned": True},
            days_ago=days_ago, reason="数额未达标准。", number="不立字〔2026〕1号",
        )  # fmt: skip
        return linkage

    def fresh(self, linkage: Linkage) -> Linkage:
        while work_off():
            pass
        rows = Linkage.objects.unscoped("测试").select_related("agency", "organ", "procuratorate", "case")
        return rows.get(pk=linkage.pk)

    def activities(self, linkage: Linkage) -> list[str]:
        rows = StoredEvent.objects.unscoped("测试").filter(matter_id=linkage.matter_id)
        return list(rows.order_by("seq").values_list("activity", flat=True))

    def suggestion(self, days_ago: float = 80, **details: Any) -> Linkage:
        given = {
            "number": "新检建〔2026〕3号",
            "content": "依法履行监管职责。",
            "suggestion_kind": "correction",
        }
        return self.begin("suggestion", self.prosecutor, days_ago=days_ago, **given | details)

    def clue(self, by: Person | None = None) -> Linkage:
        return self.begin(
            "clue", by or self.officer, data={"person_kind": "public_official", "level": "duty_crime"}, days_ago=1,
            person="某局张某", content="收受当事人财物。", source="当事人陈述",
        )  # fmt: skip

    def inquiry(self, wanted: str = "", scope: str = "papers", days: int = 30) -> Any:
        return actions.ask_inquiry(
            actor=self.actor(self.prosecutor), wanted=wanted or self.number, reason="监督立案。", basis="调取通知书1号",
            scope=scope, until=clock.today() + timedelta(days=days),
        )  # fmt: skip

    @property
    def number(self) -> str:
        case = Case.objects.unscoped("测试").get(pk=self.case.pk)
        if not case.number:
            Case.objects.unscoped("测试").filter(pk=case.pk).update(number="新阳街综执〔2026〕1号")
        return case.number or "新阳街综执〔2026〕1号"

    def client(self, person: Person) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

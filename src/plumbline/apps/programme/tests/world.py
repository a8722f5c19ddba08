"""区司法局 with two supervisors, two streets and a department with their people, and a small plan that fits in a head."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.programme import actions
from plumbline.apps.programme.models import Programme, Progress, Share
from plumbline.apps.programme.plan import Plan, PlanConflict, PlanPhase, PlanTask
from plumbline.platform import clock
from plumbline.platform.files.tests.made import png
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure

BUREAU, EAST, WEST, DEPARTMENT = "T-SFJ", "T-EAST", "T-WEST", "T-DEPT"
NAMES = {BUREAU: "区司法局", EAST: "东街街道", WEST: "西街街道", DEPARTMENT: "城管局"}
PLAN = Plan(
    key="t-2022-14", title="执法监督试点", number="新政办〔2022〕14号", issuer="区政府办", issued_on=date(2022, 6, 8),
    from_on=date(2022, 4, 1), to_on=date(2022, 10, 31),
    phases=(
        PlanPhase("P1", "筹划准备", date(2022, 4, 1), date(2022, 4, 30)),
        PlanPhase("P2", "组织实施", date(2022, 4, 1), date(2022, 8, 31), ("七月自查",), (("自查", date(2022, 7, 31)),)),
    ),
    tasks=(
        PlanTask("T1", "annex", "规范内容", "制定法制审核目录", ("区司法局", "各街道"), (date(2022, 8, 19),), deliverable="审核目录", elements=("名称", "依据"),
                 refs=("B1",), points=5, links=(("registers", "清单总览"),)),
        PlanTask("T2", "annex", "规范内容", "公布执法主体", ("区司法局",), (date(2022, 4, 30),), points=5),
        PlanTask("T3", "annex", "创新方式", "交叉评查", ("城管局", "各街道"), (date(2022, 5, 31), date(2022, 8, 31)), after=("T1",), points=4),
        PlanTask("B1", "body", "二(二)", "各单位制定目录", ("各街道",), refs=("T1",)),
        PlanTask("B2", "body", "四(一)", "报送责任人名单", ("各街道",), body_only=True, stage="people"),
        PlanTask("B3", "body", "三(二)", "组织自查", ("各街道",), (date(2022, 7, 31),), body_only=True, stage="self_check"),
    ),
    conflicts=(PlanConflict("C1", ("T1", "B1"), "正文写部门，附件加街道", "以附件为准"),),
    groups={"各街道": (EAST, WEST), "区司法局": (BUREAU,), "城管局": (DEPARTMENT,)},
)  # fmt: skip


class World:
    """``lead`` and ``second`` supervise the district; ``east``, ``west``, ``dept`` report for their units."""

    def __init__(self) -> None:
        for code, name in NAMES.items():
            kind = (
                "supervision_organ"
                if code == BUREAU
                else "department"
                if code == DEPARTMENT
                else "subdistrict_office"
            )
            Agency.objects.create(
                code=code, name=name, short_name=name, kind=kind, level="district", enforces=code != BUREAU
            )
        self.lead = self._person("lead", BUREAU, ["supervision.supervise", "programme.report"], "district")
        self.second = self._person("second", BUREAU, ["supervision.supervise"], "district")
        self.east = self._person("east", EAST, ["programme.report"])
        self.west = self._person("west", WEST, ["programme.report"])
        self.dept = self._person("dept", DEPARTMENT, ["programme.report"])
        self.bare = self._person("bare", EAST, [])
        self._files = 0

    def _person(self, login: str, agency: str, capabilities: list[str], scope: str = "agency") -> Person:
        person = Person.objects.create_person(
            login_name=login, display_name=login, password=None, staff_number=login.upper()
        )
        post = Post.objects.create(
            agency_id=agency, title=login, capabilities=capabilities, role="other", scope=scope
        )
        Tenure.objects.create(person=person, post=post, from_on=date(2022, 1, 1))
        return person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def client(self, person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def opened(self, shown_on: date | None = date(2022, 8, 15)) -> Programme:
        return actions.open_programme(
            actor=self.actor(self.lead), plan=PLAN, agency=Agency.objects.get(pk=BUREAU), shown_on=shown_on
        )

    def share(self, programme: Programme, code: str, agency: str) -> Share:
        return Share.objects.unscoped("测试").get(
            task__programme=programme, task__code=code, agency_id=agency
        )

    def file(self, name: str = "目录.png") -> SimpleUploadedFile:
        self._files += 1
        return SimpleUploadedFile(name, png(self._files, self._files))

    def reported(self, share: Share, person: Person, state: str = "done", **given: Any) -> Progress:
        told = {"text": "已经办理", **given}
        if state == "done":
            told.setdefault("file", self.file())
        return actions.report_progress(actor=self.actor(person), share=share, state=state, **told)

    def confirmed(self, share: Share, person: Person, **given: Any) -> Progress:
        row = self.reported(share, person, **given)
        by = self.second if row.by_number == "LEAD" else self.lead
        found = row.share.task.terms.get(until_on=None).elements
        return actions.review_progress(
            actor=self.actor(by), progress=row, accept=True, elements=found, on=row.on
        )

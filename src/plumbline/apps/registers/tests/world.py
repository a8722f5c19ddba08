"""Two departments, a street and 区司法局 with their people, a few items, and workbooks made for the tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from plumbline.apps.powers.models import PowerItem
from plumbline.apps.registers import actions
from plumbline.apps.registers.models import ListUpload, Revision
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person, Post, Tenure
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import run_now
from plumbline.platform.lists import find_register

DEPARTMENT, SECOND, STREET, BUREAU = "R-DEPT", "R-DEPT2", "R-STREET", "R-BUREAU"
PLACE = "420117900000"
ITEMS = "power-items"
BASIS = "《城市建筑垃圾管理规定》第二十六条（部门规章）"


@dataclass
class ListWorld:
    """``keeper`` drafts for the department, ``street`` for the street, ``reviewer`` and ``other`` review for the district."""

    keeper: Person
    second: Person
    street: Person
    drafter: Person
    reviewer: Person
    bare: Person

    def actor(self, person: Person) -> Actor:
        return Actor.of(person, on=clock.today())

    def client(self, person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def begin(self, register: str = ITEMS, *, agency: str = DEPARTMENT, by: Person | None = None) -> Revision:
        return actions.start_revision(
            actor=self.actor(by or self.keeper), register=register, agency=agency, reason="依据新的规定调整。"
        )

    def publish(self, revision: Revision, *, on: date | None = None, by: Person | None = None) -> Revision:
        """Submitted, approved and published, each by who may."""
        drafter, reviewer = self.actor(by or self.keeper), self.actor(self.reviewer)
        actions.submit_revision(actor=drafter, revision=revision, effective_on=on or clock.today())
        actions.approve_revision(actor=reviewer, revision=revision)
        return actions.publish_revision(actor=reviewer, revision=revision)

    def upload(
        self,
        rows: Sequence[Mapping[str, Any]] | bytes,
        *,
        register: str = ITEMS,
        whole: bool = False,
        by: Person | None = None,
    ) -> tuple[ListUpload, Job]:
        """Sent in and read, as the worker would."""
        content = rows if isinstance(rows, bytes) else workbook(register, rows)
        sent = actions.upload_list(
            actor=self.actor(by or self.keeper), register=register, agency=DEPARTMENT,
            file=SimpleUploadedFile("清单.xlsx", content), whole=whole,
        )  # fmt: skip
        done = run_now(Job.objects.get(pk=sent.job))
        sent.refresh_from_db()
        return sent, done


def build() -> ListWorld:
    for code, name, kind, level, division in (
        (BUREAU, "司法局", "supervision_organ", "district", ""),
        (DEPARTMENT, "城管局", "department", "district", ""),
        (SECOND, "住建局", "department", "district", ""),
        (STREET, "阳逻街道", "subdistrict_office", "street", PLACE),
    ):
        Agency.objects.create(
            code=code, name=f"新洲区{name}", short_name=name, kind=kind, level=level, division_code=division,
            enforces=code != BUREAU, document_mark=name,
        )  # fmt: skip
    since = clock.today() - timedelta(days=400)
    for code, what in (("A-1", "随意倾倒建筑垃圾"), ("A-2", "沿途遗撒建筑垃圾")):
        PowerItem.objects.create(
            item=code, agency_id=DEPARTMENT, violation=what, domain="housing_construction", kinds=["warning", "fine"],
            basis=[{"law": "城市建筑垃圾管理规定", "article": "第二十六条", "level": "department_rule"}],
            ranges=[{"party": "organization", "min": 500_000, "max": 5_000_000}], valid_from=since,
        )  # fmt: skip
    maintain, review = ["registers.maintain"], ["registers.review"]
    return ListWorld(
        keeper=person("r-bian", DEPARTMENT, maintain),
        second=person("r-zhu", SECOND, maintain),
        street=person("r-jie", STREET, maintain),
        drafter=person("r-qu", BUREAU, maintain, scope="district"),
        reviewer=person("r-shen", BUREAU, review, scope="district"),
        bare=person("r-kong", DEPARTMENT, []),
    )


def person(login: str, agency: str, capabilities: list[str], scope: str = "agency") -> Person:
    made = Person.objects.create_person(
        login_name=login, display_name=f"人员{login}", password=None, staff_number=login.upper()
    )
    post = Post.objects.create(
        agency_id=agency, title=login, capabilities=capabilities, role="other", scope=scope
    )
    Tenure.objects.create(person=made, post=post, from_on=date(2022, 1, 1))
    return made


def power(item: str, **more: str) -> dict[str, str]:
    """A row of the power list as it is typed."""
    return {
        "item": item, "violation": f"违法行为{item}", "domain": "housing_construction", "basis": BASIS,
        "kinds": "警告、罚款", "ranges": f"{_organisation()} 5000 至 50000",
    } | more  # fmt: skip


def _organisation() -> str:
    from plumbline.vocabulary import load_vocabulary

    return load_vocabulary().enums["range_party"]["organization"]


def workbook(
    register: str, rows: Sequence[Mapping[str, Any]], *, merge: str = "", head: Sequence[str] = ()
) -> bytes:
    """A workbook as somebody would fill it in; values that are dates or numbers become such cells, ``=…`` a formula."""
    declared = find_register(register)
    assert declared is not None
    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    sheet, day = book.add_worksheet("填写"), book.add_format({"num_format": "yyyy/m/d"})
    columns = [column for column in declared.columns if not head or column.name in head]
    for at, column in enumerate(columns):
        sheet.write(0, at, column.heading + (" *" if column.required else ""))
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            value = row.get(column.name, "")
            if isinstance(value, date):
                sheet.write_datetime(number, at, value, day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(number, at, value)
            else:
                sheet.write(number, at, value)
    if merge:
        sheet.merge_range(merge, "合并")
    book.close()
    return sink.getvalue()

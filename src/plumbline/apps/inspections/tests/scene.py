"""What tests of inspections share: an item with three points, a firm, a plan and a complete report."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from plumbline.apps.cases.tests.world import ITEM, STREET, World
from plumbline.apps.inspections.actions import NamedFile, Report, file_inspection, plan_inspection
from plumbline.apps.inspections.models import CheckPoint, Inspection, InspectionItem
from plumbline.apps.targets.models import Target
from plumbline.platform import clock

CODE = "91420100MA4KABCD07"
HASH = "ab" * 32


def listed(**changes: Any) -> dict[str, Any]:
    return {
        "item": "J-1", "agency": STREET, "published_on": "2026-01-08", "valid_from": "2026-01-01", "valid_to": None,
        "basis": [{"law": "城市建筑垃圾管理规定", "article": "第四条", "level": "department_rule"}], **changes,
    }  # fmt: skip


class Visits:
    """The item, the firm and the verbs, all lawful; a test states its deviation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.item = InspectionItem.objects.create(
            code="J-1", agency=world.street, name="建筑垃圾处置检查", basis=listed()["basis"],
            published_on=date(2026, 1, 8), valid_from=date(2026, 1, 1), repeat_days=90,
        )  # fmt: skip
        self.points = [
            CheckPoint.objects.create(
                item=self.item, place=n, text=f"第{n}项", basis="城市建筑垃圾管理规定第七条",
                photo_basis="行政处罚法第四十七条", power=ITEM,
            )
            for n in (1, 2, 3)
        ]  # fmt: skip
        self.target = Target.objects.create(
            credit_code=CODE,
            name="武汉江北混凝土有限公司",
            address="平江西路 118 号",
            legal_representative="王守成",
        )
        self.actor = world.actor(world.officer)

    def planned(self, **changes: Any) -> Inspection:
        wanted = {
            "actor": self.actor, "agency_code": STREET, "item": self.item, "target": self.target, "cause": "routine",
            "planned_on": clock.today(), "officers": ["HB001", "HB002"], **changes,
        }  # fmt: skip
        return plan_inspection(**wanted)

    def report(self, answers: str = "yyy", **changes: Any) -> Report:
        """``answers`` one letter a point; a problem gets its photo."""
        ended: datetime = clock.now() - timedelta(minutes=1)
        given = {point.pk: (letter, "") for point, letter in zip(self.points, answers, strict=True)}
        photos = [
            NamedFile(sha256=f"{n:064x}", size=10, content_type="image/jpeg", purpose="photo", point=point.pk)
            for n, (point, letter) in enumerate(zip(self.points, answers, strict=True))
            if letter == "n"
        ]
        return Report(
            **{
                "officers": ["HB001", "HB002"], "started_at": ended - timedelta(minutes=9), "ended_at": ended,
                "certificate_shown": True, "answers": given, "conclusion": "见检查项。",
                "handling": "case" if "n" in answers else "none", "signing": "signed", "signed_name": "王守成",
                "second_by": "在本人手机上确认", "files": photos, **changes,
            }
        )  # fmt: skip

    def filed(self, answers: str = "yyy", **changes: Any) -> Inspection:
        return file_inspection(
            actor=self.actor, inspection=self.planned(), report=self.report(answers, **changes)
        )

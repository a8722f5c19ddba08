"""Three bodies that hand work to each other, and the shortest ways to a transfer, a request, a dispute."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from plumbline.apps.cases.models import Case
from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, OTHER, STREET, World, ago
from plumbline.apps.coordination import actions
from plumbline.apps.coordination.models import Coordination
from plumbline.apps.powers.models import PowerItem, PowerTransfer
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person

PLACE = "420117001000"


class Between:
    """``office``: by agency, who hands over and takes over there; ``officer``: who handles the cases there."""

    def __init__(self) -> None:
        self.world = World().build()
        self.scene = Scene(self.world)
        Agency.objects.filter(code=STREET).update(division_code=PLACE, level="street")
        self.world.street.refresh_from_db()
        self.office, self.officer = {}, {STREET: self.world.officer}
        for code, login in ((STREET, "s"), (DEPARTMENT, "d"), (OTHER, "o")):
            self.office[code] = self.world.person(
                f"off-{login}",
                f"综合岗{login}",
                "",
                code,
                "综合岗",
                ["transfers.handle", "cases.view"],
                "other",
                staff=f"OF-{login}",
            )
        self.officer[DEPARTMENT] = self.world.person(
            "cheng", "程城管", "HB201", DEPARTMENT, "执法员", ["cases.handle"], "officer"
        )
        self.officer[OTHER] = self.world.outsider
        power = PowerItem.objects.create(
            item=ITEM, agency_id=DEPARTMENT, violation="未经核准擅自处置建筑垃圾", domain="housing_construction",
            basis=[{"law": "城市建筑垃圾管理规定", "article": "第二十五条"}], valid_from=date(2005, 6, 1),
        )  # fmt: skip
        PowerTransfer.objects.create(
            power=power,
            street_id=STREET,
            decision_published_on=date(2021, 3, 3),
            taken_over_on=date(2021, 11, 1),
        )

    def actor(self, code: str) -> Actor:
        return self.world.actor(self.office[code])

    def agency(self, code: str) -> Agency:
        return Agency.objects.get(code=code)

    def case_of(self, row: Coordination) -> Case:
        return Case.objects.unscoped("测试").get(matter_id=row.result_matter or row.about)

    def approved(self, case: Case, to: str, days: int) -> Case:
        """The case with the head's decision to transfer it."""
        self.world.approve(
            self.world.take(case, "case_transferred", days, {"to": to}, reason="不属本机关管辖。"), days
        )
        return Case.objects.unscoped("测试").select_related("agency", "party").get(pk=case.pk)

    def sent(
        self, to: str = DEPARTMENT, *, case: Case | None = None, days: int = 20, **given: Any
    ) -> Coordination:
        case = self.approved(case or self.world.opened(), to, days)
        wanted: dict[str, Any] = {
            "ground": "level",
            "text": "产生量大，应当由区级部门办理。",
            "at": ago(days),
        }
        return actions.send_transfer(
            actor=self.actor(STREET), case=case, to=self.agency(to), **(wanted | given)
        )

    def returned(self, row: Coordination, days: int = 19) -> Coordination:
        return actions.return_transfer(
            actor=self.actor(row.to_id), row=row, reason="street", text="该事项由街道承接。", at=ago(days)
        )

    def accepted(self, row: Coordination, days: int = 19) -> Coordination:
        handler: Person = self.officer[row.to_id]
        return actions.accept_transfer(actor=self.actor(row.to_id), row=row, handler=handler, at=ago(days))

    def asked(self, kind: str = "assistance", to: str = OTHER, days: int = 10, **given: Any) -> Coordination:
        wanted: dict[str, Any] = {
            "title": "调取施工许可资料", "text": "请提供该工地的施工许可和渣土处置核准资料。",
            "respond_by": clock.today() + timedelta(days=5), "at": ago(days),
        }  # fmt: skip
        return actions.request(
            actor=self.actor(STREET), agency_code=STREET, kind=kind, to=[self.agency(to)], **(wanted | given)
        )[0]

    def disputed(self, transfer: Coordination | None = None, days: int = 18, **given: Any) -> Coordination:
        wanted: dict[str, Any] = {
            "subject": "jurisdiction", "title": "平江路工地的建筑垃圾由谁处理", "text": "产生量大，应当由区级部门办理。",
            "item": ITEM, "domain": "housing_construction", "division_code": PLACE, "at": ago(days),
        }  # fmt: skip
        return actions.open_dispute(
            actor=self.actor(STREET), agency_code=STREET, others=[self.agency(DEPARTMENT)], transfer=transfer,
            **(wanted | given),
        )  # fmt: skip

    def applied(self, transfer: Coordination | None = None) -> Coordination:
        row = self.disputed(transfer)
        actions.record_talk(
            actor=self.actor(DEPARTMENT),
            row=row,
            on=ago(16).date(),
            people="双方分管负责人",
            text="没有取得一致。",
            at=ago(16),
        )
        return actions.apply_for_coordination(
            actor=self.actor(STREET), row=row, text="请明确由谁办理。", at=ago(15)
        )

"""What a phone needs to be shown: the inspection list with check lists, a few firms, and visits planned and made."""

from __future__ import annotations

from datetime import date, timedelta

from stdnum.cn import uscc

from plumbline.apps.inspections.actions import NamedFile, Report, file_inspection, plan_inspection
from plumbline.apps.inspections.models import CheckPoint, InspectionItem
from plumbline.apps.targets.actions import add_target
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.verdicts.registers import registers_changed

STREET = "AG-ST-002"
LAW = "城市建筑垃圾管理规定"
PHOTO = "行政处罚法第四十七条"
# Check point, basis, power item that a problem leads to.
POINTS = (
    ("建筑垃圾处置已经核准，核准文件在有效期内", "第七条", "CG-103"),
    ("出场车辆冲洗干净，沿途没有遗撒", "第十四条", "CG-102"),
    ("建筑垃圾交给经核准的单位运输", "第十三条", "CG-103"),
    ("工程施工中产生的建筑垃圾及时清运", "第十二条", "CG-104"),
)
FIRMS = (
    ("武汉江北混凝土有限公司", "MA4K2X7Q0", "混凝土制品", "阳逻街道平江西路 118 号", "王守成"),
    ("武汉阳逻港建材物流有限公司", "MA4L9R3D1", "仓储运输", "阳逻街道港城大道 66 号", "李春华"),
    ("湖北滨江建设工程有限公司", "MA49T5W82", "房屋建筑", "阳逻街道余泊大街 9 号", "陈国强"),
    ("武汉华中渣土运输有限公司", "MA4F8H6C3", "道路货运", "阳逻街道柴泊大道 201 号", "赵明"),
)


def credit_code(tail: str) -> str:
    """An invented code of the district with its right check digit."""
    body = f"91420117{tail}"
    return body + uscc.calc_check_digit(body)


def tell_field() -> None:
    """One street's list, four firms, one visit made last month, two planned for today and one for the week."""
    agency = Agency.objects.get(code=STREET)
    item = InspectionItem.objects.create(
        code="J-CG-01", agency=agency, name="建筑垃圾处置综合检查", published_on=date(2026, 1, 8),
        valid_from=date(2026, 1, 1), repeat_days=90,
        basis=[{"law": LAW, "article": "第四条", "level": "department_rule"}],
    )  # fmt: skip
    for place, (text, article, power) in enumerate(POINTS, start=1):
        CheckPoint.objects.create(
            item=item, place=place, text=text, basis=f"{LAW}{article}", photo_basis=PHOTO, power=power
        )
    targets = [
        add_target(
            actor=system_actor("demo"),
            values={
                "kind": "legal_person", "credit_code": credit_code(tail), "name": name, "trade": trade, "address": address,
                "legal_representative": person, "division_code": agency.division_code, "life": "active",
                "tags": ["渣土运输"] if "运" in trade else [],
            },
            on=date(2025, 3, 3),
        )
        for name, tail, trade, address, person in FIRMS
    ]  # fmt: skip
    registers_changed()
    officer = Actor.of(Person.objects.get(login_name="zhou"), on=clock.today())
    second = Person.objects.get(login_name="chen").certificate_number
    today = clock.today()
    made = clock.now() - timedelta(days=31)
    earlier = plan_inspection(
        actor=officer, agency_code=STREET, item=item, target=targets[1], cause="routine", planned_on=made.date(),
        officers=[officer.number, second], occurred_at=made - timedelta(hours=3),
    )  # fmt: skip
    file_inspection(
        actor=officer,
        inspection=earlier,
        report=Report(
            officers=[officer.number, second], started_at=made - timedelta(minutes=25), ended_at=made,
            certificate_shown=True, answers={point.pk: ("y", "") for point in item.points.all()},
            conclusion="各项均符合。", handling="none", signing="signed", signed_name="李春华",
            second_by="在本人手机上确认", files=list[NamedFile](),
        ),
    )  # fmt: skip
    for target, cause, on in (
        (targets[0], "routine", today),
        (targets[1], "complaint", today),
        (targets[2], "routine", today + timedelta(days=3)),
    ):
        plan_inspection(
            actor=officer, agency_code=STREET, item=item, target=target, cause=cause, planned_on=on,
            officers=[officer.number, second],
        )  # fmt: skip

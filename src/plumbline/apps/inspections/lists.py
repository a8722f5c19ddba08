"""The list of inspection items (随机抽查事项清单) as ``platform.lists`` declares it."""

from __future__ import annotations

from typing import Any

from plumbline.platform import clock
from plumbline.platform.lists import Basis, Code, Column, DatedTable, Register, Text, Values, Whole, register

from .models import CheckPoint, InspectionItem


def _read(row: Any) -> Values:
    return {"code": row.code, "name": row.name, "basis": row.basis, "repeat_days": row.repeat_days}


def _write(values: Values) -> dict[str, Any]:
    return {
        "code": values["code"],
        "name": values["name"],
        "basis": values["basis"] or [],
        "repeat_days": values.get("repeat_days"),
        # A row comes into the list by being published (国办发〔2015〕58号).
        "published_on": clock.today(),
    }


def _carry_points(pairs: Any, _on: Any, _actor: Any) -> None:
    """A new version of an item keeps its check list until that is changed itself."""
    old = {before.pk: after for before, after in pairs if before is not None and after is not None}
    points = CheckPoint.objects.filter(item_id__in=old)
    CheckPoint.objects.bulk_create(
        CheckPoint(
            item_id=old[each.item_id].pk,
            place=each.place,
            text=each.text,
            basis=each.basis,
            photo_basis=each.photo_basis,
            power=each.power,
        )
        for each in points
    )


INSPECTION_ITEMS = register(
    Register(
        key="inspection-items",
        title="随机抽查事项清单",
        owner="agency",
        basis="国办发〔2015〕58号",
        unit="项",
        order=60,
        columns=(
            Column("code", "检查事项编码", Code(50), required=True, example="JC-CG-01"),
            Column("name", "检查事项", Text(200), required=True, example="建筑垃圾处置现场检查"),
            Column("basis", "检查依据", Basis(), required=True, example="《城市建筑垃圾管理规定》第六条（部门规章）"),
            Column(
                "repeat_days", "最短间隔", Whole(1, 3650, "日"), example="30",
                help="本机关计划规定的、对同一对象两次检查之间的最短日数；没有规定的空着",
            ),
        ),
        keys=("code",),
        table=DatedTable(
            InspectionItem, read=_read, write=_write, key=lambda values: {"code": values["code"]},
            order=("code", "pk"), after=_carry_points, told_to_rules=True,
        ),
    )
)  # fmt: skip

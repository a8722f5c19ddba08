"""The four 包容审慎 lists as ``platform.lists`` declares them: one list, whose rows say on which of the four they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.apps.powers.contract import item_on
from plumbline.platform import clock
from plumbline.platform.lists import Choice, Code, Column, DatedTable, Lines, Register, Text, Values, register

from .models import LeniencyEntry, ListKind

_FIELDS = ("number", "kind", "item", "title", "conditions", "basis", "source")


def _check(values: Values, _agency: str) -> Mapping[str, str]:
    if item_on(values["item"], clock.today()) is None:
        return {"item": f"执法事项清单上没有“{values['item']}”。请核对事项编码。"}
    return {}


def _read(row: Any) -> Values:
    return {name: getattr(row, name) for name in _FIELDS}


LENIENCY = register(
    Register(
        key="leniency",
        title="包容审慎监管清单（不罚、免罚、从轻、减轻）",
        owner="agency",
        basis="国办发〔2022〕27号（六）",
        about="首违不罚、轻微免罚、从轻处罚、减轻处罚四张清单。裁量页按当天有效的行核对条件，条件须全部具备。",
        unit="项",
        order=36,
        may_keep={"level": "district"},
        columns=(
            Column("number", "清单编号", Code(50), required=True, example="Q-CG-102"),
            Column("kind", "清单", Choice(dict(ListKind.choices)), required=True, example="首违不罚"),
            Column("item", "事项编码", Code(50), required=True, example="CG-102"),
            Column("title", "情形", Text(200), required=True, example="首次少量遗撒"),
            Column("conditions", "适用条件", Lines(), required=True, example="一年内没有同类记录；发现后当场清理干净"),
            Column("basis", "依据", Text(200), required=True, example="行政处罚法第三十三条第一款", shown=False),
            Column("source", "来源文件", Text(200), required=True, example="本机关公布的清单（示例）", shown=False),
        ),
        keys=("number",),
        table=DatedTable(
            LeniencyEntry, read=_read, write=lambda values: {name: values[name] for name in _FIELDS},
            key=lambda values: {"number": values["number"]}, agency="maker_id", order=("kind", "number", "pk"),
        ),
        check=_check,
    )
)  # fmt: skip

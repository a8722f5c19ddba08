"""What the district sets by a document of its own."""

from __future__ import annotations

from datetime import date

from plumbline.packs.transfer.coordination import PARAMETERS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import PARAMETER_SET
from ..models import Parameter
from ..policies import may_set_parameter

MOST = 365


@action(
    "coordination.set_parameter",
    policy=may_set_parameter,
    records=(PARAMETER_SET,),
    basis="新政办[2022]14号 二(二)4",
)
def set_parameter(*, actor: Actor, key: str, value: int, source: str, valid_from: date) -> Parameter:
    """Set a number from a day on; requests on their way keep the term they were sent under."""
    faults = {}
    if key not in PARAMETERS:
        faults["key"] = "请选择参数。"
    if not 1 <= value <= MOST:
        faults["value"] = f"请填 1 到 {MOST} 之间的整数。"
    if not source.strip():
        faults["source"] = "请写明设定它的文件和条款；没有文件的不能启用。"
    if valid_from < clock.today():
        faults["valid_from"] = "不能从过去起算。请选择今天或者以后的日期。"
    if faults:
        raise InputFault(faults)
    row = Parameter.objects.create(
        key=key, value=value, source=source.strip()[:200], valid_from=valid_from, by_label=actor.label[:60]
    )
    record(
        actor=actor,
        matter=f"XTCS-{row.pk}",
        kind="register",
        activity=PARAMETER_SET,
        agency=actor.agency_code,
        data={"key": key, "value": value, "valid_from": valid_from.isoformat()},
    )
    return row

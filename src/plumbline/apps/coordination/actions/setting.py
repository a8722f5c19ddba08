"""What the district sets by a document of its own."""

from __future__ import annotations

from datetime import date

from plumbline.packs.transfer.coordination import PARAMETERS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..clocks import parameters
from ..events import PARAMETER_ENDED, PARAMETER_SET
from ..models import Parameter
from ..policies import may_set_parameter

MOST = 365
BASIS = "新政办[2022]14号 二(二)4"


@action(
    "coordination.set_parameter",
    policy=may_set_parameter,
    records=(PARAMETER_SET,),
    basis=BASIS,
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
    return _kept(actor, PARAMETER_SET, key, value, source, valid_from)


@action("coordination.end_parameter", policy=may_set_parameter, records=(PARAMETER_ENDED,), basis=BASIS)
def end_parameter(*, actor: Actor, key: str, source: str, valid_from: date) -> Parameter:
    """End from a day on what was set, or take back what was to begin on that day; what was counted before stays."""
    faults = {}
    if key not in PARAMETERS:
        faults["key"] = "请选择参数。"
    if not source.strip():
        faults["source"] = "请写明停用的理由和文件。"
    if valid_from < clock.today():
        faults["valid_from"] = "不能从过去停用：已经按它计算的期限不变。请选择今天或者以后的日期。"
    if faults:
        raise InputFault(faults)
    if not parameters(valid_from)[key].is_set:
        raise Refusal(
            f"{valid_from} 那一天没有设定“{PARAMETERS[key].label}”，不需要停用",
            basis=BASIS,
            next_step="请核对历次设定中的日期。",
        )
    return _kept(actor, PARAMETER_ENDED, key, None, source, valid_from)


def _kept(actor: Actor, what: str, key: str, value: int | None, source: str, valid_from: date) -> Parameter:
    row = Parameter.objects.create(
        key=key, value=value, source=source.strip()[:200], valid_from=valid_from, by_label=actor.label[:60]
    )
    record(
        actor=actor,
        matter=f"XTCS-{row.pk}",
        kind="register",
        activity=what,
        agency=actor.agency_code,
        data={"key": key, "valid_from": valid_from.isoformat()} | ({"value": value} if value else {}),
    )
    return row

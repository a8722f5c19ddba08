"""The supervising organ's own clocks, changed from a day on."""

from __future__ import annotations

from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .. import events
from ..lead_models import SupervisionSetting
from ..policies import may_set
from ..settings import SETTINGS


@action(
    "supervision.set",
    policy=may_set,
    records=(events.SETTING_CHANGED,),
    basis="行政执法监督条例第二十条、第二十七条",
)
def change_setting(
    *, actor: Actor, name: str, value: int, valid_from: date, reason: str
) -> SupervisionSetting:
    """Another value from a day on; what has its date already keeps it."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise InputFault({"name": "没有这个参数。"})
    faults = {}
    if not setting.least <= value <= setting.most:
        faults["value"] = f"“{setting.label}”应当在 {setting.least} 至 {setting.most} 之间。"
    if valid_from < clock.today():
        faults["valid_from"] = "起用日不能早于今天。"
    if len(reason.strip()) < 4:
        faults["reason"] = "请写明修改的依据或者理由。"
    if faults:
        raise InputFault(faults)
    row = SupervisionSetting.objects.create(
        name=name, value=value, valid_from=valid_from, reason=reason.strip()[:200], by_label=actor.label
    )
    record(
        actor=actor,
        matter=f"JDCS-{name}",
        kind="supervision_lead",
        activity=events.SETTING_CHANGED,
        agency=actor.agency_code or "-",
        data={"name": name, "value": value, "valid_from": valid_from.isoformat()},
    )
    return row

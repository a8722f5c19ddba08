"""The numbers 区司法局 sets for reports and statistics."""

from __future__ import annotations

from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..checking import LEAST_WORDS
from ..events import REPORT_SETTING_CHANGED
from ..models import ReportSetting
from ..policies import may_supervise
from ..settings import SETTINGS
from .annual import KIND, NOTICE


@action("reporting.set", policy=may_supervise, records=(REPORT_SETTING_CHANGED,), basis=NOTICE)
def change_setting(*, actor: Actor, name: str, value: int, valid_from: date, reason: str) -> ReportSetting:
    """Another value from a day on; what was signed by the value before stays as it was signed."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise InputFault({"name": "没有这个参数。"})
    faults = {}
    if not setting.least <= value <= setting.most:
        faults["value"] = f"“{setting.label}”应当在 {setting.least} 至 {setting.most:,} 之间。"
    if valid_from < clock.today():
        faults["valid_from"] = "起用日不能早于今天：已经按原来的数值办理的不再改变。"
    if len(reason.strip()) < LEAST_WORDS:
        faults["reason"] = "请写明修改的依据或者理由。"
    if faults:
        raise InputFault(faults)
    row = ReportSetting.objects.create(
        name=name, value=value, valid_from=valid_from, reason=reason.strip()[:200], by_label=actor.label, at=clock.now()
    )  # fmt: skip
    record(
        actor=actor, matter=f"CS-{name}", kind=KIND, activity=REPORT_SETTING_CHANGED, agency=actor.agency_code or "-",
        data={"name": name, "value": value, "valid_from": valid_from.isoformat()},
    )  # fmt: skip
    return row

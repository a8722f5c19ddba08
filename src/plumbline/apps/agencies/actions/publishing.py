"""Showing changes to the public, and entering a number of the place with its text."""

from __future__ import annotations

from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..changes import show
from ..events import REGISTER_SETTING_ENTERED
from ..models import PublicChange, RegisterSetting
from ..policies import may_oversee_officers, may_publish_change
from ..settings import SETTINGS


@action(
    "agencies.publish_change", policy=may_publish_change, on="change", records=("information_published",),
    basis="政府信息公开条例第二十六条",
)  # fmt: skip
def publish_change(*, actor: Actor, change: PublicChange) -> None:
    """Let the public list show a change; a certificate that was not listed is listed from today."""
    certificate = change.certificate
    if certificate is not None and certificate.published_on is None:
        certificate.published_on = clock.today()
        certificate.save(update_fields=["published_on"])
    show(actor=actor, change=change)


@action(
    "agencies.enter_setting", policy=may_oversee_officers, records=(REGISTER_SETTING_ENTERED,),
    basis="新政办[2022]14号 二(二)2",
)  # fmt: skip
def enter_setting(*, actor: Actor, name: str, value: int, source: str, valid_from: date) -> RegisterSetting:
    """Switch a setting on with the number a document gives. Without a document it stays off."""
    faults: dict[str, str] = {}
    if name not in SETTINGS:
        faults["name"] = "没有这个参数。"
    if len(source.strip()) < 6:
        faults["source"] = "请写明依据文件的名称和文号。没有文件的，参数保持未启用。"
    if value < 1 or (name == "annual_check_month" and value > 12):
        faults["value"] = "数值不在可用的范围内。"
    if faults:
        raise InputFault(faults)
    row = RegisterSetting.objects.create(
        name=name, value=value, source=source.strip(), valid_from=valid_from, entered_at=clock.now(),
        by_label=actor.label,
    )  # fmt: skip
    record(
        actor=actor, matter=f"SETTING-{name}", kind="register", activity=REGISTER_SETTING_ENTERED,
        agency=actor.agency_code, data={"name": name, "value": value, "source": source.strip()},
    )  # fmt: skip
    return row

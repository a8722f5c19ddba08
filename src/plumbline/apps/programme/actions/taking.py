"""A notice from a workbook: read in a dry run, its faults told, the difference shown, and only then taken over."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.lists.sheets import UnreadableBook

from ..comparing import difference
from ..events import PLAN_UPLOADED, PROGRAMME_OPENED, PROGRAMME_REVISED
from ..models import Intake, Programme
from ..plan import Plan
from ..plan_book import read_plan
from ..policies import may_lead
from .opening import BASIS, KIND, open_programme, revise_programme
from .reporting import taken

BUREAU_KIND = "supervision_organ"


@action("programme.upload", policy=may_lead, records=(PLAN_UPLOADED,), basis=BASIS)
def upload_plan(*, actor: Actor, file: Any) -> Intake:
    """Read a workbook without taking anything over."""
    columns = taken(file)
    if not columns["name"].lower().endswith(".xlsx"):
        raise InputFault({"file": "请上传 .xlsx 文件，用从本页下载的模板填写。"})
    file.seek(0)
    try:
        plan, faults = read_plan(file)
    except UnreadableBook as unreadable:
        raise InputFault({"file": f"{unreadable}。"}) from None
    made = Intake.objects.create(
        name=columns["name"], sha256=columns["sha256"], plan=plan.as_json() if plan else {},
        faults=[asdict(fault) for fault in faults], by_label=actor.label,
    )  # fmt: skip
    record(
        actor=actor, matter=f"FA-IN-{made.pk}", kind=KIND, activity=PLAN_UPLOADED, agency=actor.agency_code,
        data={"sha256": made.sha256, "faults": len(faults)},
    )  # fmt: skip
    return made


def home() -> Agency:
    """区司法局, which organises what it takes in."""
    return Agency.objects.filter(kind=BUREAU_KIND, level="district").order_by("code")[0]


@action("programme.apply", policy=may_lead, records=(PROGRAMME_OPENED, PROGRAMME_REVISED), basis=BASIS)
def apply_plan(*, actor: Actor, intake: Intake, reason: str = "") -> Programme:
    """Take a workbook over that was read without a fault: as a new programme, or as a change of the one with its key."""
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.faults:
        raise Refusal("文件还有问题，不能纳入", next_step="请按列出的行和列修改后重新上传。")
    if row.applied_at is not None:
        raise Refusal("这个文件已经纳入")
    plan = Plan.of_json(row.plan)
    there = Programme.objects.filter(key=plan.key).first()
    if there is None:
        programme = open_programme(actor=actor, plan=plan, agency=home(), on=clock.today())
    else:
        if not difference(there, plan):
            raise Refusal("与现在的方案没有差异，不需要调整")
        programme = revise_programme(actor=actor, programme=there, plan=plan, reason=reason)
    row.applied_at, row.programme = clock.now(), programme
    row.save()
    return programme

"""The result of an inspection on the spot, planned or made out of the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from plumbline.apps.inspections.contract import (
    Inspection,
    NamedFile,
    Report,
    Target,
    file_inspection,
    items_in_force,
    plan_inspection,
)
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor

from ..models import FieldRecord
from .outcome import Conflict, Outcome
from .second import demand_second


def take_inspection(actor: Actor, row: FieldRecord, occurred: datetime) -> Outcome:
    second_by = demand_second(row)
    body = row.record["body"]
    inspection = _visit(actor, row, occurred)
    if inspection.filed_at is not None:
        at = inspection.filed_at.astimezone(clock.CHINA)
        raise Conflict(
            inspection.matter_id,
            f"这次检查已于 {at:%m-%d %H:%M} 由他人登记了结果。请选择保留哪一个，或写明新的内容；两个版本都会留痕。",
        )
    with transaction.atomic():
        filed = file_inspection(
            actor=actor,
            inspection=inspection,
            report=report_of(body, row, occurred, second_by, first=actor.number),
            event_prefix=f"FD-{row.pk.hex}",
        )
    return Outcome(filed.matter_id, f"检查结果已登记：{filed.get_result_display()}。")


def report_of(
    body: dict[str, Any], row: FieldRecord, occurred: datetime, second_by: str, *, first: str
) -> Report:
    """The record in the words of the inspections app. Its instants are moved as the whole record was."""
    moved = occurred - row.captured_at
    place = body.get("place")
    return Report(
        officers=[first, body["second"]["number"]],
        started_at=min(datetime.fromisoformat(body["started_at"]) + moved, occurred),
        ended_at=occurred,
        certificate_shown=body["certificate_shown"],
        answers={each["point"]: (each["answer"], each.get("note", "")) for each in body["answers"]},
        conclusion=body["conclusion"],
        handling=body["handling"],
        correct_by=date.fromisoformat(body["correct_by"]) if body.get("correct_by") else None,
        signing=body["signing"],
        signed_name=body.get("signed_name", ""),
        refusal=body.get("refusal", ""),
        witnesses=body.get("witnesses", ""),
        second_by=second_by,
        repeat_reason=body.get("repeat_reason", ""),
        place=(place["latitude_e6"], place["longitude_e6"], place["accuracy_m"]) if place else None,
        files=[
            NamedFile(
                sha256=each["sha256"], size=each["size"], content_type=each["type"], purpose=each["purpose"],
                point=each.get("point"),
                taken_at=datetime.fromisoformat(each["taken_at"]) + moved if each.get("taken_at") else None,
                device=str(row.device)[:160],
            )
            for each in row.record["files"]
        ],
    )  # fmt: skip


def _visit(actor: Actor, row: FieldRecord, occurred: datetime) -> Inspection:
    """The planned visit, or a new one for a target that was not on the plan."""
    body = row.record["body"]
    if body.get("matter"):
        found = (
            Inspection.objects.visible_to(actor)
            .select_for_update(of=("self",))
            .filter(matter_id=body["matter"])
            .first()
        )
        if found is None:
            raise Refusal(
                "没有找到这次检查，或您的岗位不能办理", next_step="请更新任务包；需要的，重新安排检查。"
            )
        return found
    target = Target.objects.filter(credit_code=body["target"]).first()
    if target is None:
        raise Refusal(
            f"检查对象名录中没有 {body['target']}",
            next_step="请先由综合岗把它加入名录，再从「待上传」重新提交。",
        )
    item = items_in_force(row.agency_id, occurred.date()).filter(pk=body["item"]).first()
    if item is None:
        raise Refusal("该检查事项当日不在本机关的检查事项清单内", next_step="请更新任务包后另选事项。")
    return plan_inspection(
        actor=actor,
        agency_code=row.agency_id,
        item=item,
        target=target,
        cause=body["cause"],
        planned_on=occurred.date(),
        officers=[actor.number, body["second"]["number"]],
        matter_id=f"{row.agency_id}-J{occurred.year}-{row.pk.hex[:10]}",
        event_id=f"FD-{row.pk.hex}-plan",
        occurred_at=occurred,
    )

"""What the leading group decides and does, with what it gives units to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..events import DIRECTIVE_RECORDED
from ..models import Directive, Programme, Rectification, Share
from ..policies import REPORT, may_lead
from .opening import tell
from .reporting import LEAST, taken

LEADING = "新政办[2022]14号 四(一)至四(四)"


@action("programme.direct", policy=may_lead, records=(DIRECTIVE_RECORDED,), basis=LEADING)
def record_directive(
    *,
    actor: Actor,
    programme: Programme,
    kind: str,
    title: str,
    text: str,
    file: Any = None,
    units: Sequence[str] = (),
    demand: str = "",
    due_on: date | None = None,
    on: date | None = None,
) -> Directive:
    """Record a meeting, an instruction, research or the like; ``units`` get ``demand`` to do by ``due_on``."""
    day = on or programme.today()
    faults: dict[str, str] = {}
    if kind not in Directive.Kind.values:
        faults["kind"] = "请选择种类。"
    if len(title.strip()) < LEAST:
        faults["title"] = "请写明是哪一次会议、哪一件事。"
    if len(text.strip()) < LEAST:
        faults["text"] = "请写明研究、决定或者做了什么。"
    if not programme.from_on <= day <= programme.today():
        faults["on"] = f"日期应在 {programme.from_on} 至 {programme.today()} 之间。"
    if units and len(demand.strip()) < LEAST:
        faults["demand"] = "选择了单位的，请写明交办什么。"
    if demand.strip() and not units:
        faults["units"] = "写了交办事项的，请选择办理的单位。"
    if units and (due_on is None or due_on < day):
        faults["due_on"] = "交办的，请写明这一天以后的办理期限。"
    taking_part = Share.objects.unscoped("参加方案的单位").filter(task__programme=programme, until_on=None)
    if set(units) - set(taking_part.values_list("agency_id", flat=True)):
        faults["units"] = "有的单位在方案中没有任务。"
    if faults:
        raise InputFault(faults)
    made = Directive.objects.create(
        programme=programme, kind=kind, title=title.strip()[:120], text=text.strip(), on=day, by_label=actor.label,
        **(taken(file) if file is not None else {}),
    )  # fmt: skip
    for code in sorted(set(units)):
        row = Rectification.objects.create(
            directive=made, agency_id=code, demand=demand.strip()[:300], due_on=due_on, opened_on=day
        )
        notify(
            title=f"交办：{made.title}", body=row.demand, url=f"/programmes/{programme.key}/rectifications/{row.pk}",
            agency_code=code, capability=REPORT,
        )  # fmt: skip
    tell(
        actor, programme, DIRECTIVE_RECORDED,
        {"directive": made.pk, "kind": kind, "units": sorted(set(units)), "sha256": made.sha256}, on=day,
    )  # fmt: skip
    return made

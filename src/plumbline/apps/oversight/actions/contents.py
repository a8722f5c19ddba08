"""Which points of the notice a plan looks at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor

from .. import events
from ..contents import point_texts
from ..models import Plan, PlanPoint
from ..policies import may_work_plan
from .plans import write


@action(
    "oversight.choose_points", policy=may_work_plan, on="plan", records=(events.PLAN_POINTS_CHOSEN,),
    basis="新政办[2022]14号 二(二)",
)  # fmt: skip
def choose_points(*, actor: Actor, plan: Plan, points: Sequence[str], on: date | None = None) -> list[str]:
    """Let a plan look at exactly these points; returns their codes in order. The log keeps what was there before."""
    wanted = sorted(set(points))
    unknown = [code for code in wanted if code not in point_texts()]
    if unknown:
        raise InputFault({"points": f"没有编号为{'、'.join(unknown)}的监督内容。请在列出的内容中选。"})
    before = list(plan.points.values_list("code", flat=True))
    if wanted == before:
        raise InputFault({"points": "与现在的选择相同。"})
    plan.points.exclude(code__in=wanted).delete()
    PlanPoint.objects.bulk_create(PlanPoint(plan=plan, code=code) for code in wanted if code not in before)
    said = "；".join(point_texts()[code] for code in wanted)
    write(actor, plan, events.PLAN_POINTS_CHOSEN, said, on, before=before, points=wanted)
    return wanted

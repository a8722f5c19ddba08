"""The visits to a target, for its page in the register."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.targets.contract import Target, Trace, register_trace
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import Inspection

SHOWN = 20


def visits_to(actor: Actor, targets: Sequence[Target]) -> list[Trace]:
    rows = Inspection.objects.visible_to(actor).filter(target__in=targets).select_related("item", "agency")
    return [
        Trace(
            row.ended_at.astimezone(clock.CHINA).date() if row.ended_at else row.planned_on,
            row.item.name,
            f"/inspections/{row.matter_id}",
            f"{row.agency.short_name} · {row.get_result_display() or '待检查'}",
        )
        for row in rows.order_by("-planned_on", "-pk")[:SHOWN]
    ]


register_trace("检查", visits_to)

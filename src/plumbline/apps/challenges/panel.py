"""The 「复议诉讼」 tab of the case page, and the button that registers what has arrived."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from plumbline.apps.cases.contract import left_until, register_link, register_panel
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .deciding import was_decided
from .models import Challenge, Route, Stage
from .policies import may_register


def _of(actor: Actor, case: Any) -> Any:
    return Challenge.objects.visible_to(actor).filter(case=case).exclude(stage=Stage.VOID)


def _count(actor: Actor, case: Any) -> int:
    return int(_of(actor, case).count())


@register_panel("challenges", label="复议诉讼", template="challenges/panel.html", order=35, count=_count)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    today = clock.today()
    rows = list(_of(actor, case).select_related("agency").order_by("-opened_on", "-pk"))
    running = [
        row
        for row in rows
        if row.ended_on is None and row.route != Route.COMPENSATION and row.stage != Stage.CLOSED
    ]
    return {
        "challenges": [
            {"row": row, "left": left_until(row.due_on, row.due_unit, today) if row.due_on else None}
            for row in rows
        ],
        "count": len(rows),
        "running": bool(running),
        "stayed": any(row.stayed for row in rows),
        "redo": [row for row in rows if row.stage == Stage.PERFORMING],
        "may_register": bool(may_register(actor, case)) and was_decided(case),
    }


@register_link("challenges", label="登记复议、诉讼")
def register_url(actor: Actor, case: Any) -> str:
    """Only where there is a decision to challenge."""
    if not may_register(actor, case) or not was_decided(case):
        return ""
    return f"/challenges/new?{urlencode({'case': case.matter_id})}"

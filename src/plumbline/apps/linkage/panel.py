"""The 「衔接」 tab of the case page, and the button that begins a transfer to the police."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from plumbline.apps.cases.contract import holds, left_until, register_link, register_panel
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import Inquiry, Linkage, Route, Stage
from .standstill import standstill


def _of(actor: Actor, case: Any) -> Any:
    rows = Linkage.objects.visible_to(actor).filter(case=case)
    return rows.exclude(stage=Stage.VOID)


def _count(actor: Actor, case: Any) -> int:
    return int(_of(actor, case).count())


def _may_begin(actor: Actor, case: Any) -> bool:
    if case.kind != "penalty" or not any(
        holds(actor, each, case) for each in ("cases.handle", "cases.approve")
    ):
        return False
    running = Linkage.objects.unscoped("本案是否已有移送").filter(
        case=case, route=Route.CRIME, ended_on__isnull=True
    )
    return not running.exclude(stage__in=[Stage.CLOSED, Stage.VOID]).exists()


@register_panel("linkage", label="衔接", template="linkage/panel.html", order=36, count=_count)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    today = clock.today()
    rows = list(_of(actor, case).select_related("organ").order_by("-opened_on", "-pk"))
    return {
        "linkages": [
            {"row": row, "left": left_until(row.due_on, row.due_unit, today) if row.due_on else None}
            for row in rows
        ],
        "inquiries": list(
            Inquiry.objects.visible_to(actor).filter(case=case).select_related("organ").order_by("-pk")
        ),
        "count": len(rows),
        "sent": next(
            (row for row in rows if row.route == Route.CRIME and row.sent_on and not row.ended_on), None
        ),
        "standstill": standstill(case, today).words,
        "may_begin": _may_begin(actor, case),
    }


@register_link("linkage", label="移送涉嫌犯罪")
def begin_url(actor: Actor, case: Any) -> str:
    """Where the actor handles the case and no transfer of it is running."""
    return f"/linkage/new/crime?{urlencode({'case': case.matter_id})}" if _may_begin(actor, case) else ""

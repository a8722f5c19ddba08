"""The desks of the system administrator and of the audit administrator, and their entries of the menu."""

from __future__ import annotations

from typing import Any

from plumbline.platform.desk import QuickLink, desk_section, quick_links
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.navigation import register_entry

from . import audit, running

register_entry("运行", "running", order=20, administrator="system")
register_entry("审计", "audit", order=20, administrator="audit")


@desk_section("running", label="运行", template="administration/desk_running.html", order=10)
def running_section(actor: Actor) -> dict[str, Any] | None:
    if actor.administrator != "system":
        return None
    from plumbline.apps.law_library.contract import stale_citations

    from .web import running_figures

    return {"figures": running_figures(stale_citations()), "rounds": running.rounds(), "site": running.site()}


@desk_section("audit", label="今天的记录", template="administration/desk_audit.html", order=10)
def audit_section(actor: Actor) -> dict[str, Any] | None:
    if actor.administrator != "audit":
        return None
    from plumbline.platform import clock

    today, day = audit.today_by_kind(), clock.today().isoformat()
    shown = (
        ("登录", "login"),
        ("登录失败", "login_failed"),
        ("拒绝", "refused"),
        ("查阅", "read"),
        ("权限变动", "rights"),
    )
    warned = {"login_failed", "refused"}
    return {
        "figures": [
            Figure(
                label, str(today[kind]), f"/audit?kind={kind}&from={day}",
                colour="amb" if kind in warned and today[kind] else "",
            )
            for label, kind in shown
        ],
        "lines": audit.page(audit.AuditFilter(), size=10)[0],
    }  # fmt: skip


@quick_links
def links(actor: Actor) -> list[QuickLink]:
    offered = {
        "system": [
            QuickLink("运行情况", "/running"),
            QuickLink("待办消息", "/running/outbox"),
            QuickLink("复核", "/running/recheck"),
        ],
        "audit": [QuickLink("审计记录", "/audit"), QuickLink("权限变动", "/audit?kind=rights")],
    }
    return offered.get(actor.administrator, [])

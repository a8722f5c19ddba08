"""What waits for the security administrator: vacant posts, terms that end, passwords nobody has changed."""

from __future__ import annotations

from typing import Any

from plumbline.platform.desk import QuickLink, desk_section, quick_links
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.components import Figure
from plumbline.platform.ui.navigation import register_entry

from . import queries

register_entry("权限", "rights", order=20, administrator="security")


@desk_section("rights", label="账号和权限", template="identity/rights/desk.html", order=10)
def rights(actor: Actor) -> dict[str, Any] | None:
    if actor.administrator != "security":
        return None
    vacant, unchanged = queries.posts(vacant=True).count(), queries.people(state="one_time").count()
    without = queries.people(state="without_post").count()
    return {
        "figures": [
            Figure("可登录的账号", str(queries.people(state="active").count()), "/rights?state=active"),
            Figure(
                "没有岗位的账号", str(without), "/rights?state=without_post", colour="amb" if without else ""
            ),
            Figure("尚未改一次性密码", str(unchanged), "/rights?state=one_time"),
            Figure("空缺的岗位", str(vacant), "/rights/posts?state=vacant", colour="amb" if vacant else ""),
        ],
        "ending": list(queries.ending_soon()[:10]),
        "deputies": list(queries.deputies_in_force()[:10]),
    }


@quick_links
def links(actor: Actor) -> list[QuickLink]:
    if actor.administrator != "security":
        return []
    return [QuickLink("新建账号", "/rights/people/new"), QuickLink("新设岗位", "/rights/posts/new")]

"""Who settles conflicts between the agencies' review catalogues."""

from __future__ import annotations

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

BASIS = "新政办[2022]14号 二(二)3(2)、行政处罚法第五十八条"


def may_settle_conflict(actor: Actor) -> Decision:
    """区司法局, for the whole district: what it says binds every agency's catalogue."""
    if actor.can("registers.review") and actor.reach("registers.review") is None:
        return ALLOWED
    return denied(
        "您的岗位不处理审核目录的冲突",
        basis=BASIS,
        next_step="请由区司法局持有“审核、公布清单”权能的岗位办理。",
    )

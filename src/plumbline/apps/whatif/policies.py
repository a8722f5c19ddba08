"""Who may ask what if: whoever supervises the whole district."""

from __future__ import annotations

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

BASIS = "行政执法监督条例：监督机关研究执法标准和规则的执行情况"
SUPERVISING = ("supervision.supervise", "supervision.sign", "supervision.decide")


def may_ask(actor: Actor) -> Decision:
    """The result names matters of every agency, so the reach has to be the district."""
    held = set(SUPERVISING) & actor.capabilities
    if held and actor.reach(*held) is None:
        return ALLOWED
    return denied("只有监督全区的岗位可以进行假设推演", basis=BASIS, next_step="请联系区行政执法监督机关。")

"""Papers of a challenge, kept as every matter's are."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import action
from plumbline.platform.files.papers import Papers
from plumbline.platform.identity.actor import Actor

from ..events import PAPER_ADDED, PAPER_WITHDRAWN
from ..models import Challenge, ChallengePaper
from ..policies import may_work_on

PAPERS = Papers(ChallengePaper, "challenge", PAPER_ADDED, PAPER_WITHDRAWN, "行政复议答复通知书")


@action(
    "challenges.add_paper",
    policy=may_work_on,
    on="challenge",
    records=(PAPER_ADDED,),
    basis="行政复议法第四十八条、行政诉讼法第六十七条",
)
def add_paper(*, actor: Actor, challenge: Challenge, title: str, upload: Any) -> ChallengePaper:
    """Keep one paper that was received or sent."""
    kept: ChallengePaper = PAPERS.put_in(
        actor=actor, matter=challenge, kind=challenge.route, title=title, upload=upload
    )
    return kept


@action(
    "challenges.withdraw_paper",
    policy=may_work_on,
    on="challenge",
    records=(PAPER_WITHDRAWN,),
    basis="行政处罚法第四十七条：全过程记录",
)
def withdraw_paper(*, actor: Actor, challenge: Challenge, paper: ChallengePaper, reason: str) -> None:
    """Take a wrong paper out of the list; it stays kept, with the reason."""
    PAPERS.take_out(actor=actor, matter=challenge, kind=challenge.route, paper=paper, reason=reason)

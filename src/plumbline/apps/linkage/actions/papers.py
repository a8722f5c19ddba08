"""Files of a linkage, kept as every matter's are; each side withdraws its own, and what was sent stays sent."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import Refusal, action
from plumbline.platform.files.papers import Papers
from plumbline.platform.identity.actor import Actor

from ..events import PAPER_ADDED, PAPER_WITHDRAWN
from ..models import Linkage, LinkagePaper
from ..policies import may_work_on

PAPERS = Papers(LinkagePaper, "linkage", PAPER_ADDED, PAPER_WITHDRAWN, "检验报告")


@action(
    "linkage.add_paper",
    policy=may_work_on,
    on="linkage",
    records=(PAPER_ADDED,),
    basis="行政执法机关移送涉嫌犯罪案件的规定第六条",
)
def add_paper(*, actor: Actor, linkage: Linkage, title: str, upload: Any) -> LinkagePaper:
    """Keep one file that goes with the matter; whoever the matter is open to can open it."""
    kept: LinkagePaper = PAPERS.put_in(
        actor=actor,
        matter=linkage,
        kind=linkage.kind,
        title=title,
        upload=upload,
        by_agency=actor.agency_code,
    )
    return kept


@action(
    "linkage.withdraw_paper",
    policy=may_work_on,
    on="linkage",
    records=(PAPER_WITHDRAWN,),
    basis="行政处罚法第四十七条：全过程记录",
)
def withdraw_paper(*, actor: Actor, linkage: Linkage, paper: LinkagePaper, reason: str) -> None:
    """Take a wrong file of one's own body out of the list; it stays kept, with the reason. What was sent stays sent."""
    paper = PAPERS.locked(linkage, paper)
    if paper.by_agency != actor.agency_code:
        raise Refusal("只能撤下本单位收入的材料", next_step="请联系收入材料的单位。")
    sent = linkage.package if linkage.sent_on is not None else []
    if any(each.get("kind") == "file" and each.get("id") == paper.pk for each in sent):
        raise Refusal(
            "这份材料已经随案移送，不能撤下", next_step="有错误的，请另行收入正确的材料并书面说明。"
        )
    PAPERS.take_out(actor=actor, matter=linkage, kind=linkage.kind, paper=paper, reason=reason)

"""Signing the agency's answer, defence or statement of the head's absence: numbered and frozen."""

from __future__ import annotations

from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, Document, issue
from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from ..documents import called_for
from ..models import Challenge, ChallengeEntry
from ..policies import may_sign
from ..reading import ChallengeFile


@action(
    "challenges.sign_paper",
    policy=may_sign,
    on="challenge",
    records=(DOCUMENT_SIGNED,),
    basis="行政复议法第四十八条、行政诉讼法第三条、第六十七条",
)
def sign_paper(*, actor: Actor, challenge: Challenge, event_id: str, code: str) -> Document:
    """Sign the paper ``code`` of the step that recorded ``event_id``; a step's paper is signed once."""
    wanted = [
        each
        for each in called_for(ChallengeFile(challenge))
        if each.entry.event_id == event_id and each.paper.code == code
    ]
    if not wanted:
        raise Refusal("本事项没有要签发的这份文书", next_step="请刷新页面。")
    called = wanted[0]
    entry = ChallengeEntry.objects.select_for_update().get(pk=called.entry.pk)
    if entry.document is not None:
        raise Refusal(f"“{called.paper.title}”已经签发", next_step="内容有误的，请登记新的一步后另行签发。")
    if called.gaps:
        raise Refusal(
            f"不能签发“{called.paper.title}”：没有填写{'、'.join(called.gaps)}",
            next_step="请作废这一步，补齐后重新登记。",
        )
    document = issue(
        actor=actor,
        agency=challenge.agency,
        matter_id=challenge.matter_id,
        title=called.paper.title,
        mark=called.paper.mark,
        template=called.paper.code,
        facts=called.facts,
        kind=challenge.route,
    )
    entry.document = document.pk
    entry.save(update_fields=["document"])
    return document

"""Papers of a challenge: checked before they are kept, named by their hash, withdrawn with a reason, never deleted."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from ..events import PAPER_ADDED, PAPER_WITHDRAWN
from ..models import Challenge, ChallengePaper
from ..policies import may_work_on


@action(
    "challenges.add_paper",
    policy=may_work_on,
    on="challenge",
    records=(PAPER_ADDED,),
    basis="行政复议法第四十八条、行政诉讼法第六十七条",
)
def add_paper(*, actor: Actor, challenge: Challenge, title: str, upload: Any) -> ChallengePaper:
    """Keep one paper that was received or sent."""
    if not title.strip():
        raise InputFault({"title": "请填写材料名称，例如“行政复议答复通知书”。"})
    if upload is None:
        raise InputFault({"file": "请选择文件。"})
    try:
        checked = check(upload.name or "", upload.size or 0, upload.file)
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    kept = keep(upload.chunks())
    paper = ChallengePaper.objects.create(
        challenge=challenge,
        title=title.strip()[:100],
        name=checked.name,
        content_type=checked.kind.content_type,
        sha256=kept.sha256,
        size=kept.size,
        by_label=actor.label,
    )
    record(
        actor=actor,
        matter=challenge.matter_id,
        kind=challenge.route,
        activity=PAPER_ADDED,
        agency=challenge.agency_id,
        data={"paper": paper.pk, "sha256": kept.sha256, "size": kept.size},
    )
    return paper


@action(
    "challenges.withdraw_paper",
    policy=may_work_on,
    on="challenge",
    records=(PAPER_WITHDRAWN,),
    basis="行政处罚法第四十七条：全过程记录",
)
def withdraw_paper(*, actor: Actor, challenge: Challenge, paper: ChallengePaper, reason: str) -> None:
    """Take a wrong paper out of the list; it stays kept, with the reason."""
    paper = ChallengePaper.objects.select_for_update().get(pk=paper.pk)
    if paper.challenge_id != challenge.pk or paper.withdrawn:
        raise Refusal("这份材料已经撤下", next_step="请刷新页面。")
    if not reason.strip():
        raise InputFault({"reason": "请写明撤下的理由。"})
    paper.withdrawn = reason.strip()[:200]
    paper.save(update_fields=["withdrawn"])
    record(
        actor=actor,
        matter=challenge.matter_id,
        kind=challenge.route,
        activity=PAPER_WITHDRAWN,
        agency=challenge.agency_id,
        data={"paper": paper.pk, "reason": reason.strip()},
    )

"""Files of a linkage: checked before they are kept, named by their hash, withdrawn with a reason, never deleted."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from ..events import PAPER_ADDED, PAPER_WITHDRAWN
from ..models import Linkage, LinkagePaper
from ..policies import may_work_on


@action(
    "linkage.add_paper",
    policy=may_work_on,
    on="linkage",
    records=(PAPER_ADDED,),
    basis="行政执法机关移送涉嫌犯罪案件的规定第六条",
)
def add_paper(*, actor: Actor, linkage: Linkage, title: str, upload: Any) -> LinkagePaper:
    """Keep one file that goes with the matter; whoever the matter is open to can open it."""
    if not title.strip():
        raise InputFault({"title": "请填写材料名称，例如“检验报告”。"})
    if upload is None:
        raise InputFault({"file": "请选择文件。"})
    try:
        checked = check(upload.name or "", upload.size or 0, upload.file)
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    kept = keep(upload.chunks())
    paper = LinkagePaper.objects.create(
        linkage=linkage,
        title=title.strip()[:100],
        name=checked.name,
        content_type=checked.kind.content_type,
        sha256=kept.sha256,
        size=kept.size,
        by_label=actor.label,
        by_agency=actor.agency_code,
    )
    with whole_district():
        record(
            actor=actor,
            matter=linkage.matter_id,
            kind=linkage.kind,
            activity=PAPER_ADDED,
            agency=linkage.agency_id,
            data={"paper": paper.pk, "sha256": kept.sha256, "size": kept.size},
        )
    return paper


@action(
    "linkage.withdraw_paper",
    policy=may_work_on,
    on="linkage",
    records=(PAPER_WITHDRAWN,),
    basis="行政处罚法第四十七条：全过程记录",
)
def withdraw_paper(*, actor: Actor, linkage: Linkage, paper: LinkagePaper, reason: str) -> None:
    """Take a wrong file of one's own body out of the list; it stays kept, with the reason. What was sent stays sent."""
    paper = LinkagePaper.objects.select_for_update().get(pk=paper.pk)
    if paper.linkage_id != linkage.pk or paper.withdrawn:
        raise Refusal("这份材料已经撤下", next_step="请刷新页面。")
    if paper.by_agency != actor.agency_code:
        raise Refusal("只能撤下本单位收入的材料", next_step="请联系收入材料的单位。")
    if any(each.get("kind") == "file" and each.get("id") == paper.pk for each in linkage.package):
        raise Refusal(
            "这份材料已经随案移送，不能撤下", next_step="有错误的，请另行收入正确的材料并书面说明。"
        )
    if not reason.strip():
        raise InputFault({"reason": "请写明撤下的理由。"})
    paper.withdrawn = reason.strip()[:200]
    paper.save(update_fields=["withdrawn"])
    with whole_district():
        record(
            actor=actor,
            matter=linkage.matter_id,
            kind=linkage.kind,
            activity=PAPER_WITHDRAWN,
            agency=linkage.agency_id,
            data={"paper": paper.pk, "reason": reason.strip()},
        )

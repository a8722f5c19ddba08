"""Signing the agency's papers: numbered and frozen; the other end sees them from then on."""

from __future__ import annotations

from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, Document, issue
from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from ..documents import called_for
from ..keeping import bring_in_line
from ..models import Linkage, LinkageEntry
from ..policies import may_sign
from ..reading import LinkageFile
from .taking import linkage_locked


@action(
    "linkage.sign_paper",
    policy=may_sign,
    on="linkage",
    records=(DOCUMENT_SIGNED,),
    basis="行政执法机关移送涉嫌犯罪案件的规定第六条，人民检察院检察建议工作规定第十九条，监察法第三十七条",
)
def sign_paper(*, actor: Actor, linkage: Linkage, event_id: str, code: str) -> Document:
    """Sign the paper ``code`` of the step that recorded ``event_id``; a step's paper is signed once."""
    locked = linkage_locked(linkage.pk)
    file = LinkageFile(locked)
    called = next(
        (each for each in called_for(file) if each.entry.event_id == event_id and each.paper.code == code),
        None,
    )
    if called is None:
        raise Refusal("本事项没有要签发的这份文书", next_step="请刷新页面。")
    entry = LinkageEntry.objects.select_for_update().get(pk=called.entry.pk)
    if entry.document is not None:
        raise Refusal(f"“{called.paper.title}”已经签发", next_step="内容有误的，请登记新的一步后另行签发。")
    if called.gaps:
        raise Refusal(
            f"不能签发“{called.paper.title}”：没有填写{'、'.join(called.gaps)}",
            next_step="请作废这一步，补齐后重新登记。",
        )
    document = issue(
        actor=actor,
        agency=locked.agency,
        matter_id=locked.matter_id,
        title=called.paper.title,
        mark=called.paper.mark,
        template=called.paper.code,
        facts=called.facts,
        kind=locked.kind,
    )
    entry.document = document.pk
    entry.save(update_fields=["document"])
    bring_in_line(locked, LinkageFile(locked))
    return document

"""Signing the agency's papers: numbered and frozen; the other end sees them from then on."""

from __future__ import annotations

from plumbline.apps.paperwork.contract import DOCUMENT_SIGNED, Document, sign_called
from plumbline.platform.actions import action
from plumbline.platform.identity.actor import Actor

from ..documents import called_for
from ..keeping import bring_in_line
from ..models import Linkage
from ..policies import may_sign
from ..reading import LinkageFile
from .taking import linkage_locked


@action(
    "linkage.sign_paper",
    policy=may_sign,
    on="linkage",
    records=(DOCUMENT_SIGNED,),
    basis="行政执法机关移送涉嫌犯罪案件的规定第六条，人民检察院检察建议工作规定第十九条，行政诉讼法第九十六条，监察法第三十七条、第七十一条",
)
def sign_paper(*, actor: Actor, linkage: Linkage, event_id: str, code: str) -> Document:
    """Sign the paper ``code`` of the step that recorded ``event_id``; a step's paper is signed once."""
    locked = linkage_locked(linkage.pk)
    document = sign_called(
        actor=actor,
        called=called_for(LinkageFile(locked)),
        event_id=event_id,
        code=code,
        agency=locked.agency,
        matter_id=locked.matter_id,
        kind=locked.kind,
    )
    bring_in_line(locked, LinkageFile(locked))
    return document

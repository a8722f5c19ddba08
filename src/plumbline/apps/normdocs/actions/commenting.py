"""Comments of the public on a draft, and the answer to each."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from ..choices import Handling
from ..events import COMMENT_ANSWERED, COMMENT_RECEIVED
from ..models import NormDoc, PublicComment
from ..policies import may_comment, may_draft
from ..reading import NormFile

BASIS = "地方组织法第七十五条、优化营商环境条例第六十二条"
LONGEST = 4000


@action("normdocs.comment", policy=may_comment, on="doc", records=(COMMENT_RECEIVED,), basis=BASIS)
def comment_on_draft(
    *, actor: Actor, doc: NormDoc, text: str, article: str = "", name: str = "", contact: str = ""
) -> PublicComment:
    """Keep what somebody says while the period runs. The log holds neither the words nor who said them."""
    file = NormFile(doc)
    if not file.commenting or doc.comment_until is None or clock.today() > doc.comment_until:
        raise Refusal("征求意见已经截止", basis=BASIS, next_step="可以向起草单位书面反映。")
    said = text.strip()
    if not said:
        raise InputFault({"text": "请写下您的意见。"})
    if len(said) > LONGEST:
        raise InputFault({"text": f"意见超过 {LONGEST} 字。请分成几次提交。"})
    if article and article not in {each["number"] for each in (file.text.articles if file.text else [])}:
        raise InputFault({"article": "没有这一条。请从列表中选择。"})
    # A reader of the portal sees no agency's rows; the new row has to be read back once.
    with whole_district():
        comment = PublicComment.objects.create(
            doc=doc,
            agency_id=doc.agency_id,
            article=article,
            text=said,
            name=name.strip()[:60],
            contact=contact.strip()[:120],
        )
    record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity=COMMENT_RECEIVED,
        agency=doc.maker_id,
        data={"comment": comment.pk, "article": article},
    )
    return comment


@action("normdocs.answer_comment", policy=may_draft, on="doc", records=(COMMENT_ANSWERED,), basis=BASIS)
def answer_comment(
    *, actor: Actor, doc: NormDoc, comment: PublicComment, handling: str, answer: str
) -> PublicComment:
    """Say what became of a comment; only a full adoption needs no reason. A later answer takes the place of the first."""
    if handling not in {Handling.ADOPTED, Handling.PARTLY, Handling.DECLINED}:
        raise InputFault({"handling": "请选择采纳、部分采纳或者不采纳。"})
    if handling != Handling.ADOPTED and not answer.strip():
        raise InputFault({"answer": "部分采纳或者不采纳的，请写明理由。"})
    rows = PublicComment.objects.unscoped("答复公众意见").select_for_update()
    locked = rows.get(pk=comment.pk)
    if locked.doc_id != doc.pk:
        raise Refusal("这条意见不属于本文件", next_step="请刷新页面。")
    if NormFile(doc).happened("adoption_published"):
        raise Refusal("采纳情况已经公布，不能再改答复", next_step="需要更正的，请重新公布采纳情况说明。")
    locked.handling, locked.answer = handling, answer.strip()
    locked.answered_by, locked.answered_at = actor.label, clock.now()
    locked.save()
    record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity=COMMENT_ANSWERED,
        agency=doc.maker_id,
        data={"comment": locked.pk, "handling": handling},
    )
    return locked

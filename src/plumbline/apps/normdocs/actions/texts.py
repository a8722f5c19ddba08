"""Versions of the text and papers: kept under their fingerprint, never edited or deleted."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import Checked, FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from ..articles import MOST, fingerprint, read_articles, words_of_docx
from ..choices import PaperKind
from ..events import PAPER_KEPT, PAPER_WITHDRAWN, TEXT_KEPT
from ..keeping import bring_in_line
from ..models import NormDoc, NormPaper, NormText
from ..policies import may_draft, may_keep_papers
from ..reading import NormFile
from .drafting import locked_document

BASIS = "地方组织法第七十五条；新政办[2022]14号 二(二)5：全过程监管"
FINAL, AMENDED = "final", "amended"


@action("normdocs.keep_text", policy=may_draft, on="doc", records=(TEXT_KEPT,), basis=BASIS)
def keep_text(
    *, actor: Actor, doc: NormDoc, text: str = "", upload: Any = None, note: str = "", purpose: str = ""
) -> NormText:
    """Keep a new version: typed, or read from the Word file that comes with it. Once published, the text is frozen."""
    locked = locked_document(doc.pk)
    if locked.is_published:
        raise Refusal("文件已经公布，文本不能再改", next_step="需要修改的，请起草修改文件。")
    file_columns: dict[str, Any] = {}
    if upload is not None:
        checked = _checked(upload)
        if not text.strip() and checked.name.lower().endswith(".docx"):
            upload.seek(0)
            text = words_of_docx(upload.read())
        upload.seek(0)
        kept = keep(upload.chunks())
        file_columns = {
            "name": checked.name,
            "content_type": checked.kind.content_type,
            "sha256": kept.sha256,
            "size": kept.size,
        }
    if len(text) > MOST:
        raise InputFault({"text": f"文本超过 {MOST} 字。请分成正文和附件，附件作为材料上传。"})
    articles = read_articles(text)
    if not articles:
        said = (
            "没有从文件中读出文字。请把正文粘贴到文本框里。" if upload else "请填写正文，或者上传 Word 文件。"
        )
        raise InputFault({"text": said})
    last = locked.texts.first()
    made = NormText.objects.create(
        doc=locked,
        version=last.version + 1 if last else 1,
        articles=articles,
        note=note.strip()[:200],
        purpose=purpose,
        by_label=actor.label,
        **file_columns,
    )
    record(
        actor=actor,
        matter=locked.matter_id,
        kind=locked.kind,
        activity=TEXT_KEPT,
        agency=locked.maker_id,
        data={
            "version": made.version,
            "articles": len(articles),
            "sha256": made.sha256,
            "text_sha256": fingerprint(articles),
        },
    )
    bring_in_line(locked, NormFile(locked))
    return made


def _checked(upload: Any) -> Checked:
    try:
        return check(upload.name or "", upload.size or 0, upload.file)
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None


@action("normdocs.keep_paper", policy=may_keep_papers, on="doc", records=(PAPER_KEPT,), basis=BASIS)
def keep_paper(*, actor: Actor, doc: NormDoc, kind: str, title: str, upload: Any) -> NormPaper:
    """Keep one paper of the making: note, minutes, opinion, filing report."""
    if kind not in PaperKind.values:
        raise InputFault({"kind": "请选择材料类别。"})
    if upload is None:
        raise InputFault({"file": "请选择文件。"})
    checked = _checked(upload)
    kept = keep(upload.chunks())
    paper = NormPaper.objects.create(
        doc=doc,
        kind=kind,
        title=(title.strip() or PaperKind(kind).label)[:100],
        name=checked.name,
        content_type=checked.kind.content_type,
        sha256=kept.sha256,
        size=kept.size,
        by_label=actor.label,
    )
    record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity=PAPER_KEPT,
        agency=doc.maker_id,
        data={"paper": paper.pk, "kind": kind, "sha256": kept.sha256, "size": kept.size},
    )
    return paper


@action("normdocs.withdraw_paper", policy=may_keep_papers, on="doc", records=(PAPER_WITHDRAWN,), basis=BASIS)
def withdraw_paper(*, actor: Actor, doc: NormDoc, paper: NormPaper, reason: str) -> None:
    """Take a wrong paper out of the list; it stays kept, with the reason."""
    locked = NormPaper.objects.select_for_update().get(pk=paper.pk)
    if locked.doc_id != doc.pk or locked.withdrawn:
        raise Refusal("这份材料已经撤下", next_step="请刷新页面。")
    if not reason.strip():
        raise InputFault({"reason": "请写明撤下的理由。"})
    locked.withdrawn = reason.strip()[:200]
    locked.save(update_fields=["withdrawn"])
    record(
        actor=actor,
        matter=doc.matter_id,
        kind=doc.kind,
        activity=PAPER_WITHDRAWN,
        agency=doc.maker_id,
        data={"paper": locked.pk, "reason": locked.withdrawn},
    )

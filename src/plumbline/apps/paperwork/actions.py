"""Drafting, filling in, signing and voiding documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.db import transaction

from plumbline.packs.penalty.documents import INSTRUMENTS, TEMPLATES, DocumentTemplate
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.printing.blocks import gaps_of

from .assembling import Used
from .events import DOCUMENT_DRAFTED, DOCUMENT_FILLED_IN, DOCUMENT_SIGNED, DOCUMENT_VOIDED
from .fitting import current_facts, kind_of, stale_facts
from .models import Document, DocumentState
from .numbers import take_number
from .policies import may_draft, may_edit, may_sign, may_void
from .printing import files_of
from .rendering import rendered, template_of
from .versions import version_in_force

Confirmed = Literal["", "password", "totp"]


@action(
    "paperwork.draft_case_document",
    policy=may_draft,
    on="case",
    records=(DOCUMENT_DRAFTED,),
    basis="行政处罚法第四十七条",
)
def draft_case_document(
    *, actor: Actor, case: Any, template: DocumentTemplate, event_id: str = ""
) -> Document:
    """Draft a document of a case from its present facts, or bring a draft up to them; what was written stays."""
    draft = Document.objects.unscoped("起草").filter(
        matter_id=case.matter_id, template=template.code, event_id=event_id, state=DocumentState.DRAFT
    ).first() or Document(
        matter_id=case.matter_id,
        agency_id=case.agency_id,
        template=template.code,
        title=template.title,
        event_id=event_id,
        drafted_by_id=actor.person_id,
    )
    draft.layout = version_in_force(template.code, case.agency_id, clock.today())
    draft.template_version = f"第{draft.layout.version}版" if draft.layout else template.version
    draft.facts = current_facts(draft, case)
    draft.save()
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=DOCUMENT_DRAFTED,
        agency=case.agency_id,
        data={"document": draft.pk, "template": template.code},
    )
    return draft


@action(
    "paperwork.fill_in",
    policy=may_edit,
    on="document",
    records=(DOCUMENT_FILLED_IN,),
    basis="行政处罚法第四十七条",
)
def fill_in(*, actor: Actor, document: Document, case: Any, entries: Mapping[str, str]) -> Document:
    """Keep what is written on the document's own page: the facts that no step of the case supplies."""
    known = {used["label"] for used in document.facts if used.get("typed", True)}
    unknown = sorted(set(entries) - known)
    if unknown:
        raise InputFault({"": f"“{'、'.join(unknown)}”取自案件，不在本页填写。请到相应步骤办理。"})
    changed = sorted(name for name, text in entries.items() if text.strip() != document.entries.get(name, ""))
    document.entries = {**document.entries, **{name: text.strip() for name, text in entries.items()}}
    document.facts = current_facts(document, case)
    document.save()
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind_of(document),
        activity=DOCUMENT_FILLED_IN,
        agency=document.agency_id,
        data={"document": document.pk, "facts": changed},
    )
    return document


@action(
    "paperwork.sign", policy=may_sign, on="document", records=(DOCUMENT_SIGNED,), basis="行政处罚法第五十九条"
)
def sign(
    *,
    actor: Actor,
    document: Document,
    on: date | None = None,
    kind: str = "",
    how: Confirmed = "",
) -> Document:
    """Sign a document: it gets its number in this transaction; text, Word file and PDF are kept with their hashes.

    ``how`` says by what the signer was known once more (an electronic signature); empty where the platform itself acts.
    """
    if changes := stale_facts(document):
        named = "、".join(change.name for change in changes)
        raise Refusal(f"草稿所用的事实已变：{named}", next_step="请重新生成，核对后再签发。")
    paper = rendered(document)
    missing = [used["label"] for used in document.facts if used.get("gap")]
    if missing or gaps_of(paper.sheet):
        said = f"：{'、'.join(missing)}" if missing else ""
        raise InputFault({"": f"文书还有未填写的事实{said}。请补齐后再签发。"})
    if paper.undrawable:
        characters = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in paper.undrawable)
        raise InputFault(
            {
                "": f"下列字没有可用的字形，打印出来会缺字：{characters}。请系统管理员装入含有该字的字体后再签发。"
            }
        )
    _issue(document, actor=actor, day=on or clock.today(), mark=template_of(document).mark, how=how)
    _record_signing(document, actor=actor, kind=kind or kind_of(document))
    return document


def _issue(document: Document, *, actor: Actor, day: date, mark: str, how: Confirmed = "") -> None:
    """Number, text and files in one go; a transaction that fails takes the number back."""
    if mark and not document.number:
        document.number = take_number(Agency.objects.get(pk=document.agency_id), mark, day.year)
    document.signed_on = day
    document.signed_by_id = actor.person_id
    document.signed_label = actor.label
    document.signed_how = how
    document.state = DocumentState.SIGNED
    final = rendered(document)
    paper = files_of(final.sheet, on=day, docx=final.docx)
    document.html = final.html
    document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()
    document.docx_sha256 = keep([paper.docx]).sha256
    document.pdf_sha256 = keep([paper.pdf]).sha256
    document.pages = paper.pages
    document.save()


def _record_signing(document: Document, *, actor: Actor, kind: str) -> None:
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind,
        activity=DOCUMENT_SIGNED,
        agency=document.agency_id,
        data={
            "document": document.pk,
            "number": document.number,
            "sha256": document.sha256,
            "pdf_sha256": document.pdf_sha256,
            "docx_sha256": document.docx_sha256,
            "confirmed": document.signed_how,
        },
    )


@action(
    "paperwork.void", policy=may_void, on="document", records=(DOCUMENT_VOIDED,), basis="行政处罚法第四十七条"
)
def void(*, actor: Actor, document: Document, reason: str) -> Document:
    """Mark a signed document as void; its text and number stay as they are and are not used again."""
    if not reason.strip():
        raise InputFault({"reason": "请写明作废理由。原文书保留，文号不再使用。"})
    document.state = DocumentState.VOID
    document.void_reason = reason
    document.save(update_fields=["state", "void_reason"])
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind_of(document),
        activity=DOCUMENT_VOIDED,
        agency=document.agency_id,
        data={"document": document.pk, "reason": reason},
    )
    return document


def issue(
    *,
    actor: Actor,
    agency: Agency,
    matter_id: str,
    title: str,
    mark: str,
    template: str,
    facts: Sequence[Mapping[str, str]],
    kind: str,
    on: date | None = None,
    number: str = "",
    event_id: str = "",
) -> Document:
    """Draft and sign in one go, for an app that has asked its own policy (supervision instruments).

    ``number`` is one that a block had reserved before (``blocks.use_number``); without it the series gives the next.
    """
    with transaction.atomic():
        day = on or clock.today()
        document = Document(
            matter_id=matter_id,
            agency=agency,
            template=template,
            title=title,
            facts=_letter(facts, TEMPLATES.get(template)),
            drafted_by_id=actor.person_id,
            event_id=event_id,
            number=number,
        )
        document.layout = version_in_force(template, agency.code, day) if template in INSTRUMENTS else None
        document.template_version = (
            f"第{document.layout.version}版" if document.layout else template_of(document).version
        )
        _issue(document, actor=actor, day=day, mark=mark)
        _record_signing(document, actor=actor, kind=kind)
        return document


def _letter(facts: Sequence[Mapping[str, str]], template: DocumentTemplate | None) -> list[Used]:
    """The addressee and the paragraphs of a letter; a document of the catalogue ends with what its kind always tells."""
    to = "、".join(fact["text"] for fact in facts if fact["label"] == "主送")
    paragraphs = [
        [f"{fact['label']}：{line}" if fact["label"] else line]
        for fact in facts
        if fact["label"] != "主送"
        for line in fact["text"].splitlines()
        if line.strip()
    ]
    if template is not None:
        paragraphs += [[f"依据：{template.basis}。"], *([line] for line in template.closing)]
    return [
        {"label": "主送机关", "text": to, "gap": ""},
        {"label": "正文", "text": "", "rows": paragraphs, "gap": ""},
    ]

"""Drafting, signing and voiding documents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from plumbline.packs.penalty.documents import TEMPLATES, DocumentTemplate
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from .composing import Fact
from .events import DOCUMENT_DRAFTED, DOCUMENT_SIGNED, DOCUMENT_VOIDED
from .models import Document, DocumentState
from .numbers import take_number
from .policies import may_draft, may_sign, may_void


@action(
    "paperwork.draft_case_document",
    policy=may_draft,
    on="case",
    records=(DOCUMENT_DRAFTED,),
    basis="行政处罚法第四十七条",
)
def draft_case_document(
    *, actor: Actor, case: Any, template: DocumentTemplate, facts: Sequence[Fact], event_id: str
) -> Document:
    """Draft (or draft anew from present facts) a document of a case."""
    draft = Document.objects.unscoped("起草").filter(
        matter_id=case.matter_id, template=template.code, event_id=event_id, state=DocumentState.DRAFT
    ).first() or Document(
        matter_id=case.matter_id,
        agency_id=case.agency_id,
        template=template.code,
        template_version=template.version,
        title=template.title,
        event_id=event_id,
        drafted_by_id=actor.person_id,
    )
    draft.facts = list(facts)
    draft.save()
    record(
        actor=actor,
        matter=case.matter_id,
        kind="penalty",
        activity=DOCUMENT_DRAFTED,
        agency=case.agency_id,
        data={"document": draft.pk, "template": template.code},
    )
    return draft


@action(
    "paperwork.sign", policy=may_sign, on="document", records=(DOCUMENT_SIGNED,), basis="行政处罚法第五十九条"
)
def sign(
    *,
    actor: Actor,
    document: Document,
    on: date | None = None,
    kind: str = "penalty",
    mark: str | None = None,
) -> Document:
    """Sign a document: it gets its number in this transaction, its text is frozen and its hash kept."""
    if any(fact.get("gap") for fact in document.facts):
        raise InputFault({"": "文书还有未填写的事实，请先补齐再签发。"})
    day = on or clock.today()
    template = TEMPLATES.get(document.template)
    series = template.mark if template is not None else (mark or "")
    if series:
        document.number = take_number(Agency.objects.get(pk=document.agency_id), series, day.year)
    document.signed_on = day
    document.signed_by_id = actor.person_id
    document.signed_label = actor.label
    document.html = render_body(document)
    document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()
    document.state = DocumentState.SIGNED
    document.save()
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind,
        activity=DOCUMENT_SIGNED,
        agency=document.agency_id,
        data={"document": document.pk, "number": document.number, "sha256": document.sha256},
    )
    return document


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
        kind="penalty",
        activity=DOCUMENT_VOIDED,
        agency=document.agency_id,
        data={"document": document.pk, "reason": reason},
    )
    return document


def render_body(document: Document) -> str:
    """The text of the document as it is printed and frozen."""
    agency = Agency.objects.get(pk=document.agency_id)
    context = {"document": document, "agency": agency, "template": TEMPLATES.get(document.template)}
    return render_to_string("paperwork/body.html", context)


def issue(
    *,
    actor: Actor,
    agency: Agency,
    matter_id: str,
    title: str,
    mark: str,
    template: str,
    facts: Sequence[Fact],
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
            template_version="2026-1",
            title=title,
            facts=list(facts),
            drafted_by_id=actor.person_id,
            number=number or take_number(agency, mark, day.year),
            event_id=event_id,
            signed_on=day,
            signed_by_id=actor.person_id,
            signed_label=actor.label,
            state=DocumentState.SIGNED,
        )
        document.html = render_body(document)
        document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()
        document.save()
        record(
            actor=actor,
            matter=matter_id,
            kind=kind,
            activity=DOCUMENT_SIGNED,
            agency=agency.code,
            data={"document": document.pk, "number": document.number, "sha256": document.sha256},
        )
        return document

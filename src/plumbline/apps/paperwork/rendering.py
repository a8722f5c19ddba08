"""From a document's facts to its Word file, its page and its PDF: one filled Word file is the source of all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

import segno
from django.conf import settings

from plumbline.packs.documents import Each, Para
from plumbline.packs.penalty.documents import FACTS, INSTRUMENTS, TEMPLATES, DocumentTemplate, Fact
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.models import Agency
from plumbline.platform.printing.blocks import Picture, Sheet, text_of
from plumbline.platform.printing.coverage import undrawable
from plumbline.platform.printing.html_form import as_html
from plumbline.platform.printing.word_filling import Gap, Sentence, fill_word
from plumbline.platform.printing.word_reading import read_word

from .composing import day_zh
from .layouts import word_template
from .models import Document, DocumentSignature, DocumentState, SignatureWay

UNSIGNED = {"文号": "（签发时编号）", "成文日期": "（签发时填写日期）"}


@dataclass(frozen=True)
class Rendered:
    """A document as it is now: its Word file, and what is read from it."""

    docx: bytes
    sheet: Sheet

    @cached_property
    def html(self) -> str:
        return as_html(self.sheet)

    @cached_property
    def undrawable(self) -> list[str]:
        """Characters that no typeface here can print."""
        return undrawable(text_of(self.sheet))


LETTER = (Para("{{主送机关}}：", first=0, when="主送机关"), Each("正文"))


def template_of(document: Document) -> DocumentTemplate:
    """The declaration of a document. One whose text was given whole by another app has the form of a letter."""
    known = TEMPLATES.get(document.template) or INSTRUMENTS.get(document.template)
    if known is not None and not (known.code in TEMPLATES and is_letter(document)):
        return known
    basis = known.basis if known is not None else ""
    return DocumentTemplate(document.template, document.title, "", basis, to_party=True, body=LETTER)


def is_letter(document: Document) -> bool:
    return any(used["label"] == "正文" for used in document.facts)


def word_of(document: Document) -> bytes:
    """The Word template a document is made with: the version it keeps, or the project's own."""
    if document.layout_id is None:
        return word_template(template_of(document))
    assert document.layout is not None
    with open_kept(document.layout.sha256) as source:
        return source.read()


def needed_facts(document: Document) -> dict[str, bool]:
    """The facts of a document's template, in order, with whether each is required."""
    template = template_of(document)
    required = set(template.required)
    names = list(template.required) + list(template.optional)
    if document.layout is not None:
        names = [
            *document.layout.facts,
            *(name for name in template.required if name not in document.layout.facts),
        ]
    order = list(dict.fromkeys([name for name, _ in template.facts() if name in names] + names))
    return {name: name in required for name in order if name in FACTS}


def rendered(document: Document, *, signatures: Iterable[DocumentSignature] | None = None) -> Rendered:
    """The document filled with the facts it keeps, and with the signatures that hold for them."""
    template = template_of(document)
    values: dict[str, Any] = {
        fact.name: value_of(fact, used)
        for used in document.facts
        if (fact := FACTS.get(used["label"])) is not None
    }
    for name, needed in needed_facts(document).items():
        if FACTS[name].kind not in ("system", "sign") and name not in values:
            values[name] = Gap(name) if needed else ""
    values |= _system(document, template)
    if signatures is None:
        signatures = valid_signatures(document) if document.pk else ()
    values |= _signed(signatures)
    docx = fill_word(word_of(document), values)
    return Rendered(docx, read_word(docx, title=template.title))


def content_hash(document: Document) -> str:
    """What somebody signs: the template and every fact in it, but no number and no other signature."""
    said = [document.template, document.template_version, str(document.layout_id or "")]
    said += [f"{used['label']}={used['text']}{used.get('rows', '')}" for used in document.facts]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def valid_signatures(document: Document) -> list[DocumentSignature]:
    """The signatures given to the present content. Once signed and frozen, the content does not change any more."""
    rows = document.signatures.unscoped("已核对文书的可见范围")
    return list(rows.filter(text_hash=content_hash(document)).order_by("pk"))


def value_of(fact: Fact, used: Mapping[str, Any]) -> Any:
    if used.get("gap"):
        return Gap(fact.name)
    if fact.kind != "list":
        return Sentence(used["text"]) if fact.kind == "long" else used["text"]
    rows = used.get("rows") or []
    if len(fact.columns) == 1:
        return [row[0] for row in rows]
    return [dict(zip(fact.columns, row, strict=False)) for row in rows]


def _system(document: Document, template: DocumentTemplate) -> dict[str, Any]:
    agency = Agency.objects.get(pk=document.agency_id)
    signed = document.state != DocumentState.DRAFT
    numbered = bool(template.mark or document.number)
    return {
        "制作机关": agency.name,
        "文号": document.number or (UNSIGNED["文号"] if numbered and not signed else ""),
        "成文日期": day_zh(document.signed_on) if document.signed_on else UNSIGNED["成文日期"],
        "印章": settings.DOCUMENT_SEAL if template.to_party else "",
        "验证二维码": qr_picture(document),
    }


def verification_address(document: Document) -> str:
    return f"{settings.PUBLIC_URL}/open/verify/{document.code}"


def qr_picture(document: Document) -> Picture:
    return qr_of(verification_address(document))


def qr_of(address: str) -> Picture:
    """The code of an address: lines for the PDF, which print sharp at any size, and dots for Word and the page."""
    made, dots, lines = segno.make(address, error="m"), BytesIO(), BytesIO()
    made.save(dots, kind="png", scale=4, border=1)
    made.save(lines, kind="svg", border=1, xmldecl=False)
    return Picture(dots.getvalue(), 20, "验证二维码", vector=lines.getvalue())


def _signed(signatures: Iterable[DocumentSignature]) -> dict[str, Any]:
    by_role: dict[str, list[Any]] = {}
    for each in signatures:
        by_role.setdefault(f"sign:{each.role}", []).extend(_mark(each))
    return {fact.name: tuple(by_role.get(fact.source, ())) for fact in FACTS.values() if fact.kind == "sign"}


def _mark(signature: DocumentSignature) -> list[Any]:
    """What stands in the place for a signature."""
    said = f"{signature.opinion} " if signature.opinion else ""
    if signature.way == SignatureWay.DRAWN:
        with open_kept(signature.sha256) as source:
            return [said, Picture(source.read(), 30, f"{signature.name}的签名"), " "]
    if signature.way == SignatureWay.REFUSED:
        who = "、".join(signature.witnesses)
        return [f"{signature.name}拒绝签名，理由：{signature.reason}。见证人：{who}。 "]
    if signature.way == SignatureWay.PAPER:
        return [f"{said}{signature.name}（已在纸质件上签名，照片指纹 {signature.sha256[:12]}） "]
    return [f"{said}{signature.name}（本人当场确认） "]

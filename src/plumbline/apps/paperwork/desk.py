"""What the page of one document shows beside the sheet: facts and their sources, checks, signatures, comments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plumbline.apps.cases.contract import current_officers
from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS
from plumbline.platform import clock
from plumbline.platform.actions import Decision
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person

from .assembling import Change, Used, said
from .fitting import stale_facts
from .models import Document, DocumentComment, DocumentSignature, DocumentState
from .policies import may_comment, may_draft, may_edit, may_settle, may_sign, may_void
from .rendering import content_hash, needed_facts, rendered, template_of, verification_address
from .signing import ROLES
from .verifying import code_picture, is_unaltered
from .versions import version_in_force

_GAP = re.compile(r'<mark class="blank">（缺：([^<]+)）</mark>')


@dataclass(frozen=True)
class Shown:
    """One fact on the page."""

    name: str
    value: str
    origin: str
    link: str
    gap: bool
    changed: bool
    kind: str
    hint: str

    @property
    def field_id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True)
class Line:
    """A line of the checks: tone, mark, words, and where it leads."""

    tone: str
    mark: str
    words: str
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True)
class SignedPage:
    """Everything the page of a document needs."""

    document: Document
    case: Any
    template: DocumentTemplate
    body: str
    written: Sequence[Shown]
    taken: Sequence[Shown]
    checks: Sequence[Line]
    changes: Sequence[Change]
    signatures: Sequence[tuple[str, DocumentSignature, bool]]
    comments: Sequence[tuple[DocumentComment, bool]]
    may_edit: Decision
    may_sign: Decision
    may_void: Decision
    may_draft: Decision
    may_comment: Decision
    intact: bool
    qr: str
    verify_url: str
    places: Sequence[tuple[str, str]]

    @property
    def is_draft(self) -> bool:
        return bool(self.document.state == DocumentState.DRAFT)

    @property
    def blocked(self) -> bool:
        """Whether something must be put right before it can be signed."""
        return any(line.tone == "red" for line in self.checks)

    @property
    def sign_word(self) -> str:
        if self.template.mark:
            return "签发并编号"
        return "签发" if self.template.finished_by == "head" else "定稿"


def page_of(actor: Actor, document: Document, case: Any) -> SignedPage:
    draft = document.state == DocumentState.DRAFT
    now = rendered(document) if draft else None
    changes = stale_facts(document)
    changed = {each.name for each in changes}
    facts = [
        _shown(used, case, used["label"] in changed) for used in document.facts if used["label"] in FACTS
    ]
    writable = {used["label"] for used in document.facts if used.get("typed", False)}
    present = content_hash(document)
    signatures = [
        (ROLES.get(row.role, row.role), row, row.text_hash == present)
        for row in DocumentSignature.objects.visible_to(actor).filter(document=document)
    ]
    comments = [
        (row, bool(may_settle(actor, row)))
        for row in DocumentComment.objects.visible_to(actor)
        .filter(document=document)
        .select_related("document")
    ]
    body = now.html if now is not None else document.html
    return SignedPage(
        document=document,
        case=case,
        template=template_of(document),
        body=_GAP.sub(r'<mark class="blank"><a href="#f-\1">（缺：\1）</a></mark>', body) if draft else body,
        written=[each for each in facts if each.name in writable],
        taken=[each for each in facts if each.name not in writable],
        checks=_checks(document, facts, changes, now.undrawable if now else [], signatures),
        changes=changes,
        signatures=signatures,
        comments=comments,
        may_edit=may_edit(actor, document),
        may_sign=may_sign(actor, document),
        may_void=may_void(actor, document),
        may_draft=may_draft(actor, case),
        may_comment=may_comment(actor, document),
        intact=is_unaltered(document) if document.sha256 else True,
        qr=code_picture(document) if document.sha256 else "",
        verify_url=verification_address(document),
        places=sign_roles(document),
    )


def _shown(used: Used, case: Any, changed: bool) -> Shown:
    fact = FACTS[used["label"]]
    value = "\n".join("｜".join(row) for row in used["rows"]) if used.get("rows") else said(used)
    hint = f"每行一项，依次为：{'｜'.join(fact.columns)}" if fact.kind == "list" else ""
    step = used.get("step", "")
    return Shown(
        fact.name,
        value,
        used.get("origin", ""),
        f"/cases/{case.matter_id}?tab=timeline#tabs" if step else f"/cases/{case.matter_id}",
        bool(used.get("gap")),
        changed,
        fact.kind,
        hint,
    )


def _checks(
    document: Document,
    facts: Sequence[Shown],
    changes: Sequence[Change],
    undrawable: Sequence[str],
    signatures: Sequence[tuple[str, DocumentSignature, bool]],
) -> list[Line]:
    """What stands in the way (red), what to look at (amber), and that all is well (green)."""
    lines = []
    if document.state == DocumentState.DRAFT:
        lines += [
            Line("red", "▲", f"没有填写：{each.name}", f"#{each.field_id}", "去填写")
            for each in facts
            if each.gap
        ]
        if missing := sorted(set(_required(document)) - {each.name for each in facts}):
            lines.append(Line("red", "▲", f"草稿早于现在的模板，缺少：{'、'.join(missing)}。请重新生成。"))
        if changes:
            named = "、".join(each.name for each in changes)
            lines.append(Line("red", "▲", f"事实已变：{named}。请重新生成，核对后再签发。"))
        if undrawable:
            lines.append(Line("red", "▲", f"没有字形、打印会缺字：{'、'.join(undrawable)}"))
        newest = version_in_force(document.template, document.agency_id, clock.today())
        if (newest.pk if newest else None) != document.layout_id:
            lines.append(Line("amb", "◆", "本文书的模板有了新的版本。重新生成后按新版制作。"))
        lines += _unsigned(document, signatures)
    elif changes:
        named = "、".join(each.name for each in changes)
        lines.append(Line("amb", "◆", f"签发以后，案件中的事实已变：{named}。"))
    return lines or [Line("grn", "✓", "没有发现问题")]


def _required(document: Document) -> list[str]:
    return [
        name
        for name, needed in needed_facts(document).items()
        if needed and FACTS[name].kind not in ("system", "sign")
    ]


def _unsigned(document: Document, signatures: Sequence[tuple[str, DocumentSignature, bool]]) -> list[Line]:
    valid = {row.role for _, row, holds in signatures if holds}
    lines = [
        Line("amb", "◆", f"{label}的签名是对改动以前的内容签的，须重新签名")
        for label, row, holds in signatures
        if not holds and row.role not in valid
    ]
    return lines + [
        Line("blu", "●", f"还没有签名：{label}", f"{_address(document)}/signature?role={role}", "去签名")
        for role, label in sign_roles(document)
        if role not in valid and role not in ("approver", "witness")
    ]


def _address(document: Document) -> str:
    return f"/cases/{document.matter_id}/docs/{document.pk}"


def sign_roles(document: Document) -> list[tuple[str, str]]:
    """The places to sign that the document's template has."""
    roles = [
        FACTS[name].source.partition(":")[2] for name in needed_facts(document) if FACTS[name].kind == "sign"
    ]
    return [(role, ROLES[role]) for role in dict.fromkeys(roles)]


def suggested_names(case: Any) -> list[str]:
    """Who is likely to sign: the party and the officers who handle the case."""
    numbers = current_officers(case)
    people = Person.objects.filter(certificate_number__in=numbers).values_list("display_name", flat=True)
    party = case.party
    names = [party.name, party.legal_representative] if party is not None else []
    return [name for name in dict.fromkeys([*names, *people]) if name]

"""Keeping templates: a Word file comes in, is checked and tried, published with a date, and can be taken back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.db.models import Max

from plumbline.packs.documents import DocumentTemplate
from plumbline.packs.penalty.documents import FACTS, INSTRUMENTS, TEMPLATES
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.kinds import MIB
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.printing.html_form import as_html
from plumbline.platform.printing.pdf_form import as_pdf
from plumbline.platform.printing.typesetting import TypesettingFault
from plumbline.platform.printing.word_checking import TemplateFault, checked_template

from .events import TEMPLATE_PUBLISHED, TEMPLATE_UPLOADED, TEMPLATE_WITHDRAWN
from .models import TemplateVersion, VersionState
from .policies import may_keep_templates, may_keep_version
from .sampling import sample

LARGEST = 5 * MIB
ALL_DOCUMENTS: dict[str, DocumentTemplate] = TEMPLATES | INSTRUMENTS


@action(
    "paperwork.upload_template",
    policy=may_keep_templates,
    on="agency_code",
    records=(TEMPLATE_UPLOADED,),
    basis="国办发〔2018〕118号（七）",
)
def upload_template(
    *, actor: Actor, agency_code: str, template: DocumentTemplate, name: str, data: bytes, note: str
) -> TemplateVersion:
    """Take a Word file as a new version, once nothing is wrong with it. It holds for nobody before it is published."""
    if not note.strip():
        raise InputFault({"note": "请写明改了什么，以后好查。"})
    facts = _checked(template, name, data)
    return _kept(
        actor, agency_code, template.code, name=name, sha256=keep([data]).sha256, facts=facts, note=note
    )


def _checked(template: DocumentTemplate, name: str, data: bytes) -> list[str]:
    try:
        found = check(name, len(data), io.BytesIO(data))
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    if "word" not in found.kind.content_type or len(data) > LARGEST:
        raise InputFault(
            {
                "file": f"“{found.name}”不是 5 MB 以内的 Word 文件（.docx），已拒收。请从 Word 或者 WPS 另存为 .docx。"
            }
        )
    known = {fact.name: fact.columns for fact in FACTS.values()}
    try:
        facts = checked_template(data, known=known, required=needed_in(template))
        _, sheet = sample(template, data)
        as_html(sheet)
        as_pdf(sheet, on=clock.today())
    except TemplateFault as fault:
        raise InputFault({str(n): sentence for n, sentence in enumerate(fault.faults)}) from None
    except (TypesettingFault, KeyError, ValueError):
        raise InputFault(
            {"file": "这个文件不能排版。请在 Word 里另存一份后上传；仍不行的，从现用模板重新改起。"}
        ) from None
    return facts


def needed_in(template: DocumentTemplate) -> list[str]:
    """What every version of a document must hold: its required facts, and of a document to a party number, day, proof."""
    own = ["制作机关", "成文日期", "验证二维码"]
    return [*template.required, *own, *(["文号"] if template.mark else [])]


def _kept(
    actor: Actor, agency_code: str, code: str, *, name: str, sha256: str, facts: list[str], note: str
) -> TemplateVersion:
    rows = TemplateVersion.objects.filter(code=code, agency=agency_code or None)
    version = TemplateVersion.objects.create(
        code=code,
        agency_id=agency_code or None,
        version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
        name=name[:120],
        sha256=sha256,
        facts=facts,
        note=note.strip()[:200],
        uploaded_by_id=actor.person_id,
        uploaded_label=actor.label,
    )
    _record(actor, version, TEMPLATE_UPLOADED)
    return version


@action(
    "paperwork.publish_template",
    policy=may_keep_version,
    on="version",
    records=(TEMPLATE_PUBLISHED,),
    basis="国办发〔2018〕118号（七）",
)
def publish_template(*, actor: Actor, version: TemplateVersion, valid_from: date) -> TemplateVersion:
    """Let a version hold from a day on. Documents already made keep theirs; a day gone by would rewrite the past."""
    if version.state != VersionState.DRAFT:
        raise Refusal(
            f"这一版已经是“{version.get_state_display()}”", next_step="要恢复旧版的，点“恢复这一版”。"
        )
    if valid_from < clock.today():
        raise InputFault({"valid_from": f"「施行日」不能早于今天（{clock.today()}）。"})
    version.state = VersionState.PUBLISHED
    version.valid_from = valid_from
    version.published_label = actor.label
    version.published_at = clock.now()
    version.save()
    _record(actor, version, TEMPLATE_PUBLISHED)
    return version


@action(
    "paperwork.restore_template",
    policy=may_keep_version,
    on="version",
    records=(TEMPLATE_UPLOADED, TEMPLATE_PUBLISHED),
    basis="国办发〔2018〕118号（七）",
)
def restore_template(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Publish an earlier version anew, from today: the same file as a new version, so that nothing is rewritten."""
    again = _kept(
        actor,
        version.agency_id or "",
        version.code,
        name=version.name,
        sha256=version.sha256,
        facts=version.facts,
        note=f"恢复第 {version.version} 版",
    )
    again.state = VersionState.PUBLISHED
    again.valid_from = clock.today()
    again.published_label = actor.label
    again.published_at = clock.now()
    again.save()
    _record(actor, again, TEMPLATE_PUBLISHED)
    return again


@action(
    "paperwork.withdraw_template",
    policy=may_keep_version,
    on="version",
    records=(TEMPLATE_WITHDRAWN,),
    basis="国办发〔2018〕118号（七）",
)
def withdraw_template(*, actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """Take a version away: what held before it holds again, in the end the district's own. Documents keep theirs."""
    if version.state == VersionState.WITHDRAWN:
        raise Refusal("这一版已经撤下")
    version.valid_from = version.valid_from or clock.today()
    version.state = VersionState.WITHDRAWN
    version.save()
    _record(actor, version, TEMPLATE_WITHDRAWN)
    return version


def _record(actor: Actor, version: TemplateVersion, activity: Any) -> None:
    record(
        actor=actor,
        matter=f"TEMPLATE-{version.code}",
        kind="register",
        activity=activity,
        agency=version.agency_id or actor.agency_code,
        data={"template": version.code, "version": version.version, "sha256": version.sha256},
    )

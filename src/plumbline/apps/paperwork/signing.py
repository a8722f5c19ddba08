"""Signatures on a document, and comments on a draft."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor

from .events import DOCUMENT_COMMENT_SETTLED, DOCUMENT_COMMENTED, DOCUMENT_HAND_SIGNED
from .fitting import kind_of
from .models import Document, DocumentComment, DocumentSignature, SignatureWay
from .policies import may_comment, may_edit, may_settle
from .rendering import content_hash

# Who signs, by the field of the template that shows it.
ROLES = {
    "party": "当事人（被检查人、被询问人）",
    "witness": "见证人",
    "officers": "执法人员（承办人）",
    "recorder": "记录人",
    "reviewer": "审核人",
    "approver": "审批人",
    "server": "送达人",
    "receiver": "收件人",
    "presider": "主持人",
}
LARGEST_DRAWN = 400_000
WIDEST = 900


@dataclass(frozen=True)
class Signed:
    """What was given on the signature page. ``picture`` is the drawn name or the photograph of the paper."""

    role: str
    name: str
    way: str
    opinion: str = ""
    reason: str = ""
    witnesses: Sequence[str] = ()
    picture: bytes = b""


@action(
    "paperwork.hand_sign",
    policy=may_edit,
    on="document",
    records=(DOCUMENT_HAND_SIGNED,),
    basis="行政处罚法第五十五条",
)
def hand_sign(*, actor: Actor, document: Document, given: Signed) -> DocumentSignature:
    """Put a signature, or the refusal of one, on a draft. It holds for the content as it stands now."""
    faults = _faults(document, given)
    if faults:
        raise InputFault(faults)
    refused = given.way == SignatureWay.REFUSED
    kept = keep([given.picture]).sha256 if given.picture and not refused else ""
    signature = DocumentSignature.objects.create(
        document=document,
        agency_id=document.agency_id,
        role=given.role,
        name=given.name.strip(),
        way=given.way,
        opinion="" if refused else given.opinion.strip(),
        reason=given.reason.strip() if refused else "",
        witnesses=[each.strip() for each in given.witnesses if each.strip()] if refused else [],
        sha256=kept,
        text_hash=content_hash(document),
        at=clock.now(),
        recorded_by_id=actor.person_id,
        recorded_label=actor.label,
    )
    # Names stay in the row; the log carries no personal data.
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind_of(document),
        activity=DOCUMENT_HAND_SIGNED,
        agency=document.agency_id,
        data={"document": document.pk, "role": given.role, "way": given.way, "sha256": kept},
    )
    return signature


def _faults(document: Document, given: Signed) -> dict[str, str]:
    faults: dict[str, str] = {}
    if given.role not in ROLES:
        faults["role"] = "请选择签名栏。"
    if not given.name.strip():
        faults["name"] = "请填写签名人（拒绝签名的，填写拒签人）的姓名。"
    if given.way not in SignatureWay.values:
        faults["way"] = "请选择签名方式。"
    if given.way == SignatureWay.DRAWN and not given.picture:
        faults["drawn"] = "签名框是空的。请当面签名，或者改选其他方式。"
    if given.way == SignatureWay.PAPER and not given.picture:
        faults["photo"] = "请选择纸质签名的照片。"
    if given.way == SignatureWay.REFUSED:
        if not given.reason.strip():
            faults["reason"] = "请写明拒绝签名的理由；没有说明理由的，写“未说明理由”。"
        names = {each.strip() for each in given.witnesses if each.strip()}
        if len(names) < 2:
            faults["witness1"] = "请填写两名不同的见证人。"
        elif given.name.strip() in names:
            faults["witness1"] = "拒签人不能作自己的见证人。"
    return faults


def drawn_picture(data: str) -> bytes:
    """The strokes from the page as a small grey picture; anything that is not a picture is refused."""
    if not data:
        return b""
    head, comma, code = data.partition(",")
    if not comma or head != "data:image/png;base64" or len(code) > LARGEST_DRAWN * 4 // 3:
        raise InputFault({"drawn": "签名没有传完整。请清除后重签。"})
    try:
        return _small(base64.b64decode(code, validate=True), crop=True)
    except (binascii.Error, UnidentifiedImageError, OSError, Image.DecompressionBombError):
        raise InputFault({"drawn": "签名没有传完整。请清除后重签。"}) from None


def paper_photo(upload: Any) -> bytes:
    """The photograph of a signed paper, as it came: it is kept as evidence and not changed."""
    if upload is None:
        return b""
    try:
        found = check(upload.name, upload.size, upload)
    except FileRefused as refused:
        raise InputFault({"photo": str(refused)}) from None
    if not found.kind.content_type.startswith("image/"):
        raise InputFault({"photo": "请上传照片（jpg、png、webp）。"})
    upload.seek(0)
    return bytes(upload.read())


def _small(data: bytes, *, crop: bool) -> bytes:
    with Image.open(io.BytesIO(data), formats=["PNG"]) as picture:
        grey = Image.new("L", picture.size, 255)
        grey.paste(picture.convert("L"), mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    if crop:
        ink = grey.point(lambda value: 255 if value < 200 else 0).getbbox()
        if ink is None:
            return b""
        left, top, right, bottom = ink
        grey = grey.crop((max(0, left - 8), max(0, top - 8), right + 8, bottom + 8))
    grey.thumbnail((WIDEST, WIDEST // 2))
    out = io.BytesIO()
    grey.save(out, "PNG", optimize=True)
    return out.getvalue()


@action(
    "paperwork.comment",
    policy=may_comment,
    on="document",
    records=(DOCUMENT_COMMENTED,),
    basis="行政处罚法第五十八条",
)
def comment(*, actor: Actor, document: Document, text: str, quote: str = "") -> DocumentComment:
    """Say what should be changed in a draft, and of which words."""
    if not text.strip():
        raise InputFault({"text": "请写明意见。"})
    row = DocumentComment.objects.create(
        document=document,
        agency_id=document.agency_id,
        quote=quote.strip()[:200],
        text=text.strip()[:500],
        by_id=actor.person_id,
        by_label=actor.label,
        at=clock.now(),
    )
    _record(actor, document, DOCUMENT_COMMENTED, row)
    return row


@action(
    "paperwork.settle_comment",
    policy=may_settle,
    on="comment",
    records=(DOCUMENT_COMMENT_SETTLED,),
    basis="行政处罚法第五十八条",
)
def settle_comment(*, actor: Actor, comment: DocumentComment) -> DocumentComment:
    """Mark a comment as dealt with; it stays to be read."""
    comment.settled_label = actor.label
    comment.settled_at = clock.now()
    comment.save(update_fields=["settled_label", "settled_at"])
    _record(actor, comment.document, DOCUMENT_COMMENT_SETTLED, comment)
    return comment


def _record(actor: Actor, document: Document, activity: Any, row: DocumentComment) -> None:
    record(
        actor=actor,
        matter=document.matter_id,
        kind=kind_of(document),
        activity=activity,
        agency=document.agency_id,
        data={"document": document.pk, "comment": row.pk},
    )

"""The public's side: a draft that waits under its code, and what is handed in once. Names are sealed on the way in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import orjson
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from plumbline.apps.publicity.contract import without_words
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.files.confined import Unreadable, redrawn
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..codes import hash_of, new_code
from ..events import COMPLAINT_SUPPLEMENTED
from ..models import Complaint, CustodyKey, Message, Photo, SealedIdentity, State
from ..policies import CUSTODY, may_supplement, may_tell, may_write
from ..sealing import for_a_while, read_for_a_while, seal

BASIS = "信访工作条例第二十三条"
PHOTOS: Final = 5
#: What is typed freely: the sender's name may stand in any of it.
WORDS: Final = ("text", "wish", "place", "happened", "reference")
PAGES: Final = {
    "kind": ("kind",),
    "where": ("concerned", "place", "happened", "reference"),
    "what": ("text",),
    "wish": ("wish",),
}


def handling_agency() -> Agency:
    """The district's supervision organ, which hears complaints."""
    found = Agency.objects.filter(kind="supervision_organ", level="district").order_by("code").first()
    if found is None:
        raise Refusal("本区还没有登记办理投诉举报的机关", next_step="请拨打区司法局公开电话反映。")
    return found


def custodians() -> dict[str, bytes]:
    """The public keys to which identities are sealed now, by number."""
    today = clock.today()
    in_office = Q(person__tenures__from_on__lte=today) & (
        Q(person__tenures__to_on=None) | Q(person__tenures__to_on__gte=today)
    )
    rows = CustodyKey.objects.filter(
        in_office,
        ended_at=None,
        person__is_active=True,
        person__tenures__post__capabilities__contains=[CUSTODY],
    )
    return {str(pk): bytes(public) for pk, public in rows.values_list("pk", "public").distinct()}


@action("complaints.begin", policy=may_tell, records=(), basis=BASIS)
def begin(*, actor: Actor) -> tuple[Complaint, str]:
    """A new draft, and the code under which its sender finds it again. The code is told once and not stored."""
    code = new_code()
    made = Complaint.objects.create(
        matter_id=f"TS-{clock.today():%Y}-{secrets.token_hex(4).upper()}",
        code_hash=hash_of(code),
        agency=handling_agency(),
    )
    return made, code


@action("complaints.save_page", policy=may_write, on="complaint", records=(), basis=BASIS)
def save_page(*, actor: Actor, complaint: Complaint, page: str, values: Mapping[str, Any]) -> None:
    """Keep the answers of one page of the draft."""
    names = PAGES[page]
    for name in names:
        setattr(complaint, name, values[name])
    complaint.save(update_fields=list(names))


@action(
    "complaints.keep_identity", policy=may_write, on="complaint", records=(), basis="信访工作条例第二十三条"
)
def keep_identity(*, actor: Actor, complaint: Complaint, name: str, contact: str) -> None:
    """Name and contact of the sender, or neither, while the draft is being written."""
    name, contact = name.strip(), contact.strip()
    if bool(name) != bool(contact):
        missing = "contact" if name else "name"
        raise InputFault({missing: "姓名和联系方式要一起填写；不愿留下的，两项都不填。"})
    if name and not custodians():
        raise Refusal(
            "目前没有人保管反映人的身份，不能留姓名",
            next_step="您可以不留姓名继续，办理情况凭查询码查看。",
        )
    complaint.named = bool(name)
    told = orjson.dumps({"name": name, "contact": contact}).decode() if name else ""
    complaint.own_words = for_a_while(told, f"draft {complaint.pk}") if told else ""
    complaint.save(update_fields=["named", "own_words"])


@action("complaints.add_photo", policy=may_write, on="complaint", records=(), basis=BASIS)
def add_photo(*, actor: Actor, complaint: Complaint, file: UploadedFile[Any]) -> Photo:
    """Take a photo in: what is handed on is drawn anew without place, time and device; the original is sealed.

    Where nobody keeps identities the original, which tells of its sender too, is not kept.
    """
    if complaint.photos.count() >= PHOTOS:
        raise InputFault({"file": f"最多上传 {PHOTOS} 张照片。请先删去一张。"})
    source = BytesIO(file.read())
    try:
        checked = check(file.name or "照片.jpg", source.getbuffer().nbytes, source)
        if not checked.kind.content_type.startswith("image/"):
            raise FileRefused(f"“{checked.name}”不是照片。请选择 JPG 或 PNG 图片。")
        source.seek(0)
        drawn = redrawn(source)
    except FileRefused as refused:
        raise InputFault({"file": str(refused)}) from None
    except Unreadable:
        raise InputFault({"file": f"“{file.name}”打不开，没有收下。请换一张照片。"}) from None
    keys = custodians()
    sealed = seal(source.getvalue(), keys) if keys else None
    original = orjson.dumps({"body": sealed.body, "keys": sealed.keys}) if sealed else None
    return Photo.objects.create(complaint=complaint, held=drawn, held_sealed=original)


@action("complaints.remove_photo", policy=may_write, on="complaint", records=(), basis=BASIS)
def remove_photo(*, actor: Actor, complaint: Complaint, photo: int) -> None:
    """Take a photo out of the draft."""
    complaint.photos.filter(pk=photo).delete()


def missing(complaint: Complaint) -> list[tuple[str, str]]:
    """What has to be answered before it can be handed in: the page, and what is missing on it."""
    asked = (
        ("kind", "反映哪一类事情", complaint.kind),
        ("where", "涉及的机关或者地点", complaint.concerned_id or complaint.place),
        ("what", "具体情况", complaint.text.strip()),
        ("who", "留不留姓名", complaint.named is not None),
    )
    return [(page, label) for page, label, answered in asked if not answered]


@action("complaints.hand_in", policy=may_write, on="complaint", records=("petition_received",), basis=BASIS)
def hand_in(*, actor: Actor, complaint: Complaint, at: datetime | None = None) -> Complaint:
    """Hand it in. The sender's name and numbers leave the text, and lie sealed with it as it was typed."""
    complaint.refresh_from_db(from_queryset=Complaint.objects.unscoped("提交").select_for_update())
    if complaint.state != State.DRAFT:
        raise Refusal("这份反映已经提交", next_step="请凭查询码查看办理情况。")
    if lacking := missing(complaint):
        raise InputFault({"": "还没有填写：" + "、".join(label for _, label in lacking) + "。"})
    if complaint.named:
        _seal_identity(complaint)
    for photo in complaint.photos.all():
        _to_the_store(photo)
    complaint.own_words = ""
    complaint.state, complaint.received_at = State.RECEIVED, at or clock.now()
    complaint.save()
    record(
        actor=actor,
        matter=complaint.matter_id,
        kind="petition",
        activity="petition_received",
        agency=complaint.agency_id,
        occurred_at=complaint.received_at,
        data={"route": "direct", "contact_clear": bool(complaint.named)},
    )
    return complaint


def _to_the_store(photo: Photo) -> None:
    photo.clean = keep([bytes(photo.held or b"")]).sha256
    photo.sealed = keep([bytes(photo.held_sealed)]).sha256 if photo.held_sealed else ""
    photo.held = photo.held_sealed = None
    photo.save()


def _seal_identity(complaint: Complaint) -> None:
    told = read_for_a_while(complaint.own_words, f"draft {complaint.pk}")
    if not told:
        raise InputFault({"": "您填写的姓名已经不能读取。请回到“姓名和联系方式”再填写一次。"})
    keys = custodians()
    if not keys:
        raise Refusal("目前没有人保管反映人的身份", next_step="您可以改为不留姓名提交，或者明天再来。")
    who = orjson.loads(told)
    typed = {name: getattr(complaint, name) for name in WORDS}
    sealed = seal(orjson.dumps({**who, **typed}), keys)
    SealedIdentity.objects.update_or_create(
        complaint=complaint, defaults={"body": sealed.body, "keys": sealed.keys}
    )
    words = [who["name"], *_numbers_in(who["contact"])]
    for name in WORDS:
        setattr(complaint, name, without_words(getattr(complaint, name), words, label="本人信息"))


def _numbers_in(contact: str) -> list[str]:
    """The contact as it was typed, and each of its parts that is long enough to point at somebody."""
    parts = [part for part in contact.replace("，", " ").replace("、", " ").split() if len(part) >= 5]
    return list(dict.fromkeys([contact, *parts]))


@action(
    "complaints.supplement",
    policy=may_supplement,
    on="complaint",
    records=(COMPLAINT_SUPPLEMENTED,),
    basis=BASIS,
)
def supplement(*, actor: Actor, complaint: Complaint, text: str) -> Message:
    """Add something to what was handed in, or answer a question."""
    if not text.strip():
        raise InputFault({"text": "请写下要补充的内容。"})
    added = Message.objects.create(complaint=complaint, from_sender=True, text=text.strip())
    record(
        actor=actor,
        matter=complaint.matter_id,
        kind="petition",
        activity=COMPLAINT_SUPPLEMENTED,
        agency=complaint.agency_id,
        data={"message": added.pk},
    )
    return added

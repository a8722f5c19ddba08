"""Keeping identities: a custodian says yes, for one person, with a reason; each look is kept."""

from __future__ import annotations

from datetime import timedelta

import orjson

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.access import keep_access
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from ..events import CUSTODY_KEY_ENDED, CUSTODY_KEY_MADE, IDENTITY_READ, OPENING_ASKED, OPENING_DECIDED
from ..keeping import READING_HOURS
from ..models import Complaint, CustodyKey, Opening
from ..policies import may_ask_opening, may_decide_opening, may_keep_identities, may_read_identity
from ..sealing import Sealed, WrongPassphrase, for_a_while, make_key, read_for_a_while, unseal
from .telling import handling_agency

BASIS = "个人信息保护法第五十一条"
SHORTEST = 12


@action("complaints.make_custody_key", policy=may_keep_identities, records=(CUSTODY_KEY_MADE,), basis=BASIS)
def make_custody_key(*, actor: Actor, passphrase: str, again: str) -> CustodyKey:
    """A key of one's own; an earlier one seals nothing new, and still opens what was sealed to it."""
    if len(passphrase) < SHORTEST:
        raise InputFault({"passphrase": f"口令至少 {SHORTEST} 个字符。请用一句只有自己知道的话。"})
    if passphrase != again:
        raise InputFault({"again": "两次输入的口令不一样。"})
    CustodyKey.objects.filter(person_id=actor.own_id, ended_at=None).update(ended_at=clock.now())
    public, private = make_key(passphrase)
    made = CustodyKey.objects.create(person_id=actor.own_id, public=public, private=private)
    _record(actor, f"BG-{made.pk}", CUSTODY_KEY_MADE, {"key": made.pk})
    return made


@action("complaints.end_key", policy=may_keep_identities, records=(CUSTODY_KEY_ENDED,), basis=BASIS)
def end_key(*, actor: Actor) -> None:
    """Stop sealing to one's own key. With no key left in the house, names are not taken any more."""
    key = CustodyKey.objects.filter(person_id=actor.own_id, ended_at=None).first()
    if key is None:
        raise Refusal("您没有在用的密钥")
    key.ended_at = clock.now()
    key.save(update_fields=["ended_at"])
    _record(actor, f"BG-{key.pk}", CUSTODY_KEY_ENDED, {"key": key.pk})


@action(
    "complaints.ask_opening", policy=may_ask_opening, on="complaint", records=(OPENING_ASKED,), basis=BASIS
)
def ask_opening(*, actor: Actor, complaint: Complaint, reason: str) -> Opening:
    """Ask the custodians to open an identity for oneself."""
    if len(reason.strip()) < 10:
        raise InputFault({"reason": "请写明为什么不知道身份就不能办理。理由会一并保存。"})
    made = Opening.objects.create(
        complaint=complaint, asked_by_id=actor.own_id, asked_label=actor.label, reason=reason.strip()
    )
    _record(actor, complaint.matter_id, OPENING_ASKED, {"opening": made.pk}, kind="petition")
    return made


@action(
    "complaints.decide_opening",
    policy=may_decide_opening,
    on="opening",
    records=(OPENING_DECIDED,),
    basis=BASIS,
)
def decide_opening(
    *, actor: Actor, opening: Opening, granted: bool, answer: str = "", passphrase: str = ""
) -> Opening:
    """Say yes with the passphrase, or no with a reason. Yes opens it to the one who asked, for a day."""
    opening.refresh_from_db(from_queryset=Opening.objects.select_for_update())
    if opening.granted is not None:
        raise Refusal("这份申请已经答复")
    if granted:
        told = _opened(actor, opening, passphrase)
        opening.readable = for_a_while(told, f"opening {opening.pk} {opening.asked_by_id}")
        opening.readable_until = clock.now() + timedelta(hours=READING_HOURS)
    elif not answer.strip():
        raise InputFault({"answer": "请写明不同意的理由。"})
    opening.granted, opening.answer = granted, answer.strip()
    opening.decided_by_id, opening.decided_label, opening.decided_at = (
        actor.person_id,
        actor.label,
        clock.now(),
    )
    opening.save()
    _record(
        actor,
        opening.complaint.matter_id,
        OPENING_DECIDED,
        {"opening": opening.pk, "granted": granted},
        kind="petition",
    )
    return opening


def _opened(actor: Actor, opening: Opening, passphrase: str) -> str:
    identity = opening.complaint.identity
    sealed = Sealed(identity.body, identity.keys)
    own = CustodyKey.objects.filter(person_id=actor.own_id, pk__in=[int(each) for each in sealed.keys])
    if not own:
        raise Refusal(
            "这份身份不是用您的密钥封存的", next_step="请由封存时在任的保管人答复，或者由接任人查明移交情况。"
        )
    for key in own:
        try:
            return unseal(sealed, number=str(key.pk), private=key.private, passphrase=passphrase).decode()
        except WrongPassphrase:
            continue
    raise InputFault({"passphrase": "口令不对。口令只有您自己知道，系统不能找回。"})


@action(
    "complaints.read_identity", policy=may_read_identity, on="opening", records=(IDENTITY_READ,), basis=BASIS
)
def read_identity(*, actor: Actor, opening: Opening) -> dict[str, str]:
    """Name, contact and the words as typed, to the one who asked; the look is kept before anything is shown."""
    told = read_for_a_while(opening.readable, f"opening {opening.pk} {opening.asked_by_id}")
    if not told or opening.readable_until is None or opening.readable_until < clock.now():
        raise Refusal("查看时间已过，身份已经重新封存", next_step="确需再看的，请重新申请。")
    opening.read = [*opening.read, {"at": clock.as_instant(clock.now()), "by": actor.label}]
    opening.save(update_fields=["read"])
    keep_access(
        actor=actor,
        kind="read",
        action="complaints.read_identity",
        subject=opening.complaint.matter_id,
        reason=opening.reason,
    )
    _record(actor, opening.complaint.matter_id, IDENTITY_READ, {"opening": opening.pk}, kind="petition")
    found: dict[str, str] = orjson.loads(told)
    return found


def _record(
    actor: Actor, matter: str, activity: str, data: dict[str, object], *, kind: str = "register"
) -> None:
    record(
        actor=actor,
        matter=matter,
        kind=kind,
        activity=activity,
        agency=handling_agency().pk,
        data=data,
    )

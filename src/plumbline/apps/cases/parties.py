"""Parties: one row for one person across the district, found again by its official number."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from plumbline.apps.targets.contract import born_on, check_credit_code, check_identity
from plumbline.platform import clock
from plumbline.platform.actions import InputFault

from .models import Case, Party, PartyKind


@dataclass(frozen=True)
class NewParty:
    """What is known of the party when a case is opened. Numbers are checked, never guessed."""

    kind: str
    name: str
    identity_number: str = ""
    credit_code: str = ""
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    birth_on: date | None = None


def party_for(new: NewParty) -> Party:
    """The party's row: the one with the same official number, brought up to date, or a new one with a fresh pseudonym."""
    faults: dict[str, str] = {}
    if new.kind not in PartyKind.values:
        faults["party_kind"] = "请选择当事人类别。"
    if not new.name.strip():
        faults["party_name"] = "请填写当事人姓名或名称。"
    identity, credit = new.identity_number.strip(), new.credit_code.strip()
    if identity:
        checked = check_identity(identity, on=clock.today())
        identity = checked.number
        if checked.fault:
            faults["identity_number"] = f"身份证号校验不通过：{checked.fault_zh}。请核对十八位号码。"
    if credit:
        checked = check_credit_code(credit)
        credit = checked.number
        if checked.fault:
            faults["credit_code"] = f"统一社会信用代码校验不通过：{checked.fault_zh}。请核对十八位代码。"
    if faults:
        raise InputFault(faults)
    known = None
    if credit:
        known = Party.objects.filter(credit_code=credit).first()
    elif identity:
        known = Party.objects.filter(identity_number=identity).first()
    party = known or Party(pseudonym=f"PTY-{uuid.uuid4().hex[:16]}")
    for name, value in asdict(new).items():
        if value or not known:
            setattr(party, name, value.strip() if isinstance(value, str) else value)
    party.identity_number, party.credit_code = identity, credit
    if identity:
        party.birth_on = born_on(identity)
    party.save()
    return party


def stated_party(party: Party, act_on: date | None) -> dict[str, object]:
    """The party as events name it: pseudonym, kind, and for a natural person the age when the act was done."""
    stated: dict[str, object] = {"id": party.pseudonym, "kind": party.kind}
    if party.kind == PartyKind.NATURAL_PERSON and party.birth_on and act_on:
        had_birthday = (act_on.month, act_on.day) >= (
            party.birth_on.month,
            party.birth_on.day,
        )
        stated["age_at_act"] = act_on.year - party.birth_on.year - (0 if had_birthday else 1)
    return stated


def shown_name(case: Case) -> str:
    """The party's name for lists: a natural person's given name is hidden."""
    party = case.party
    return shown_in_lists(party.kind, party.name) if party is not None else shown_in_lists(None, None)


def shown_in_lists(kind: str | None, name: str | None) -> str:
    """The same of a party's kind and name; both None where a case has no party yet."""
    if kind is None:
        return "当事人待查"
    if not name:
        return str(Party(kind=kind))
    return mask_name(name) if kind == PartyKind.NATURAL_PERSON else name


def mask_name(name: str) -> str:
    """张某某: the family name stays, each further character becomes 某."""
    return name[:1] + "某" * max(1, min(len(name) - 1, 2))


def mask_number(number: str) -> str:
    """The first four and last two characters of a number, the middle hidden."""
    if not number:
        return ""
    return f"{number[:4]}{'*' * max(0, len(number) - 6)}{number[-2:]}"

"""An on-the-spot penalty that was decided and handed over without a network. The server's rules have the last word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import NewParty, SpotPenalty, penalise_on_spot
from plumbline.apps.paperwork.contract import issue, use_number
from plumbline.packs.penalty.documents.remedies import reconsideration_told
from plumbline.platform.actions import InputFault
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..models import FieldRecord
from .outcome import Outcome
from .second import demand_second

DECISION, MARK, TITLE = "D31", "当罚", "当场行政处罚决定书"


def take_spot_penalty(actor: Actor, row: FieldRecord, occurred: datetime) -> Outcome:
    demand_second(row)
    body = row.record["body"]
    _demand_paper(body)
    used = use_number(number=body["number"], holder=str(row.device_id))
    prefix = f"FD-{row.pk.hex}"
    case = penalise_on_spot(
        actor=actor,
        penalty=penalty_of(body, first=actor.number),
        occurred_at=occurred,
        agency_code=row.agency_id,
        matter_id=f"{row.agency_id}-{occurred.year}-{row.pk.hex[:10]}",
        event_prefix=prefix,
    )
    issue(
        actor=actor,
        agency=Agency.objects.get(code=row.agency_id),
        matter_id=case.matter_id,
        title=TITLE,
        mark=MARK,
        template=DECISION,
        facts=[{"label": each["label"], "text": each["text"], "gap": ""} for each in body["paper"]],
        kind="penalty",
        on=occurred.date(),
        number=used.number,
        event_id=f"{prefix}-decision_made",
    )
    return Outcome(
        case.matter_id, f"当场处罚已登记，案号 {case.number}，决定书 {used.number}。下一步：报所属机关备案。"
    )


def penalty_of(body: dict[str, Any], *, first: str) -> SpotPenalty:
    party = body["party"]
    return SpotPenalty(
        title=body["title"],
        item=body["item"],
        place=body["place"],
        party=NewParty(
            kind=party["kind"],
            name=party["name"],
            identity_number=party.get("identity_number", ""),
            credit_code=party.get("credit_code", ""),
            legal_representative=party.get("legal_representative", ""),
            address=party.get("address", ""),
            phone=party.get("phone", ""),
            birth_on=date.fromisoformat(party["birth_on"]) if party.get("birth_on") else None,
        ),
        officers=[first, body["second"]["number"]],
        facts=body["facts"],
        kinds=body["kinds"],
        fine=body.get("fine"),
        told=body["told"],
        id_shown=body["id_shown"],
        numbered_form=True,
        delivered=body["delivered"],
        reconsideration_first_told=body["reconsideration_first_told"],
        reconsideration_told=reconsideration_told("\n".join(each["text"] for each in body["paper"])),
        correction_ordered=body["correction_ordered"],
        leniency=body.get("leniency", ""),
        statement=body.get("statement", ""),
        statement_sound=body.get("statement_sound", False),
        statement_adopted=body.get("statement_adopted", False),
        collected_ground=body.get("collected_ground", ""),
        collected_receipt=body.get("collected_receipt", ""),
        collected_number=body.get("collected_number", ""),
        party_requested=body.get("party_requested", False),
    )


def _demand_paper(body: dict[str, Any]) -> None:
    """The paper that the party holds must say what the record says: its text is kept as it was handed over."""
    text = "\n".join(each["text"] for each in body["paper"])
    wanted = {"当事人": body["party"]["name"], "违法事实": body["facts"]}
    if "fine" in body["kinds"] and body.get("fine") is not None:
        wanted["罚款数额"] = yuan_of(body["fine"])
    lacking = [name for name, words in wanted.items() if words.strip() not in text]
    if lacking:
        raise InputFault(
            {"paper": f"交给当事人的决定书与所填内容不一致：{'、'.join(lacking)}。请重新制作决定书。"}
        )


def yuan_of(fen: int) -> str:
    """An amount as the paper says it: 「200 元」, 「12.50 元」."""
    whole, cents = divmod(fen, 100)
    return f"{whole}.{cents:02d} 元" if cents else f"{whole} 元"

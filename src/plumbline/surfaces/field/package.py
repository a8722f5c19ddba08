"""The work package: what one officer needs for a day without a network, and nothing of other people's matters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import segno

from plumbline.apps.agencies.contract import STATE_ZH, certificate_of, holders_of, valid_certificates
from plumbline.apps.cases.contract import case_rows, items_of, shown_name
from plumbline.apps.inspections.contract import (
    InspectionItem,
    Target,
    days_since,
    items_in_force,
    last_visits,
    planned_for,
    targets_around,
)
from plumbline.apps.paperwork.contract import remedy_on_spot, reserve_numbers
from plumbline.packs.penalty.documents import TEMPLATES
from plumbline.packs.penalty.documents.wording import PAY
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import RegisterRevision
from plumbline.vocabulary import load_vocabulary

from .kinds.second import signed_content
from .kinds.spot_penalty import DECISION, MARK
from .limits import spot_limits
from .models import Device, FieldRecord, RecordState
from .signing import digest_of
from .summary import summary_of

HOURS = 20  # a package of the morning serves until late in the evening
NUMBERS = 8  # decisions that a phone can number before it has to be on line again
WORDS = ("inspection_cause", "leniency", "spot_ground", "fine_receipt")


def work_package(*, actor: Actor, device: Device, public_address: str) -> dict[str, Any]:
    """Everything for the phone, with the hash of the content. ``public_address`` begins the QR code of the certificate."""
    now, today = clock.now(), clock.today()
    agency = Agency.objects.get(code=device.agency_id)
    planned = planned_for(actor, today)
    around = list(targets_around(agency.division_code))
    named = {each.target_id: each.target for each in planned} | {each.pk: each for each in around}
    content: dict[str, Any] = {
        "made_at": clock.as_instant(now.replace(microsecond=0)),
        "expires_at": clock.as_instant((now + timedelta(hours=HOURS)).replace(microsecond=0)),
        "registers": RegisterRevision.objects.values_list("number", flat=True).first() or 0,
        "person": {"number": actor.number, "name": actor.label},
        "agency": {
            "code": agency.code, "name": agency.name, "short_name": agency.short_name,
        },
        "certificate": _certificate(actor.number, today, public_address),
        "colleagues": _colleagues(agency.code, actor.number, today),
        "tasks": [
            {
                "matter": each.matter_id, "version": each.version, "item": each.item_id, "target": each.target.credit_code,
                "cause": each.cause, "planned_on": each.planned_on.isoformat(),
                "officers": list(each.officers),
            }
            for each in planned
        ],
        "items": [_item(each) for each in items_in_force(agency.code, today).prefetch_related("points")],
        "targets": _targets(agency.code, named),
        "cases": _cases(actor),
        "powers": [_power(row, today) for row in items_of(agency.code, today)],
        "to_confirm": _to_confirm(actor),
        "numbers": reserve_numbers(actor=actor, agency=agency, mark=MARK, holder=str(device.pk), keep=NUMBERS),
        "words": {name: dict(load_vocabulary().enums[name]) for name in WORDS},
        "templates": {DECISION: _template()},
    }  # fmt: skip
    return {"sha256": digest_of(content), "content": content}


def _certificate(number: str, today: date, address: str) -> dict[str, Any]:
    row = certificate_of(number)
    if row is None:
        return {}
    state = row.state_on(today)
    url = f"{address}/open/officers/{number}"
    return {
        "number": row.number, "name": row.name, "agency": row.agency.name, "area": row.area,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
        "state": state, "state_zh": STATE_ZH[state], "url": url,
        "qr": segno.make_qr(url, error="m").svg_data_uri(scale=6, border=2),
    }  # fmt: skip


def _colleagues(agency: str, me: str, today: date) -> list[dict[str, str]]:
    rows = [
        row
        for row in valid_certificates(agency, today)
        if row.state_on(today) == "valid" and row.number != me
    ]
    names = holders_of(row.number for row in rows)
    return [{"number": row.number, "name": names.get(row.number, "")} for row in rows]


def _item(row: InspectionItem) -> dict[str, Any]:
    return {
        "id": row.pk, "code": row.code, "name": row.name, "repeat_days": row.repeat_days or 0,
        "basis": "；".join(f"{each['law']}{each['article']}" for each in row.basis),
        "points": [
            {"id": p.pk, "text": p.text, "basis": p.basis, "photo_basis": p.photo_basis, "power": p.power}
            for p in row.points.all()
        ],
    }  # fmt: skip


def _targets(agency: str, named: dict[int, Target]) -> list[dict[str, Any]]:
    last = last_visits(agency, list(named))
    return [
        {
            "code": each.credit_code, "name": each.name, "kind": each.party_kind, "trade": each.trade,
            "address": each.address, "legal_representative": each.legal_representative,
            "last_on": last[pk].astimezone(clock.CHINA).date().isoformat() if pk in last else "",
            "days": days_since(last[pk]) if pk in last else -1,
        }
        for pk, each in named.items()
    ]  # fmt: skip


def _cases(actor: Actor) -> list[dict[str, str]]:
    """The heads of the officer's own open cases, the party's name masked as in lists."""
    rows = case_rows(actor).filter(officers__number=actor.number, officers__to_on=None, closed_on=None)
    return [
        {
            "matter": case.matter_id, "number": case.number, "title": case.title, "party": shown_name(case),
            "stage": case.get_stage_display(), "due_on": case.due_on.isoformat() if case.due_on else "",
        }
        for case in rows.order_by("due_on", "-opened_on")[:50]
    ]  # fmt: skip


def _to_confirm(actor: Actor) -> list[dict[str, Any]]:
    """Colleagues' records that wait for this officer's confirmation as second officer, in a few words each."""
    rows = FieldRecord.objects.unscoped("待本人确认").filter(
        state=RecordState.HELD, waits="cosign", record__body__second__number=actor.number
    )
    return [
        {
            "record": str(row.pk), "digest": signed_content(row.record), "kind": row.kind,
            "by": row.person.display_name, "captured_at": clock.as_instant(row.captured_at),
            "lines": summary_of(row.record),
        }
        for row in rows.select_related("person").order_by("received_at")[:30]
    ]  # fmt: skip


def _power(row: Any, today: date) -> dict[str, Any]:
    return {
        "item": row["item"], "violation": row.get("violation", ""), "domain": row["domain"],
        "basis": [f"《{each['law']}》{each['article']}" for each in row["basis"]],
        "kinds": list(row.get("kinds") or []),
        "ranges": [dict(each) for each in row.get("ranges") or []],
        "limits": spot_limits(row["domain"], today),
    }  # fmt: skip


def _template() -> dict[str, Any]:
    form = TEMPLATES[DECISION]
    return {
        "title": form.title,
        "basis": form.basis,
        "remedy": remedy_on_spot(),
        "pay": PAY,
        "closing": list(form.closing),
    }

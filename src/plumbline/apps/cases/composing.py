"""From what was typed for a step to the event that it records: fixed values, fresh numbers, case facts, actors."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.packs.procedures import Step
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.events.log import contract_form, new_event_id
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import load_vocabulary, validate_event

from .parties import stated_party
from .reading import CaseFile, MatterFile

APPROVER_ROLES = ("agency_head", "principal_head")


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Set a dotted path in nested dictionaries."""
    *parents, leaf = path.split(".")
    for name in parents:
        data = data.setdefault(name, {})
    data[leaf] = value


def get(data: Mapping[str, Any], path: str) -> Any:
    """Read a dotted path; None when any part is not there."""
    found: Any = data
    for name in path.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return found


def fact(file: MatterFile, name: str, on: date) -> Any:
    """A fact of the case that a step takes over (``=basis``); None when the case does not state it."""
    head, _, rest = name.partition(".")
    if head in {"item", "domain", "party", "violation"}:
        found = file.attribute(head)
        if found is None and head == "party" and file.case.party is not None:
            found = stated_party(file.case.party, None)
        if found is None and head in {"item", "domain"}:
            found = {"item": file.case.item_code, "domain": file.case.domain}[head] or None
        return get(found, rest) if rest and isinstance(found, Mapping) else found
    row = file.power_item(on) if isinstance(file, CaseFile) else None
    if row is None:
        return None
    return {"basis": list(row["basis"]), "applied_version": row["valid_from"]}[head]


def step_data(step: Step, file: MatterFile, data: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The event's fields: what the step stands for, what the case knows, fresh numbers, and what was typed."""
    composed: dict[str, Any] = {}
    for path, value in step.fixed.items():
        taken = fact(file, value[1:], on) if isinstance(value, str) and value.startswith("=") else value
        if taken is not None:
            put(composed, path, taken)
    for path, prefix in step.numbers.items():
        put(composed, path, f"{prefix}-{uuid.uuid4().hex[:8]}")
    return _merged(composed, data)


def _merged(base: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for name, value in over.items():
        kept = result.get(name)
        result[name] = (
            _merged(kept, value) if isinstance(kept, dict) and isinstance(value, Mapping) else value
        )
    return result


def step_actors(
    step: Step, file: MatterFile, actor: Actor, details: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Who stands in the event, by number and role."""
    if step.actors == "approver":
        role = actor.role_for("cases.approve", file.case.agency_id)
        return [
            {
                "id": actor.number,
                "role": role if role in APPROVER_ROLES else "agency_head",
            }
        ]
    if step.actors == "self":
        return [{"id": actor.number, "role": actor.role_for(step.capability, file.case.agency_id)}]
    if step.actors == "reviewer":
        return [{"id": actor.number, "role": "legal_reviewer"}]
    if step.actors == "presider":
        return [{"id": details["presider"], "role": "hearing_presider"}]
    numbers = details.get("officers") or current_officers(file) or [actor.number]
    return [{"id": number, "role": "officer"} for number in numbers]


def current_officers(file: MatterFile) -> list[str]:
    """Certificate numbers of the officers who handle the case now."""
    rows = file.case.officers.all()
    return [row.number for row in rows if row.to_on is None]


def compose(
    step: Step,
    file: MatterFile,
    *,
    actor: Actor,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: date | datetime,
) -> dict[str, Any]:
    """The candidate event of a step, refused as an input fault where the contract does not accept it."""
    on = occurred.date() if isinstance(occurred, datetime) else occurred
    _demand_details(step, file, details)
    stated = step_data(step, file, data, on)
    stated |= {name: details[name] for name in step.states if details.get(name) not in (None, "", [])}
    document = contract_form(
        event_id=new_event_id(),
        matter=file.case.matter_id,
        kind=file.kind,
        activity=step.activity,
        occurred_at=occurred,
        agency=file.case.agency_id,
        data=stated,
        actors=step_actors(step, file, actor, details),
        recorded_at=clock.now(),
    )
    # What an app declares beside the contract has no fields there; its details are all that is asked.
    errors = validate_event(load_vocabulary(), document, 1) if in_contract(step.activity) else []
    if errors:
        raise InputFault(
            {
                (e.field or "").removeprefix("data."): _at_the_field(e.message_zh, e.field or "")
                for e in errors
            }
        )
    return document


def in_contract(activity: str) -> bool:
    """Whether the event contract has the activity, or an app has declared it for itself."""
    return activity in load_vocabulary().activities


def _at_the_field(message: str, path: str) -> str:
    """The contract's sentence without the line and path of a batch: on a form it stands at its field."""
    said = message.removeprefix("第1行：").removeprefix(path).strip()
    return f"填写的内容{said.split('，收到')[0]}。" if path and said != message else message


def _demand_details(step: Step, file: MatterFile, details: Mapping[str, Any]) -> None:
    faults = {
        ask.path: f"请填写“{ask.label}”。"
        for ask in step.asks
        if ask.is_detail and ask.required and details.get(ask.path[1:]) in (None, "", []) and not ask.when
        if not ask.given or file.happened(ask.given)
    }
    two = [ask for ask in step.asks if ask.kind == "officers"]
    if two and not faults and len(set(details.get("officers", ()))) < 2:
        faults[two[0].path] = "执法人员不得少于两人（行政处罚法第四十二条）。请再选一人。"
    if faults:
        raise InputFault(faults)

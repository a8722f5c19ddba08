"""An officer's changes to a case file before it is archived; each is kept in the log, and none is possible afterwards."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .events import FILE_ARRANGED
from .models import AUXILIARY, MAIN, Arrangement
from .parts import Part, gather, sealed_keys
from .policies import may_arrange

BASIS = "行政处罚法第四十七条；案卷归档的规定"


@action("casefile.arrange", policy=may_arrange, on="case", records=(FILE_ARRANGED,), basis=BASIS)
def arrange(*, actor: Actor, case: Any, key: str, do: str, reason: str = "") -> None:
    """Change the place of one part: ``up``, ``down``, ``main``, ``aux``, ``out`` with a reason, or ``in``."""
    _demand_open(case)
    gathered = gather(case)
    part = next((each for each in gathered.parts if each.key == key), None)
    if part is None:
        raise InputFault({"": "案卷里没有这份材料。请刷新后重试。"})
    row = _row(case)
    if do in {"up", "down"}:
        _move(
            row,
            [each for each in gathered.parts if each.volume == part.volume],
            part,
            -1 if do == "up" else 1,
        )
    elif do in {MAIN, AUXILIARY}:
        row.moved = {**row.moved, key: do}
        row.order = {volume: [each for each in keys if each != key] for volume, keys in row.order.items()}
    elif do == "out":
        if not reason.strip():
            raise InputFault({"reason": "请写明不入卷的理由，备考表上会列出。"})
        row.left_out = {
            **row.left_out,
            key: {"reason": reason.strip()[:200], "by": actor.label, "title": part.title},
        }
    elif do == "in":
        row.left_out = {name: why for name, why in row.left_out.items() if name != key}
    else:
        raise InputFault({"": "没有这种调整。请刷新后重试。"})
    row.save()
    _tell(actor, case, {"part": key, "do": do})


@action("casefile.note", policy=may_arrange, on="case", records=(FILE_ARRANGED,), basis=BASIS)
def write_note(*, actor: Actor, case: Any, note: str) -> None:
    """Keep what the closing sheet (备考表) says of the state of the file."""
    _demand_open(case)
    row = _row(case)
    row.note = note.strip()[:500]
    row.save(update_fields=["note"])
    _tell(actor, case, {"do": "note"})


def _demand_open(case: Any) -> None:
    if sealed_keys(case):
        raise Refusal(
            "案卷已经归档定稿，不能再调整", basis=BASIS, next_step="归档以后形成的材料，列入补充卷。"
        )


def _row(case: Any) -> Arrangement:
    rows = Arrangement.objects.unscoped("编排")
    rows.get_or_create(case=case, defaults={"agency_id": case.agency_id})
    # Two officers who arrange at the same time: one after the other.
    return rows.select_for_update().get(case=case)


def _move(row: Arrangement, parts: list[Part], part: Part, by: int) -> None:
    keys = [each.key for each in parts]
    at = keys.index(part.key)
    to = at + by
    if 0 <= to < len(keys):
        keys[at], keys[to] = keys[to], keys[at]
    row.order = {**row.order, part.volume: keys}


def _tell(actor: Actor, case: Any, data: dict[str, Any]) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=FILE_ARRANGED,
        agency=case.agency_id,
        data=data,
    )

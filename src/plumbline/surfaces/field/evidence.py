"""The photos of a penalty on the spot as evidence of its case, when they have arrived and the record was taken in."""

from __future__ import annotations

from datetime import datetime

from plumbline.apps.cases.contract import case_behind
from plumbline.apps.evidence.contract import FieldFind, FieldPhoto, take_in_from_field
from plumbline.platform.identity.actor import Actor

from .models import FieldRecord, RecordState


def take_in_photos(actor: Actor, row: FieldRecord, occurred: datetime) -> None:
    """Those that are in the store; called again when more of them arrive. ``occurred`` is the instant of the decision."""
    if row.kind != "spot_penalty" or row.state != RecordState.ACCEPTED or not row.matter_id:
        return
    case = case_behind(row.matter_id)
    arrived = {each.sha256: each for each in row.files.filter(purpose="photo").exclude(arrived_at=None)}
    if case is None or not arrived:
        return
    body, moved = row.record["body"], occurred - row.captured_at
    photos = [
        FieldPhoto(
            each["sha256"],
            arrived[each["sha256"]].content_type,
            datetime.fromisoformat(each["taken_at"]) + moved if each.get("taken_at") else None,
        )
        for each in row.record["files"]
        if each["sha256"] in arrived
    ]
    geo = body.get("geo")
    take_in_from_field(
        actor=actor,
        case=case,
        found=FieldFind(
            key=f"FD-{row.pk.hex}",
            title="现场照片",
            proves=body["facts"],
            origin=f"当场处罚时由执法人员用手机拍摄，现场记录回执 {row.receipt}",
            officers=[actor.number, body["second"]["number"]],
            device=str(row.device),
            on=occurred,
            at=min((each.taken_at for each in photos if each.taken_at), default=occurred),
            place=body["place"],
            located=(geo["latitude_e6"], geo["longitude_e6"], geo["accuracy_m"]) if geo else None,
            photos=photos,
        ),
    )

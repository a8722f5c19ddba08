"""The photos of a visit, by check point, as the evidence of a case takes them in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from plumbline.apps.evidence.contract import FieldFind, FieldPhoto
from plumbline.platform import clock

from .models import Answer, Inspection, Purpose


def photos_of(inspection: Inspection, *, on: date) -> Iterator[FieldFind]:
    """One group for each check point that was photographed, and one for photos of the whole visit.

    ``on`` is the day on which the case is told of them. Signatures and signed papers are no evidence of the facts.
    """
    files = (
        inspection.files.filter(purpose=Purpose.PHOTO).select_related("point").order_by("point__place", "pk")
    )
    notes = {each.point_id: each for each in Answer.objects.filter(inspection=inspection)}
    spot = inspection.latitude_e6, inspection.longitude_e6, inspection.accuracy_m
    lat, lon, radius = spot
    located = None if lat is None or lon is None else (lat, lon, radius or 0)
    for pk, group in groupby(files, key=lambda each: each.point_id):
        shots = list(group)
        point = shots[0].point
        answer = notes.get(pk)
        taken = [each.taken_at for each in shots if each.taken_at is not None]
        device = next((each.device for each in shots if each.device), "") or "现场手机"
        about = f"{point.text}：{answer.get_answer_display()}" if point and answer else "现场检查情况"
        yield FieldFind(
            key=f"{inspection.matter_id}-{pk or 0}",
            title=f"现场照片：{point.text}" if point else "现场照片",
            proves=f"{about}{f'，{answer.note}' if answer and answer.note else ''}",
            origin=f"现场检查 {inspection.matter_id} 中由检查人员用手机拍摄",
            officers=inspection.officers,
            device=device,
            on=on,
            at=min(taken, default=inspection.ended_at or clock.now()),
            place=inspection.target.address,
            located=located,
            photos=[FieldPhoto(each.sha256, each.content_type, each.taken_at) for each in shots],
        )

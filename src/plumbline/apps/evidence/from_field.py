"""Photos that a phone brought in become items of evidence: by reference to the kept originals, nothing sent again.

A group of photos (of one check point, of one decision on the spot) is one item. Photos that arrive later join it, each
time with a further link of the chain of custody.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import append_to_case, is_archived
from plumbline.platform import clock
from plumbline.platform.files.intake import check
from plumbline.platform.files.store import open_kept, size_of
from plumbline.platform.identity.actor import Actor

from .custody import add_link
from .models import CustodyKind, Evidence, EvidenceFile

KIND, SOURCE = "audiovisual", "officers"


@dataclass(frozen=True)
class FieldPhoto:
    """A photo in the store under its hash. ``taken_at`` is the phone's clock, set right where it was known to be wrong."""

    sha256: str
    content_type: str
    taken_at: datetime | None = None


@dataclass(frozen=True)
class FieldFind:
    """Photos that belong together. ``key`` names the group for good: the same photos brought again change nothing.

    ``on`` is when the case is told that they were collected, ``at`` when they were taken. ``located`` is where the phone
    was when the officer pressed: millionths of a degree of latitude and longitude, and the radius in metres.
    """

    key: str
    title: str
    proves: str
    origin: str
    officers: Sequence[str]
    device: str
    on: date | datetime
    at: datetime
    photos: Sequence[FieldPhoto]
    place: str = ""
    located: tuple[int, int, int] | None = None


def take_in_from_field(*, actor: Actor, case: Any, found: FieldFind) -> Evidence | None:
    """Make or complete the item of a group, for an app that has asked its own policy, in that app's transaction.

    An archived file gets nothing more: what comes after stays with the record of the phone.
    """
    type(case).objects.unscoped("编号").select_for_update(of=("self",)).get(pk=case.pk)
    rows = Evidence.objects.unscoped("现场照片").filter(case=case)
    item = rows.filter(field_key=found.key).first()
    here = set(item.files.values_list("sha256", flat=True)) if item is not None else set()
    fresh = [each for each in found.photos if each.sha256 not in here]
    if not fresh or is_archived(case):
        return item
    first = item is None
    if item is None:
        item = _made(actor, case, found, number=f"Z{rows.count() + 1}")
    for photo in fresh:
        _keep(item, photo, found)
    add_link(
        actor=actor,
        evidence=item,
        kind=CustodyKind.COLLECTED if first else CustodyKind.RECEIVED,
        at=found.at if first else clock.now(),
        giver="" if first else found.device,
        taker=f"{'、'.join(found.officers)}（{found.device}）" if first else actor.label,
        place=found.place if first else "",
        reason=found.origin if first else f"手机随后传到照片 {len(fresh)} 张",
    )
    return item


def _made(actor: Actor, case: Any, found: FieldFind, *, number: str) -> Evidence:
    on = found.on.date() if isinstance(found.on, datetime) else found.on
    item = Evidence.objects.create(
        case=case, agency_id=case.agency_id, number=number, title=found.title[:120], kind=KIND, source=SOURCE,
        origin=found.origin[:200], proves=found.proves[:300], collected_on=on, added_by_id=actor.person_id,
        field_key=found.key,
    )  # fmt: skip
    append_to_case(
        actor=actor,
        case=case,
        activity="evidence_collected",
        data={"evidence": number, "evidence_kind": KIND, "source": SOURCE},
        actors=[{"id": each, "role": "officer"} for each in found.officers],
        on=found.on,
    )
    return item


def _keep(item: Evidence, photo: FieldPhoto, found: FieldFind) -> None:
    """The original by its hash, with what the camera wrote; what it did not write is what the phone's record says."""
    ending = mimetypes.guess_extension(photo.content_type) or ".jpg"
    taken = photo.taken_at.astimezone(clock.CHINA) if photo.taken_at else None
    name = (
        f"现场{taken:%m%d-%H%M%S}-{photo.sha256[:6]}{ending}"
        if taken
        else f"现场-{photo.sha256[:12]}{ending}"
    )
    size = size_of(photo.sha256)
    with open_kept(photo.sha256) as source:
        camera = check(name, size, source, in_parts=True).photograph
    by_camera = camera is not None and camera.latitude is not None
    spot = None if by_camera else found.located
    EvidenceFile.objects.create(
        evidence=item,
        name=name,
        content_type=photo.content_type,
        sha256=photo.sha256,
        size=size,
        width=camera.width if camera else None,
        height=camera.height if camera else None,
        taken_at=(camera.taken_at if camera else "")
        or (f"{taken:%Y-%m-%d %H:%M:%S}（手机时间）" if taken else ""),
        device=((camera.device if camera else "") or found.device)[:80],
        latitude=camera.latitude if by_camera and camera else (spot[0] / 1e6 if spot else None),
        longitude=camera.longitude if by_camera and camera else (spot[1] / 1e6 if spot else None),
        accuracy_m=spot[2] if spot else None,
        checked_at=clock.now(),
        intact=True,
    )

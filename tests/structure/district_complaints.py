"""A complaint about the street with a photo, a name that was asked for, and the street asked for its statement."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.complaints.models import Complaint, Message, Opening, Photo, Referral
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.models import Person


def complaint_objects(place: str, asked_by: Person, png: bytes) -> dict[str, Any]:
    moment = clock.now()
    complaint = Complaint.objects.create(
        matter_id="TS-1", code_hash="1" * 64, agency_id=STREET, kind="conduct", state="received", place=place,
        concerned_id=STREET, text=place, wish="请核查。", named=True, received_at=moment,
    )  # fmt: skip
    Message.objects.create(complaint=complaint, from_sender=True, text=place)
    photo = Photo.objects.create(complaint=complaint, clean=keep([png]).sha256, sealed="")
    referral = Referral.objects.create(
        complaint=complaint, to_id=STREET, matter_id="TS-1", content=[["具体情况", place]], note="请核查。",
        respond_by=clock.today(), asked_at=moment, asked_label="试",
    )  # fmt: skip
    opening = Opening.objects.create(
        complaint=complaint, asked_by=asked_by, asked_label="试", reason="需要调取录像。"
    )
    return {
        "report-question": {"page": "kind"},
        "report-photo": {"photo": photo.pk},
        "complaint": {"matter_id": "TS-1"},
        "complaint-photo": {"pk": photo.pk},
        "complaint-referral": {"pk": referral.pk},
        "identity-opening": {"pk": opening.pk},
    }

"""What the addresses of inspections and of the field app stand for, all of the street."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.inspections.models import Inspection, InspectionFile, InspectionItem
from plumbline.apps.targets.models import Target
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.surfaces.field.models import Device, FieldFile, FieldRecord


def field_objects(party: str, place: str, officer: Any, picture: bytes) -> dict[str, Any]:
    """A visit with a photo, a phone, and a record that it has sent."""
    item = InspectionItem.objects.create(
        code="J-900", agency_id=STREET, name="试验检查", valid_from=date(2026, 1, 1)
    )
    target = Target.objects.create(credit_code="91420100MA4KABCD01", name=party, address=place)
    visit = Inspection.objects.create(
        matter_id="J-900-1",
        agency_id=STREET,
        item=item,
        target=target,
        cause="complaint",
        planned_on=clock.today(),
    )
    kept = keep([picture])
    photo = InspectionFile.objects.create(
        inspection=visit, purpose="photo", sha256=kept.sha256, size=kept.size, content_type="image/png",
        arrived_at=clock.now(),
    )  # fmt: skip
    device = Device.objects.create(
        id=uuid.uuid4(),
        person=officer,
        agency_id=STREET,
        label="Android",
        public_key={},
        fingerprint="AAAA-BBBB-CCCC",
    )
    record = FieldRecord.objects.create(
        id=uuid.uuid4(), device=device, agency_id=STREET, person=officer, sequence=1, kind="inspection",
        digest="0" * 64, record={"body": {"conclusion": f"{party}{place}"}}, captured_at=clock.now(),
        received_at=clock.now(), state="refused", receipt="RAAAA-BBBB-CCCC", matter_id=visit.matter_id,
    )  # fmt: skip
    file = FieldFile.objects.create(
        record=record, sha256=kept.sha256, size=kept.size, content_type="image/png", purpose="photo",
        arrived_at=clock.now(),
    )  # fmt: skip
    here, sent, named = {"matter_id": visit.matter_id}, {"pk": record.pk}, {"sha256": kept.sha256}
    return {
        "inspection": here, "inspection-convert": here, "inspection-compel": here, "inspection-forget-place": here,
        "inspection-file": here | {"pk": photo.pk}, "field-device-confirm": {"pk": device.pk},
        "field-device-revoke": {"pk": device.pk}, "field-record": sent,
        "field-record-file": sent | {"number": file.pk}, "field-api-record": sent, "field-api-file": named,
        "field-api-part": named | {"number": 0}, "field-api-finish": named,
    }  # fmt: skip

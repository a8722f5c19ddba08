"""A second officer's confirmation from the own phone. It may arrive before the record that it confirms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models import FieldRecord
from .outcome import Outcome


def take_cosign(actor: Any, row: FieldRecord, occurred: datetime) -> Outcome:
    wanted = row.record["body"]["record"]
    found = FieldRecord.objects.unscoped("被确认的记录").filter(pk=wanted).first()
    if found is None:
        return Outcome("", "确认已收到；主办人员的记录还没有上传，收到后自动办理。")
    return Outcome(found.matter_id, "确认已收到。")

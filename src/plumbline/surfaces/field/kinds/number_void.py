"""A numbered form that was spoilt on the spot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plumbline.apps.paperwork.contract import void_number

from ..models import FieldRecord
from .outcome import Outcome


def take_number_void(actor: Any, row: FieldRecord, occurred: datetime) -> Outcome:
    body = row.record["body"]
    void_number(number=body["number"], holder=str(row.device_id), reason=body["reason"])
    return Outcome("", f"号码 {body['number']} 已登记作废。")

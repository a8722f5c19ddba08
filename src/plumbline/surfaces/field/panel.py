"""The 「现场」 tab of a case that began on a phone: both times, the receipt, and the pictures."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.platform.identity.actor import Actor

from .models import FieldRecord


def _rows(case: Any) -> Any:
    return FieldRecord.objects.unscoped("已核对案件的可见范围").filter(matter_id=case.matter_id)


@register_panel("field", label="现场", template="field/panel.html", order=35)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    rows = list(
        _rows(case).select_related("person", "device").prefetch_related("files").order_by("received_at")
    )
    return {"rows": rows, "count": len(rows)}

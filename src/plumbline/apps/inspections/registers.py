"""The list of inspection items as the rules read it."""

from __future__ import annotations

from typing import Any

from plumbline.platform.verdicts.registers import register_source

from .models import InspectionItem


@register_source("inspection_list")
def inspection_list() -> list[dict[str, Any]]:
    return [
        {
            "item": row.code,
            "agency": row.agency_id,
            "basis": row.basis,
            "published_on": row.published_on.isoformat() if row.published_on else None,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        }
        for row in InspectionItem.objects.all()
    ]

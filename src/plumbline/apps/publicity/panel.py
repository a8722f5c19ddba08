"""The 「公示」 tab of the case page."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.platform.identity.actor import Actor

from .models import Publication


@register_panel("publicity", label="公示", template="publicity/panel.html", order=40)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    rows = list(Publication.objects.filter(matter_id=case.matter_id))
    return {"rows": rows, "count": len(rows), "may": actor.can("publicity.publish", case.agency_id)}

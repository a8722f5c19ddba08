"""The 「证据」 tab of the case page."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.store import is_intact
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import load_vocabulary

from .models import Evidence
from .policies import may_add_evidence


@register_panel("evidence", label="证据", template="evidence/panel.html", order=10)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    words = load_vocabulary().enums
    checks: dict[str, Any] = {}
    reported: dict[str, Any] = {}
    for event in matter_events(case.matter_id):
        if event.activity == "evidence_verified":
            checks[event.data["evidence"]] = event
        elif event.activity == "evidence_collected":
            reported[event.data["evidence"]] = event
    rows = []
    for item in Evidence.objects.visible_to(actor).filter(case=case).prefetch_related("files"):
        reported.pop(item.number, None)
        rows.append(
            {
                "item": item,
                "kind": words["evidence_kind"].get(item.kind, item.kind),
                "source": words["evidence_source"].get(item.source, item.source),
                "files": [(each, is_intact(each.sha256)) for each in item.files.all()],
                "check": checks.get(item.number),
            }
        )
    outside = [
        {
            "number": number,
            "on": event.on,
            "kind": words["evidence_kind"].get(event.data["evidence_kind"], ""),
            "source": words["evidence_source"].get(event.data["source"], ""),
            "check": checks.get(number),
        }
        for number, event in reported.items()
    ]
    return {
        "rows": rows,
        "outside": outside,
        "count": len(rows) + len(outside),
        "may_add": may_add_evidence(actor, case),
        "case": case,
    }

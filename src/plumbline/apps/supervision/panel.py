"""The 「监督」 tab of the case page."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import register_panel
from plumbline.platform.identity.actor import Actor

from .models import Alert, Instrument


@register_panel("supervision", label="监督", template="supervision/panel.html", order=30)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    alerts = list(Alert.objects.visible_to(actor).filter(matter_id=case.matter_id).select_related("agency"))
    orders = list(Instrument.objects.visible_to(actor).filter(about=case.matter_id).select_related("to"))
    return {"alerts": alerts, "orders": orders, "count": len(alerts) + len(orders)}

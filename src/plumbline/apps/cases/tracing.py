"""The cases of a target as a party, for its page in the register: found by the official number."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.targets.contract import Target, Trace, register_trace
from plumbline.platform.identity.actor import Actor

from .models import Case

SHOWN = 20


def cases_of(actor: Actor, targets: Sequence[Target]) -> list[Trace]:
    codes = [each.credit_code for each in targets if each.credit_code]
    identities = [each.identity_number for each in targets if each.identity_number]
    rows = Case.objects.visible_to(actor).select_related("agency")
    rows = (
        rows.filter(party__credit_code__in=codes)
        if codes
        else rows.filter(party__identity_number__in=identities)
    )
    return [
        Trace(
            row.opened_on,
            row.title,
            f"/cases/{row.matter_id}",
            f"{row.agency.short_name} · {row.get_stage_display()}",
        )
        for row in rows.order_by("-opened_on", "-pk")[:SHOWN]
    ]


register_trace("案件", cases_of)

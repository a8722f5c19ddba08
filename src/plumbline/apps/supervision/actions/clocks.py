"""One clock for what is one thing: leads that go along with each other are due on the earliest of their own days."""

from __future__ import annotations

from django.db.models import Q

from ..lead_models import UNVERIFIED, Lead


def group_of(lead: Lead) -> list[Lead]:
    """The lead, the unverified ones behind the same alert, and what was merged into any of them; the lead itself first."""
    beside = Q(pk=lead.pk) | Q(merged_into=lead, ended_at=None)
    if lead.alert_id is not None:
        on = Q(alert_id=lead.alert_id)
        beside |= (on & Q(state__in=UNVERIFIED)) | Q(merged_into__alert_id=lead.alert_id, ended_at=None)
    rows = Lead.objects.unscoped("同一问题的线索共用一个期限").filter(beside).order_by("pk")
    return [lead, *(each for each in rows if each.pk != lead.pk)]


def set_one_clock(lead: Lead) -> None:
    """Bring the days of a group in line; a lead that stands alone has its own day again."""
    group = group_of(lead)
    own = {each.pk: each.own_due_on or each.due_on for each in group}
    first = min((day for day in own.values() if day is not None), default=None)
    for each in group:
        each.own_due_on = own[each.pk] if len(group) > 1 else None
        each.due_on = first
        each.save(update_fields=["own_due_on", "due_on"])

"""Figures of supervision over a period. Each is the count of rows that its address lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plumbline.apps.supervision.contract import instruments_of, leads_of
from plumbline.platform.identity.actor import Actor

from .models import Measure, MeasureKind, Plan, PlanKind, Visit


@dataclass(frozen=True)
class Counted:
    """One figure: what, how many, and the address of its rows."""

    label: str
    value: int
    url: str
    unit: str = "件"


def counted(actor: Actor, from_on: date, until_on: date) -> list[Counted]:
    """What was done in the period, by the day it was done."""
    span = f"from={from_on}&until={until_on}"
    during = (from_on, until_on)
    leads = leads_of(actor).filter(received_on__range=during)
    found = [
        Counted("收到监督线索", leads.count(), f"/leads?state=all&{span}", "条"),
        Counted(
            "核查属实", leads.filter(substantiated=True).count(), f"/leads?state=all&held=1&{span}", "条"
        ),
    ]
    instruments = instruments_of(actor).filter(issued_on__range=during)
    for kind, zh in instruments.model._meta.get_field("kind").choices or []:
        found.append(
            Counted(zh, instruments.filter(kind=kind).count(), f"/orders?state=all&kind={kind}&{span}", "份")
        )
    closed = instruments.filter(state="closed").count()
    found.append(Counted("其中已销号", closed, f"/orders?state=closed&{span}", "份"))
    plans = Plan.objects.visible_to(actor).filter(from_on__range=during)
    for kind, zh in PlanKind.choices:
        found.append(
            Counted(zh, plans.filter(kind=kind).count(), f"/plans?state=all&kind={kind}&{span}", "项")
        )
    measures = Measure.objects.visible_to(actor).filter(taken_on__range=during, struck_on=None)
    found.append(Counted("采取监督措施", measures.count(), f"/measures?{span}", "次"))
    talks = measures.filter(kind=MeasureKind.TALK).count()
    found.append(Counted("其中约谈", talks, f"/measures?kind=talk&{span}", "次"))
    visits = Visit.objects.visible_to(actor).filter(answered_at__date__range=during, reached=True)
    found.append(Counted("回访当事人", visits.count(), "/visits", "件"))
    return found

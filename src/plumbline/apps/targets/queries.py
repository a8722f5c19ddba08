"""What pages and other apps ask of the register of targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace

from plumbline.platform.identity.actor import Actor

from .models import Kind, Target
from .numbers import check_credit_code, check_identity


def current() -> QuerySet[Target]:
    """The targets that stand for themselves: what was merged into another is left out."""
    return Target.objects.filter(merged_into=None)


def target_of(number: str, on: date) -> Target | None:
    """The target under an official number; of a merged one the row that stands for it."""
    credit, identity = check_credit_code(number), check_identity(number, on=on)
    found = None
    if not credit.fault:
        found = Target.objects.filter(credit_code=credit.number).select_related("merged_into").first()
    elif not identity.fault:
        found = Target.objects.filter(identity_number=identity.number).select_related("merged_into").first()
    return (found.merged_into or found) if found else None


def matching(rows: QuerySet[Target], text: str) -> QuerySet[Target]:
    """By a part of the name or address, or by the whole number."""
    plain = text.strip().upper()
    return rows.filter(
        Q(name__icontains=text.strip())
        | Q(address__icontains=text.strip())
        | Q(credit_code=plain)
        | Q(identity_number=plain)
    )


def duplicates(limit: int = 50) -> list[list[Target]]:
    """Groups that may be one party: the same name (brackets and spaces aside), or the same address and representative."""
    rows = current().exclude(kind=Kind.NATURAL_PERSON)
    plain: Any = Lower("name")
    for sign, instead in ((" ", ""), ("（", "("), ("）", ")"), ("有限责任公司", "有限公司")):
        plain = Replace(plain, Value(sign), Value(instead))
    named = rows.annotate(plain=plain)
    twice = named.values("plain").annotate(n=Count("pk")).filter(n__gt=1).order_by("plain")[:limit]
    groups: dict[str, list[Any]] = {
        f"n:{each['plain']}": list(named.filter(plain=each["plain"]).order_by("pk")) for each in twice
    }
    placed = rows.exclude(address="").exclude(legal_representative="")
    shared = (
        placed.values("address", "legal_representative")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("address")[:limit]
    )
    seen = {tuple(row.pk for row in group) for group in groups.values()}
    for each in shared:
        group = list(
            placed.filter(
                address=each["address"], legal_representative=each["legal_representative"]
            ).order_by("pk")
        )
        if tuple(row.pk for row in group) not in seen:
            groups[f"a:{each['address']}"] = group
    return list(groups.values())


@dataclass(frozen=True)
class Trace:
    """Something that happened to a target, for its page."""

    on: date | None
    label: str
    url: str
    where: str = ""


Tracing = Callable[[Actor, Sequence[Target]], Sequence[Trace]]
_TRACES: dict[str, Tracing] = {}


def register_trace(label: str, load: Tracing) -> None:
    """Let a target's page list what an app knows of it, as far as the actor may see: ``load(actor, rows)``."""
    _TRACES[label] = load


def traces_of(actor: Actor, target: Target) -> list[tuple[str, Sequence[Trace]]]:
    """What the apps know of a target and of what was merged into it."""
    rows = [target, *target.merged.all()]
    return [(label, load(actor, rows)) for label, load in _TRACES.items()]

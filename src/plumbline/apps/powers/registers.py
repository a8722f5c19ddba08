"""The registers of powers as the rules read them, and as senders add to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import register_sink, register_source

from .models import Benchmark, Dated, LegalReviewEntry, PowerItem, PowerTransfer


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _handed_back(each: PowerTransfer) -> date | None:
    return min((day for day in (each.ended_on, each.street.subject_ended_on) if day), default=None)


def _dates(row: Dated) -> dict[str, Any]:
    return {"valid_from": _iso(row.valid_from), "valid_to": _iso(row.valid_to)}


@register_source("power_items")
def power_items() -> list[dict[str, Any]]:
    rows = PowerItem.objects.select_related("agency").prefetch_related("transfers__street")
    return [part for row in rows for part in _held(row)]


def _held(row: PowerItem) -> Iterator[dict[str, Any]]:
    """A power by its holders: a body that is no enforcement subject any more holds none (行政处罚法第十七条).

    What streets have taken over from it they keep: the row goes on without the body until a successor's own row replaces it.
    """
    ended = row.agency.subject_ended_on
    if ended is None or (row.valid_to is not None and row.valid_to <= ended):
        yield _power(row, row.agency_id, row.valid_from, row.valid_to)
        return
    if row.valid_from <= ended:
        yield _power(row, row.agency_id, row.valid_from, ended)
    begin = max(row.valid_from, ended + timedelta(days=1))
    yield _power(row, f"{row.agency_id}-ENDED", begin, row.valid_to)


def _power(row: PowerItem, holder: str, begin: date, end: date | None) -> dict[str, Any]:
    return {
        "item": row.item,
        "agency": holder,
        "violation": row.violation,
        "domain": row.domain,
        "basis": row.basis,
        "kinds": row.kinds,
        "ranges": row.ranges,
        "valid_from": _iso(begin),
        "valid_to": _iso(end),
        "transfers": [
            {
                "street": each.street_id,
                "decision_published_on": _iso(each.decision_published_on),
                "taken_over_on": _iso(each.taken_over_on),
                "ended_on": _iso(_handed_back(each)),
            }
            for each in row.transfers.all()
        ],
    }


@register_source("legal_review_list")
def legal_review_list() -> list[dict[str, Any]]:
    rows = []
    for row in LegalReviewEntry.objects.all():
        entry: dict[str, Any] = {"agency": row.agency_id, "item": row.item or None, **_dates(row)}
        if row.kinds:
            entry["kinds"] = row.kinds
        if row.fine_from is not None:
            entry["fine_from"] = row.fine_from
        rows.append(entry)
    return rows


@register_source("benchmarks")
def benchmarks() -> list[dict[str, Any]]:
    return [
        {
            "id": row.number,
            "maker": row.maker_id,
            "item": row.item,
            "published_on": _iso(row.published_on),
            "steps": [{name: step[name] for name in ("code", "min", "max")} for step in row.steps],
            **_dates(row),
        }
        for row in Benchmark.objects.all()
    ]


@register_sink("power_items")
def add_power_items(rows: list[dict[str, Any]], actor: Actor) -> int:
    """A sender's items and takeovers that we do not have; ours are never changed by an import."""
    streets = set(Agency.objects.values_list("code", flat=True))
    added = 0
    for row in rows:
        power, fresh = PowerItem.objects.get_or_create(
            item=row["item"],
            agency_id=row["agency"],
            valid_from=row["valid_from"],
            defaults={
                "violation": (row.get("violation") or row["item"])[:200],
                "domain": row["domain"],
                "basis": row["basis"],
                "kinds": row.get("kinds", []),
                "ranges": row.get("ranges", []),
                "valid_to": row["valid_to"],
            },
        )
        added += fresh
        for each in row.get("transfers", ()):
            if fresh and each["street"] in streets:
                PowerTransfer.objects.create(
                    power=power,
                    street_id=each["street"],
                    decision_published_on=each.get("decision_published_on"),
                    taken_over_on=each.get("taken_over_on"),
                    ended_on=each.get("ended_on"),
                )
    return added

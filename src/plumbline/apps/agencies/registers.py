"""The registers of agencies, officers, reviewers and entrustments, as the rules read them and as senders add to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import register_sink, register_source

from .models import Entrustment, OfficerCertificate, ReviewerQualification


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@register_source("agencies")
def agencies() -> list[dict[str, Any]]:
    return [
        {
            "code": row.code,
            "name_zh": row.name,
            "kind": row.kind,
            "level": row.level,
            "parent": row.parent_id,
            "subject_confirmed_on": _iso(row.subject_confirmed_on),
            "subject_published_on": _iso(row.subject_published_on),
            "own_execution_power": row.own_execution_power,
        }
        for row in Agency.objects.all()
    ]


@register_source("officers")
def officers() -> list[dict[str, Any]]:
    rows = OfficerCertificate.objects.prefetch_related("suspensions")
    return [part for row in rows for part in _valid_parts(row)]


def _valid_parts(row: OfficerCertificate) -> Iterator[dict[str, Any]]:
    """The certificate's valid stretches: the rules know no suspension, only days on which there is no valid row."""
    begin: date | None = row.valid_from
    for pause in sorted(row.suspensions.all(), key=lambda each: each.from_on):
        if begin is None or (row.valid_to is not None and pause.from_on > row.valid_to):
            break  # suspended for good, or ended before the suspension would have begun
        if begin < pause.from_on:
            yield _part(row, begin, pause.from_on - timedelta(days=1))
        # Of overlapping suspensions the later end counts.
        begin = max(begin, pause.to_on + timedelta(days=1)) if pause.to_on else None
    if begin is not None and (row.valid_to is None or begin <= row.valid_to):
        yield _part(row, begin, row.valid_to)


def _part(row: OfficerCertificate, begin: date, end: date | None) -> dict[str, Any]:
    return {"id": row.number, "agency": row.agency_id, "valid_from": begin.isoformat(), "valid_to": _iso(end)}


@register_source("reviewers")
def reviewers() -> list[dict[str, Any]]:
    return [
        {
            "id": row.number,
            "agency": row.agency_id,
            "qualified_on": _iso(row.qualified_on),
            **({"first_review_on": _iso(row.first_review_on)} if row.first_review_on else {}),
        }
        for row in ReviewerQualification.objects.all()
    ]


@register_source("entrustments")
def entrustments() -> list[dict[str, Any]]:
    return [
        {
            "from": row.entrusting_id,
            "to": row.entrusted,
            "items": row.items,
            "states_powers": row.states_powers,
            "valid_from": _iso(row.valid_from),
            "valid_to": _iso(row.valid_to),
            "published_on": _iso(row.published_on),
        }
        for row in Entrustment.objects.all()
    ]


@register_sink("agencies")
def add_agencies(rows: list[dict[str, Any]], actor: Actor) -> int:
    """Agencies of a sender that we do not know yet; what we know stays as it is."""
    known = set(Agency.objects.values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    for row in fresh:
        name = row.get("name_zh") or row["code"]
        Agency.objects.create(
            code=row["code"],
            name=name,
            short_name=name[:40],
            kind=row["kind"],
            level=row["level"],
            parent_id=row.get("parent") if row.get("parent") in known else None,
            own_execution_power=bool(row.get("own_execution_power")),
            subject_confirmed_on=row.get("subject_confirmed_on"),
            subject_published_on=row.get("subject_published_on"),
            enforces=True,
        )
        known.add(row["code"])
    return len(fresh)


@register_sink("officers")
def add_officers(rows: list[dict[str, Any]], actor: Actor) -> int:
    known = set(OfficerCertificate.objects.values_list("number", "valid_from"))
    fresh = [row for row in rows if (row["id"], date.fromisoformat(row["valid_from"])) not in known]
    OfficerCertificate.objects.bulk_create(
        OfficerCertificate(
            number=row["id"],
            name="（未报送姓名）",
            agency_id=row["agency"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in fresh
    )
    return len(fresh)


@register_sink("reviewers")
def add_reviewers(rows: list[dict[str, Any]], actor: Actor) -> int:
    known = set(ReviewerQualification.objects.values_list("number", flat=True))
    fresh = [row for row in rows if row["id"] not in known]
    ReviewerQualification.objects.bulk_create(
        ReviewerQualification(
            number=row["id"],
            name="（未报送姓名）",
            agency_id=row["agency"],
            first_review_on=row.get("first_review_on"),
            qualified_on=row.get("qualified_on"),
        )
        for row in fresh
    )
    return len(fresh)

"""What is known already, for the rows of a round: the subject in force, the entrustments, the officers in post."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.apps.agencies.contract import entrusted_by, valid_certificates
from plumbline.platform.identity.models import Agency

from .models import CleanupEntry, Kind, OfficerRow, Subject, SubjectRow

KIND_OF = {
    "subdistrict_office": Kind.STREET,
    "town_government": Kind.STREET,
    "authorized_organization": Kind.AUTHORISED,
    "entrusted_organization": Kind.ENTRUSTED,
}
FIELDS = (
    "name", "scope", "area", "responsible", "phone", "entrusted_powers", "entrusted_from", "entrusted_to",
)  # fmt: skip


def fill_entry(entry: CleanupEntry, on: date) -> None:
    """The rows of an agency as the registers have them on a day."""
    SubjectRow.objects.bulk_create(_subjects(entry, on))
    standing = {post.title: post.officers for s in _open(entry.agency) for post in s.posts.all()}
    OfficerRow.objects.bulk_create(
        OfficerRow(
            entry=entry,
            certificate=row,
            post=next((title for title, numbers in standing.items() if row.number in numbers), ""),
        )
        for row in valid_certificates(entry.agency_id, on)
    )


def _open(agency: Agency) -> list[Subject]:
    return list(
        Subject.objects.filter(agency=agency, valid_to=None).prefetch_related("posts", "bases").order_by("pk")
    )


def _subjects(entry: CleanupEntry, on: date) -> list[SubjectRow]:
    agency = entry.agency
    known = {subject.code: subject for subject in _open(agency)}
    rows = [
        SubjectRow(
            entry=entry,
            code=code,
            kind=subject.kind,
            bases=[{"law": b.law, "article": b.article, "level": b.level} for b in subject.bases.all()],
            posts=[posts_of(post) for post in subject.posts.all()],
            **{name: getattr(subject, name) for name in FIELDS},
        )
        for code, subject in known.items()
    ]
    if agency.code not in known:
        rows.insert(
            0,
            SubjectRow(
                entry=entry, code=agency.code, kind=KIND_OF.get(agency.kind, Kind.ORGAN), name=agency.name
            ),
        )
    for each in entrusted_by(agency.code, on):
        if each.entrusted not in known:
            rows.append(
                SubjectRow(
                    entry=entry, code=each.entrusted, kind=Kind.ENTRUSTED, name=each.entrusted,
                    entrusted_powers="、".join(each.items), entrusted_from=each.valid_from, entrusted_to=each.valid_to,
                )
            )  # fmt: skip
    return rows


def posts_of(post: Any) -> dict[str, str]:
    return {"title": post.title, "post_class": post.post_class, "duty": post.duty}

"""The papers a lead comes with, and the case it names by its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbline.apps.cases.contract import case_rows
from plumbline.platform.actions import InputFault
from plumbline.platform.files.intake import FileRefused, check
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..lead_models import Lead, LeadFile


def checked_files(files: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each upload with what it was found to be; raises InputFault for the first that cannot be taken."""
    found = []
    for upload in files:
        try:
            found.append((upload, check(upload.name or "", upload.size or 0, upload.file)))
        except FileRefused as refused:
            raise InputFault({"files": str(refused)}) from None
    return found


def keep_files(actor: Actor, lead: Lead, checked: Sequence[tuple[Any, Any]]) -> None:
    for upload, accepted in checked:
        kept = keep(upload.chunks())
        LeadFile.objects.create(
            lead=lead, name=accepted.name, content_type=accepted.kind.content_type, sha256=kept.sha256, size=kept.size,
            by_label=actor.label,
        )  # fmt: skip


def case_named(actor: Actor, text: str) -> tuple[str, Agency | None]:
    """The matter behind a case number or a matter's id, with the agency of the case; what is no case here stays as it is."""
    return cases_named(actor, [text]).get(text.strip(), (text.strip(), None))


def cases_named(actor: Actor, texts: Sequence[str]) -> dict[str, tuple[str, Agency | None]]:
    """The same for many, in two queries."""
    wanted = {text.strip() for text in texts} - {""}
    rows = case_rows(actor).select_related("agency")
    found: dict[str, tuple[str, Agency | None]] = {}
    for column in ("number", "matter_id"):
        for case in rows.filter(**{f"{column}__in": wanted}):
            found.setdefault(getattr(case, column), (case.matter_id, case.agency))
    return found

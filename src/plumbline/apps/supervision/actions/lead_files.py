"""The papers a lead comes with, and the case it names by its number."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.cases.contract import case_rows
from plumbline.platform.files.uploads import Accepted, kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..lead_models import Lead, LeadFile


def keep_files(actor: Actor, lead: Lead, files: Sequence[Accepted]) -> None:
    for file in files:
        LeadFile.objects.create(lead=lead, by_label=actor.label, **kept(file))


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

"""What other apps may use of the programmes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plumbline.platform.identity.actor import Actor

from .models import Merit
from .tallies import Tally, TallyRow, register_tally

__all__ = ["MeritRecord", "Tally", "TallyRow", "merit_records", "register_tally"]


@dataclass(frozen=True)
class MeritRecord:
    """A bonus, a recommendation (``priority``) or an accountability. Points in tenths; None where there are none."""

    agency: str
    kind: str
    person: str
    points_tenths: int | None
    reason: str
    basis: str
    on: date
    programme: str
    url: str


def merit_records(actor: Actor, year: int, agencies: Iterable[str] | None = None) -> list[MeritRecord]:
    """What counts in the appraisal of a year: the records that were not withdrawn, as far as the actor may see them."""
    rows = Merit.objects.visible_to(actor).filter(on__year=year, withdrawn_on=None)
    if agencies is not None:
        rows = rows.filter(agency_id__in=list(agencies))
    return [
        MeritRecord(
            row.agency_id, row.kind, row.person, row.points_tenths, row.reason, row.basis, row.on, row.programme.title,
            f"/programmes/{row.programme.key}/merits",
        )
        for row in rows.select_related("programme").order_by("agency_id", "on")
    ]  # fmt: skip

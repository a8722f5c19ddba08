"""Facts of a case and its party that other apps ask for: the file itself, the age at the act, earlier penalties."""

from __future__ import annotations

from datetime import date

from plumbline.platform.scope.rows import whole_district

from .models import Case
from .parties import stated_party
from .reading import CaseFile


def file_of(case: Case) -> CaseFile:
    """The case as its events tell it, with its registers."""
    return CaseFile(case)


def age_at_act(case: Case, ended_on: str | None) -> int | None:
    """The age of a natural person on the day the act ended; None when birth or day is not on record."""
    if case.party is None or not ended_on:
        return None
    age = stated_party(case.party, date.fromisoformat(ended_on)).get("age_at_act")
    return age if isinstance(age, int) else None


def earlier_penalties(case: Case, item: str) -> int:
    """How many other cases of the district ended in a penalty of this party for the item: a number, and nothing else."""
    if case.party_id is None or not item:
        return 0
    with whole_district():
        rows = Case.objects.unscoped("核对当事人是否初次违法").filter(party_id=case.party_id, item_code=item)
        return rows.filter(outcome="penalty").exclude(pk=case.pk).count()

"""What is kept of a term that was missed: by whoever had to act when it ran out, and when they did act.

It is kept by the pass over the clocks (``watching``), or by the late act itself when that comes first.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from plumbline.platform import clock

from .models import OPEN, Coordination, Lateness
from .waiting import waited_for


def keep_late(row: Coordination, agency: str, done_on: date | None = None) -> bool:
    """Keep that a body missed the term of a row as it stands; whether that is new."""
    late, new = Lateness.objects.get_or_create(
        row=row,
        agency_id=agency,
        what=row.due_what,
        due_on=cast(date, row.due_on),
        defaults={"source": row.due_source, "done_on": done_on},
    )
    if done_on is not None and late.done_on is None:
        late.done_on = done_on
        late.save(update_fields=["done_on"])
    return new


def leave_term(before: Coordination, after: Coordination, moment: datetime) -> None:
    """An act at ``moment`` has moved a row on: whoever had to act and has now acted did so in time, or late.

    What was held against somebody who acted in time and wrote it down afterwards is taken away again.
    """
    if before.due_on is None or before.state not in OPEN:
        return
    same = (after.state in OPEN) and (before.due_on, before.due_what) == (after.due_on, after.due_what)
    still = set(waited_for(after)) if same else set()
    on = moment.astimezone(clock.CHINA).date()
    for agency in waited_for(before):
        if agency in still:
            continue
        if on > before.due_on:
            keep_late(before, agency, on)
        else:
            Lateness.objects.filter(
                row=before, agency_id=agency, what=before.due_what, due_on=before.due_on, done_on=None
            ).delete()

"""What 区司法局 decides about the agencies' review catalogues. The entries themselves change only by a revision."""

from __future__ import annotations

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .conflicts import conflicts
from .events import CONFLICT_SETTLED
from .models import CatalogueConflict
from .policies import BASIS, may_settle_conflict


@action("powers.settle_conflict", policy=may_settle_conflict, records=(CONFLICT_SETTLED,), basis=BASIS)
def settle_conflict(
    *, actor: Actor, mark: str, outcome: str, fine_from: int | None = None
) -> CatalogueConflict:
    """Decide a conflict: what each agency is to do, or why the difference stays (the district's catalogue is the union).

    ``fine_from`` (fen): the amount that all of them are to take over. Another conflict is asked anew.
    """
    if not outcome.strip():
        raise InputFault({"outcome": "请写明处理意见：统一为什么标准，或者为什么可以不同。"})
    found = next((each for each in conflicts(clock.today()) if each.mark == mark), None)
    if found is None or found.settled is not None:
        raise InputFault({"": "这处冲突已经处理，或者目录刚改过。请刷新后再看。"})
    if fine_from is not None and found.kind != "threshold":
        raise InputFault({"fine_from": "只有数额不同的冲突才统一数额。请空着。"})
    settled = CatalogueConflict.objects.create(
        mark=mark,
        kind=found.kind,
        item=found.item,
        agencies=list(found.agencies),
        outcome=outcome.strip()[:2000],
        fine_from=fine_from,
        settled_by=actor.label[:120],
        settled_at=clock.now(),
    )
    record(
        actor=actor,
        matter=f"REVIEW-CONFLICT-{settled.pk}",
        kind="register",
        activity=CONFLICT_SETTLED,
        agency=actor.agency_code,
        data={
            "conflict": found.kind,
            "item": found.item,
            "agencies": list(found.agencies),
            "fine_from": fine_from,
        },
    )
    return settled

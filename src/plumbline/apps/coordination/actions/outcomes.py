"""What a settled dispute leads to: a dated row of who is competent, and the transfer that waited for it."""

from __future__ import annotations

from datetime import date, datetime

from plumbline.apps.cases.contract import items_of
from plumbline.apps.powers.contract import settle_competence
from plumbline.platform.actions import Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from ..clocks import clear_clock, set_clock
from ..events import DECIDED
from ..models import Chain, Coordination, State
from .ending import give_back
from .writing import log, moved, tell


def holds_item(agency: str, item: str, on: date) -> bool:
    """Whether the power lists of that day give the body the item, as its own or taken over."""
    return any(row["item"] == item for row in items_of(agency, on))


def settle_dispute(actor: Actor, row: Coordination, *, how: str, text: str, moment: datetime) -> None:
    """Write the outcome, the dated row, and carry out what waited for it; in the caller's transaction."""
    dispute = row.dispute
    agency = dispute.proposed
    if agency is None:
        raise Refusal("还没有提出由哪个机关承担")
    source = f"{how}（{row.number or row.matter_id}，{moment.date()}）"
    kept = settle_competence(
        kind=dispute.subject,
        item=row.item_code,
        division_code=row.division_code,
        agency=agency.code,
        between=row.parties,
        text=text[:500],
        source=source[:200],
        matter_id=row.matter_id,
        valid_from=moment.date(),
    )
    dispute.outcome, dispute.outcome_text, dispute.outcome_source = agency, text, source
    dispute.settlement = kept.pk
    dispute.save()
    row.state = State.SETTLED
    clear_clock(row)
    moved(actor, row, f"确定由{agency.short_name}承担", text=text, at=moment)
    log(actor, row, DECIDED, agency=actor.agency_code or row.to_id, at=moment, data={"to": agency.code})
    for party in row.parties:
        tell(row, party, f"争议已确定由{agency.short_name}承担")
    if dispute.transfer is not None and dispute.transfer.state == State.COORDINATING:
        _carry_out(actor, dispute.transfer, row, moment)


def _carry_out(actor: Actor, transfer: Coordination, dispute: Coordination, moment: datetime) -> None:
    """The transfer that was diverted goes to the body that was named, or back for good when that is the sender."""
    assert transfer.chain_id is not None
    Chain.objects.select_for_update().get(pk=transfer.chain_id)
    rows = Coordination.objects.unscoped("协调结果").select_related("agency", "to")
    waiting = rows.select_for_update(of=("self",)).get(pk=transfer.pk)
    agency = dispute.dispute.outcome
    assert agency is not None
    waiting.directed = True
    if agency.code == waiting.agency_id:
        waiting.reason = "settled"
        with whole_district():
            give_back(
                actor, waiting, f"争议已确定由移送机关办理（{dispute.number or dispute.matter_id}）", moment
            )
            log(
                actor,
                waiting,
                "transfer_returned",
                agency=actor.agency_code,
                at=moment,
                data={"reason": "管辖已经确定"},
            )
        moved(actor, waiting, f"确定由{agency.short_name}继续办理", at=moment)
        return
    waiting.to, waiting.state = agency, State.SENT
    waiting.parties = list(dict.fromkeys((*waiting.parties, agency.code)))
    set_clock(waiting, "transfer", moment.date())
    moved(actor, waiting, f"确定由{agency.short_name}接收", at=moment)
    tell(waiting, agency.code, "管辖已经确定，请接收移送")

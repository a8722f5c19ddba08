"""Who has to act on a row as it stands."""

from __future__ import annotations

from .models import Coordination, Kind, State


def waited_for(row: Coordination) -> list[str]:
    """The bodies that have to act now; none where the matter waits for the organ's outcome or the government."""
    if row.kind == Kind.DISPUTE:
        return _in_dispute(row)
    if row.state in {State.SENT, State.CONSULTING}:
        return [row.to_id]
    if row.state == State.WORKING:
        # The record of a joint enforcement is written by the body that called for it.
        return [row.agency_id if row.kind == Kind.JOINT else row.to_id]
    return [row.agency_id] if row.state == State.ANSWERED else []


def _in_dispute(row: Coordination) -> list[str]:
    if row.state == State.APPLIED:
        return [row.to_id]
    if row.state == State.NEGOTIATING:
        return list(row.parties)
    if row.state == State.CONFIRMING:
        return [code for code in row.parties if code not in row.dispute.positions]
    return []

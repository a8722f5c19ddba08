"""Consultation about a transfer, what the sides say meanwhile, and urging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor

from ..events import CONSULTED, REMINDED, SAID
from ..models import Coordination, Kind, State
from ..packages import keep_uploads
from ..policies import COORDINATE, HANDLE, is_party, may_consult, may_remind, may_say
from ..waiting import waited_for
from .writing import locked, log, moment_of, moved, said, tell

TALK = "行政处罚法第二十五条"
#: Nobody is urged twice on one day.
PAUSE = timedelta(hours=20)


@action("coordination.consult", policy=may_consult, on="row", records=(CONSULTED,), basis=TALK)
def consult(*, actor: Actor, row: Coordination, text: str, at: datetime | None = None) -> Coordination:
    """Ask the sender for talks or further papers before taking the matter or sending it back. The clock runs on."""
    moment = moment_of(at)
    text = said(text, "text", "要会商什么、还需要什么材料")
    row = locked(row, actor, may_consult)
    row.state = State.CONSULTING
    moved(actor, row, f"{row.to.short_name}请求会商", text=text, at=moment, party=row.to_id)
    log(actor, row, CONSULTED, agency=row.to_id, at=moment)
    tell(row, row.agency_id, f"{row.to.short_name}请求会商")
    return row


@action("coordination.say", policy=may_say, on="row", records=(SAID,), basis=TALK)
def say(
    *, actor: Actor, row: Coordination, text: str, files: Sequence[Any] = (), at: datetime | None = None
) -> Coordination:
    """Say something in a consultation or a dispute, with papers that were missing; the sealed package stays as it is."""
    moment = moment_of(at)
    text = said(text, "text", "意见")
    kept = keep_uploads(files)
    row = locked(row, actor, may_say)
    party = is_party(actor, row) or actor.agency_code
    moved(actor, row, "会商意见", text=text, at=moment, files=kept, party=party)
    log(actor, row, SAID, agency=party, at=moment, data={"files": len(kept)})
    for other in row.parties:
        if other != party:
            tell(row, other, "会商有新意见")
    return row


@action(
    "coordination.remind", policy=may_remind, on="row", records=(REMINDED,), basis="新政办[2022]14号 二(三)5"
)
def remind(*, actor: Actor, row: Coordination, text: str = "", at: datetime | None = None) -> Coordination:
    """Urge whoever has to act now; seen on the row, on the desk and in the notices."""
    moment = moment_of(at)
    row = locked(row, actor, may_remind)
    if row.reminded_at is not None and moment - row.reminded_at < PAUSE:
        raise Refusal("今天已经催办过", next_step="请等对方办理，明天再催。")
    row.reminded_at = moment
    moved(actor, row, "催办", text=text, at=moment)
    log(actor, row, REMINDED, agency=actor.agency_code or row.agency_id, at=moment)
    capability = COORDINATE if row.kind == Kind.DISPUTE and row.state == State.APPLIED else HANDLE
    for party in waited_for(row):
        tell(row, party, "催办", capability=capability, body=text)
    return row

"""Asking another body: assistance, joint enforcement, a professional opinion, a dispatched task."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from plumbline.packs.transfer.coordination import REQUESTS
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency

from ..clocks import set_clock, set_own_term
from ..events import REQUESTED
from ..models import Coordination, Kind, State
from ..packages import competence_on, keep_uploads
from ..policies import may_request
from .writing import log, moment_of, moved, new_matter, paper_of, said, tell

ASKED = (Kind.ASSISTANCE, Kind.JOINT, Kind.OPINION, Kind.DISPATCH)


@action(
    "coordination.request",
    policy=may_request,
    on="agency_code",
    records=(REQUESTED,),
    basis="行政处罚法第二十六条、新政办[2022]14号 二(三)5",
)
def request(
    *,
    actor: Actor,
    agency_code: str,
    kind: str,
    to: Sequence[Agency],
    title: str,
    text: str,
    respond_by: date,
    item: str = "",
    domain: str = "",
    division_code: str = "",
    about: str = "",
    files: Sequence[Any] = (),
    at: datetime | None = None,
) -> list[Coordination]:
    """Send a request to one body, or to several at once (each has its own row and paper). ``respond_by`` is its term."""
    moment = moment_of(at)
    if kind not in ASKED:
        raise InputFault({"kind": "请选择协作的类别。"})
    faults = {}
    if not title.strip():
        faults["title"] = "请写明事由。"
    if not text.strip():
        faults["text"] = "请写明请对方做什么、为什么。"
    if respond_by < moment.date():
        faults["respond_by"] = "期限已经过去。请选择今天以后的日期。"
    if not to:
        faults["to"] = "请选择收到的机关。"
    elif any(each.code == agency_code for each in to):
        faults["to"] = "不能发给本机关。"
    if faults:
        raise InputFault(faults)
    sender, kept = Agency.objects.get(code=agency_code), keep_uploads(files)
    batch = uuid.uuid4().hex if len(to) > 1 else ""
    return [
        _one(
            actor,
            Coordination(
                matter_id=new_matter(), kind=kind, state=State.SENT, title=title.strip()[:200], agency=sender,
                to=each, parties=[agency_code, each.code], item_code=item, domain=domain, division_code=division_code,
                about=about, text=said(text, "text", "请求"), respond_by=respond_by, group=batch, package=kept,
                competence=competence_on(item, division_code, moment.date()) if item else [],
                sent_at=moment, sent_label=actor.label, moved_at=moment,
            ),
        )
        for each in to
    ]  # fmt: skip


def _one(actor: Actor, row: Coordination) -> Coordination:
    set_own_term(row)
    # A dispatched task has to be signed for first, where the district has set a term for that.
    if row.kind == Kind.DISPATCH:
        own = (row.due_on, row.due_unit, row.due_what, row.due_source)
        set_clock(row, "dispatch", row.sent_at.date())
        if row.due_on is None or (row.respond_by is not None and row.respond_by < row.due_on):
            row.due_on, row.due_unit, row.due_what, row.due_source = own
    row.save()
    paper = REQUESTS[row.kind]
    lines = [
        ("事由", row.title),
        ("", row.text),
        ("请于", f"{row.respond_by} 前办理并答复"),
        ("依据", paper.basis),
        ("附件", "、".join(each["name"] for each in row.package)),
    ]
    row.number = paper_of(actor, row, paper, row.agency, to=row.to.name, lines=lines, at=row.sent_at).number
    moved(actor, row, f"发往{row.to.short_name}", text=row.text, at=row.sent_at, party=row.agency_id)
    log(
        actor,
        row,
        REQUESTED,
        agency=row.agency_id,
        at=row.sent_at,
        data={"request": row.kind, "to": row.to_id},
    )
    tell(row, row.to_id, f"{row.agency.short_name}发来{row.get_kind_display()}")
    return row

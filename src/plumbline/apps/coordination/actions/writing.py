"""What every action does alike: lock, ask again, move, record, tell."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from plumbline.apps.paperwork.contract import Document
from plumbline.apps.paperwork.contract import issue as issue_paper
from plumbline.packs.transfer.coordination import Paper
from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.bigrams import normal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..lateness import leave_term
from ..models import OPEN, Chain, Coordination, Move
from ..policies import HANDLE

MATTER = "transfer"


def new_matter() -> str:
    return f"XT-{uuid.uuid4().hex[:12]}"


def locked(row: Coordination, actor: Actor, policy: Callable[[Actor, Any], Decision]) -> Coordination:
    """The row brought to what it is now, for this transaction alone, after the policy was asked once more.

    The chain is locked first, so that whoever moves a matter waits for whoever moves it now.
    """
    if row.chain_id is not None:
        Chain.objects.select_for_update().get(pk=row.chain_id)
    rows = Coordination.objects.unscoped("登记前锁定").select_related("agency", "to", "chain")
    row.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))
    policy(actor, row).demand()
    return row


def moved(
    actor: Actor,
    row: Coordination,
    what: str,
    *,
    text: str = "",
    at: datetime | None = None,
    files: Sequence[Mapping[str, Any]] = (),
    party: str = "",
) -> Move:
    """Keep what was done and said, and save the row with it; a term that was missed until now is kept too."""
    moment = at or clock.now()
    rows = Coordination.objects.unscoped("期限是否已过").select_related("dispute")
    before = rows.defer("package", "competence", "searched", "text").get(pk=row.pk)
    row.moved_at, row.moved_what = moment, what
    if row.state not in OPEN and row.ended_at is None:
        row.ended_at = moment
    row.searched = searched(row)
    row.save()
    leave_term(before, row, moment)
    return Move.objects.create(
        row=row,
        what=what,
        text=text.strip(),
        agency_code=party or actor.agency_code,
        by_label=actor.label,
        at=moment,
        files=[dict(each) for each in files],
    )


def searched(row: Coordination) -> str:
    return normal(
        " ".join((row.number, row.title, row.agency.short_name, row.to.short_name, row.item_code, row.text))
    )


def log(
    actor: Actor,
    row: Coordination,
    activity: str,
    *,
    agency: str,
    at: datetime | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """Record on the row's own matter; what was said in words stays in the row."""
    record(
        actor=actor,
        matter=row.matter_id,
        kind=MATTER,
        activity=activity,
        agency=agency,
        occurred_at=at,
        data=data,
        links=[{"matter": row.about, "rel": "about"}] if row.about else None,
    )


def tell(row: Coordination, agency: str, title: str, *, capability: str = HANDLE, body: str = "") -> None:
    notify(
        title=f"{title}：{row.title}",
        body=body,
        url=row.page,
        capability=capability,
        agency_code=agency if capability == HANDLE else "",
    )


def paper_of(
    actor: Actor,
    row: Coordination,
    paper: Paper,
    agency: Agency,
    *,
    to: str,
    lines: Sequence[tuple[str, str]],
    at: datetime,
) -> Document:
    """Sign a paper of the row with the next number of the agency's series, in the caller's transaction."""
    facts = [
        {"label": "主送", "text": to},
        *({"label": label, "text": text} for label, text in lines if text),
    ]
    return issue_paper(
        actor=actor,
        agency=agency,
        matter_id=row.matter_id,
        title=paper.title,
        mark=paper.mark,
        template="",
        facts=facts,
        kind=MATTER,
        on=at.date(),
    )


def organ_of_district() -> Agency:
    """The supervision organ of the district, which coordinates."""
    found = Agency.objects.filter(kind="supervision_organ", level="district").order_by("code").first()
    if found is None:
        raise Refusal("没有登记区级行政执法监督机构，不能转交协调", next_step="请系统管理员先登记区司法局。")
    return found


def said(text: str, field: str, what: str) -> str:
    """A text that must not be empty."""
    if not text.strip():
        raise InputFault({field: f"请写明{what}。"})
    return text.strip()


def moment_of(at: datetime | None) -> datetime:
    """When it happened: now, or a time in the past."""
    moment = at or clock.now()
    if moment > clock.now():
        raise InputFault({"": "时间在将来。请填写实际发生的时间。"})
    return moment

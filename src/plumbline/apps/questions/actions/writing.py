"""What every action does alike: lock, ask again, keep what was said, record, tell."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plumbline.apps.coordination.contract import keep_uploads, running
from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault
from plumbline.platform.bigrams import normal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify

from ..models import Did, Question, Saying, State
from ..policies import HANDLE, SUPERVISE


@dataclass(frozen=True)
class Words:
    """What somebody says: the text with its basis and papers. Files are as a form gives them."""

    text: str = ""
    basis: Sequence[dict[str, str]] = ()
    papers: str = ""
    files: Sequence[Any] = ()
    to: Agency | None = field(default=None)


def new_matter() -> str:
    return f"ZX-{uuid.uuid4().hex[:12]}"


def locked(row: Question, actor: Actor, policy: Callable[[Actor, Any], Decision]) -> Question:
    """The row brought to what it is now, for this transaction alone, after the policy was asked once more."""
    rows = Question.objects.unscoped("登记前锁定").select_related("agency", "to")
    row.refresh_from_db(from_queryset=rows.select_for_update(of=("self",)))
    policy(actor, row).demand()
    return row


def moment_of(at: datetime | None) -> datetime:
    """When it was said: now, or a time in the past."""
    moment = at or clock.now()
    if moment > clock.now():
        raise InputFault({"": "时间在将来。请填写实际发生的时间。"})
    return moment


def wait_for_answer(row: Question, at: datetime) -> None:
    """The asked body has it now, under the term that the district has set; without one nothing is due."""
    row.state, row.ended_at = State.ASKED, None
    term = running("question", row.domain, at.date())
    row.due_on, row.due_source = (term.due_on, term.source[:200]) if term is not None else (None, "")


def stop_waiting(row: Question, state: State, at: datetime) -> None:
    """The asked body has done its part, or the question is over: no term runs."""
    row.state, row.due_on, row.due_source = state, None, ""
    row.ended_at = at if state in {State.HELPED, State.WITHDRAWN} else None


def said(
    actor: Actor,
    row: Question,
    did: Did,
    activity: str,
    *,
    agency: str,
    at: datetime,
    words: Words,
    **data: Any,
) -> Saying:
    """Keep the words, save the row and record the event; the log carries none of the words."""
    term_on = (
        Question.objects.unscoped("原来的期限").filter(pk=row.pk).values_list("due_on", flat=True).first()
    )
    row.moved_at = at
    kept = keep_uploads(words.files)
    row.save()
    saying = Saying.objects.create(
        question=row, did=did, text=words.text.strip(), basis=list(words.basis), papers=words.papers.strip()[:300],
        to=words.to, agency_id=agency, by_label=actor.label[:60], at=at, term_on=term_on, files=kept,
    )  # fmt: skip
    row.searched = _searched(row)
    row.save(update_fields=["searched"])
    record(
        actor=actor,
        matter=row.matter_id,
        kind="other_act",
        activity=activity,
        agency=agency,
        occurred_at=at,
        data={"question": row.pk, **data},
        links=[{"matter": row.about, "rel": "about"}] if row.about else None,
    )
    return saying


def _searched(row: Question) -> str:
    told = (row.title, row.agency.short_name, row.to.short_name, row.item_code, row.domain_zh)
    return normal(" ".join((*told, *row.sayings.values_list("text", flat=True))))


def tell_answering(row: Question, title: str) -> None:
    """A notice to whoever answers in the name of the asked body."""
    organ = row.to.kind == "supervision_organ"
    notify(
        title=f"{title}：{row.title}",
        url=row.page,
        capability=SUPERVISE if organ else HANDLE,
        agency_code="" if organ else row.to_id,
    )


def tell_asking(row: Question, title: str) -> None:
    """A notice to whoever asked; to the office of the body where nobody is known."""
    if row.asked_by_id is not None:
        notify(title=f"{title}：{row.title}", url=row.page, person_id=row.asked_by_id)
    else:
        notify(title=f"{title}：{row.title}", url=row.page, capability=HANDLE, agency_code=row.agency_id)

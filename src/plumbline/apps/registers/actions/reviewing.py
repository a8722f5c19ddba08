"""Review by 区司法局: comments, return with a reason, approval, publication that makes dated rows."""

from __future__ import annotations

from django.db.models import Max

from plumbline.platform import clock
from plumbline.platform.actions import Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import Change, ChangeRefused, Register, remembering
from plumbline.platform.lists.comparing import change_of
from plumbline.platform.verdicts.registers import registers_changed

from ..events import APPROVED, COMMENTED, PUBLISHED, RETURNED
from ..models import OPEN, Revision, State
from ..policies import BASIS, may_comment, may_publish, may_review
from ..versions import changes_of
from .drafting import check_day
from .steps import declared, demand, locked, note


@action("registers.comment", policy=may_comment, on="revision", records=(COMMENTED,), basis=BASIS)
def comment_on(*, actor: Actor, revision: Revision, text: str) -> None:
    """Say something to those who work on the revision."""
    current = locked(revision, *map(State, OPEN))
    said = demand(text, field="text", message="请写明意见。", most=2000)
    note(current, actor=actor, step="comment", activity=COMMENTED, text=said)


@action("registers.return_revision", policy=may_review, on="revision", records=(RETURNED,), basis=BASIS)
def return_revision(*, actor: Actor, revision: Revision, reason: str) -> Revision:
    """Send a revision back with what has to be put right."""
    current = locked(revision, State.SUBMITTED, State.APPROVED)
    said = demand(reason, field="reason", message="请写明退回的理由：哪一行、什么问题、怎么改。", most=2000)
    current.state = State.RETURNED
    current.reviewed_by_id = actor.person_id
    current.save(update_fields=["state", "reviewed_by"])
    note(current, actor=actor, step="returned", activity=RETURNED, text=said)
    return current


@action("registers.approve_revision", policy=may_review, on="revision", records=(APPROVED,), basis=BASIS)
def approve_revision(*, actor: Actor, revision: Revision, opinion: str = "") -> Revision:
    """Find a revision in order. It waits for publication; nothing is in force yet."""
    current = locked(revision, State.SUBMITTED)
    refuse_drift(current, declared(current.register))
    current.state = State.APPROVED
    current.reviewed_by_id = actor.person_id
    current.save(update_fields=["state", "reviewed_by"])
    note(current, actor=actor, step="approved", activity=APPROVED, text=opinion or "同意")
    return current


@action("registers.publish_revision", policy=may_publish, on="revision", records=(PUBLISHED,), basis=BASIS)
def publish_revision(*, actor: Actor, revision: Revision) -> Revision:
    """Publish an approved revision: it gets its version number, and its rows are in force from its day on."""
    current = locked(revision, State.APPROVED)
    register = declared(current.register)
    assert current.effective_on is not None
    check_day(current, current.effective_on)
    changes = refuse_drift(current, register)
    try:
        register.table.apply(changes, agency=current.agency_id, on=current.effective_on, actor=actor)
    except ChangeRefused as refused:
        raise Refusal(str(refused), basis=BASIS) from None
    rows = Revision.objects.unscoped("版本号连续编").filter(
        register=register.key, agency_id=current.agency_id
    )
    current.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    current.state = State.PUBLISHED
    current.published_at = clock.now()
    current.save(update_fields=["number", "state", "published_at"])
    registers_changed()
    told = {"version": current.number, "rows": len(changes), "effective_on": current.effective_on.isoformat()}
    said = f"第 {current.number} 版，自 {current.effective_on} 起生效"
    note(current, actor=actor, step="published", activity=PUBLISHED, text=said, data=told)
    return current


def refuse_drift(revision: Revision, register: Register) -> list[Change]:
    """The changes, where every row still says what it said when it was changed in the draft."""
    assert revision.effective_on is not None
    with remembering():
        now = register.content(revision.agency_id, revision.effective_on)
        changes = changes_of(revision)
        moved = [
            each.key for each in changes if change_of(each.key, each.before, now.get(each.key)) is not None
        ]
    if moved:
        named = "、".join(moved[:5]) + ("等" if len(moved) > 5 else "")
        raise Refusal(
            f"有 {len(moved)} 行在起草以后已经变了：{named}",
            basis=BASIS,
            next_step="请退回，由起草人对照现行内容重新修改这几行。",
        )
    return changes

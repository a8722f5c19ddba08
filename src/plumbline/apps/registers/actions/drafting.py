"""Drafting a revision: rows are added, changed and ended in the draft; nothing in force moves before publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.bulk import insert_rows
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import Change, Register, Values, remembering
from plumbline.platform.lists.comparing import backwards, change_of
from plumbline.platform.lists.intake import read_row

from ..events import DRAFTED, ROWS_CHANGED, SUBMITTED, WITHDRAWN
from ..keepers import keeps
from ..models import EDITABLE, OPEN, ChangedRow, Revision, State
from ..policies import BASIS, may_draft, may_keep
from ..versions import between_versions, published
from .steps import declared, demand, locked, note, refuse_second, tell


def new_revision(
    *, actor: Actor, register: Register, agency: str, reason: str, restores: int | None = None
) -> Revision:
    """An empty draft; the caller is an action of its own."""
    if not keeps(register, agency):
        raise InputFault({"agency": f"《{register.title}》不由这个机关编制。请从“清单与名录”重新进入。"})
    refuse_second(register.key, agency)
    revision = Revision.objects.create(
        register=register.key,
        agency_id=agency,
        reason=demand(reason, field="reason", message="请写明为什么修订，例如“依据修改后的某某办法调整”。"),
        restores=restores,
        drafted_by_id=actor.person_id,
        drafted_at=clock.now(),
    )
    note(
        revision,
        actor=actor,
        step="drafted",
        activity=DRAFTED,
        text=revision.reason,
        data={"restores": restores},
    )
    return revision


@action("registers.start_revision", policy=may_keep, on="agency", records=(DRAFTED,), basis=BASIS)
def start_revision(*, actor: Actor, register: str, agency: str, reason: str) -> Revision:
    """Begin a revision of an agency's list (清单动态调整)."""
    return new_revision(actor=actor, register=declared(register), agency=agency, reason=reason)


@action("registers.change_row", policy=may_draft, on="revision", records=(ROWS_CHANGED,), basis=BASIS)
def change_row(*, actor: Actor, revision: Revision, key: str, texts: Mapping[str, str]) -> ChangedRow | None:
    """Put a row into the draft as typed; an empty ``key`` adds one. None where the row then says what it said before."""
    current = locked(revision, *map(State, EDITABLE))
    register = declared(current.register)
    with remembering():
        values, wrong = read_row(register, current.agency_id, texts)
        if wrong:
            raise InputFault(wrong)
        name = register.key_of(values)
        base = base_of(current, register)
    if key and name != key:
        keys = "、".join(register.column(each).heading for each in register.keys)
        raise InputFault(
            {register.keys[0]: f"{keys}是这一行的编号，不能改。要换编号，请终止这一行，再新增一行。"}
        )
    drafted = current.rows.filter(key=name).first()
    if not key and (name in base or (drafted is not None and drafted.after is not None)):
        raise InputFault({register.keys[0]: f"清单上已有“{name}”。请打开那一行修改。"})
    return _put(current, name, change_of(name, base.get(name), values), actor=actor)


@action("registers.end_row", policy=may_draft, on="revision", records=(ROWS_CHANGED,), basis=BASIS)
def end_row(*, actor: Actor, revision: Revision, key: str) -> ChangedRow | None:
    """End a row in the draft: it leaves the list the day the version comes into force."""
    current = locked(revision, *map(State, EDITABLE))
    with remembering():
        before = base_of(current, declared(current.register)).get(key)
    if before is None and not current.rows.filter(key=key).exists():
        raise InputFault({"key": "清单上没有这一行，可能刚被改过。请刷新后再看。"})
    return _put(current, key, change_of(key, before, None), actor=actor)


@action("registers.drop_change", policy=may_draft, on="revision", records=(ROWS_CHANGED,), basis=BASIS)
def drop_change(*, actor: Actor, revision: Revision, key: str) -> None:
    """Take a row's change out of the draft: the row stays as it is in force."""
    current = locked(revision, *map(State, EDITABLE))
    _put(current, key, None, actor=actor)


def base_of(revision: Revision, register: Register) -> dict[str, Values]:
    """What the list says without the draft, on the day the draft is for."""
    return register.content(revision.agency_id, max(revision.effective_on or clock.today(), clock.today()))


def _put(revision: Revision, key: str, change: Change | None, *, actor: Actor) -> ChangedRow | None:
    revision.rows.filter(key=key).delete()
    row = None
    if change is not None:
        row = ChangedRow.objects.create(
            revision=revision, key=key, kind=change.kind, before=change.before, after=change.after
        )
    tell(
        revision,
        actor=actor,
        activity=ROWS_CHANGED,
        data={"rows": 1, "kind": change.kind if change else "dropped"},
    )
    return row


def put_many(revision: Revision, changes: Sequence[Change], *, actor: Actor) -> None:
    """Put many rows into the draft at once; a row that the draft already had is replaced."""
    revision.rows.filter(key__in=[change.key for change in changes]).delete()
    insert_rows(
        [
            ChangedRow(
                revision=revision, key=change.key, kind=change.kind, before=change.before, after=change.after
            )
            for change in changes
        ]
    )
    tell(revision, actor=actor, activity=ROWS_CHANGED, data={"rows": len(changes), "kind": "many"})


@action(
    "registers.restore_version", policy=may_keep, on="agency", records=(DRAFTED, ROWS_CHANGED), basis=BASIS
)
def restore_version(*, actor: Actor, register: str, agency: str, number: int, reason: str) -> Revision:
    """Undo by a new version: a draft that brings back what an earlier version said. It is reviewed as any other."""
    versions = published(register, agency)
    latest = versions[0].number if versions else 0
    if not 0 <= number < (latest or 0):
        raise InputFault({"number": "只能恢复到比现行版本早的一版。请在“版本历史”里选择。"})
    changes = backwards(between_versions(register, agency, number, latest or 0))
    if not changes:
        raise Refusal(f"现行版本与第 {number} 版的内容相同，不需要恢复")
    revision = new_revision(
        actor=actor, register=declared(register), agency=agency, reason=reason, restores=number
    )
    put_many(revision, changes, actor=actor)
    return revision


@action("registers.submit_revision", policy=may_draft, on="revision", records=(SUBMITTED,), basis=BASIS)
def submit_revision(*, actor: Actor, revision: Revision, effective_on: date) -> Revision:
    """Send a revision to 区司法局 with the day from which it is to be in force."""
    current = locked(revision, *map(State, EDITABLE))
    if not current.rows.exists():
        raise Refusal("草稿里还没有任何变化", next_step="请先新增、修改或终止清单上的行，再送审。")
    check_day(current, effective_on)
    current.effective_on = effective_on
    current.state = State.SUBMITTED
    current.submitted_by_id, current.submitted_at = actor.person_id, clock.now()
    current.save(update_fields=["effective_on", "state", "submitted_by", "submitted_at"])
    told = {"rows": current.rows.count(), "effective_on": effective_on.isoformat()}
    note(
        current,
        actor=actor,
        step="submitted",
        activity=SUBMITTED,
        text=f"拟自 {effective_on} 起生效",
        data=told,
    )
    return current


def check_day(revision: Revision, effective_on: date) -> None:
    """A list binds from its publication on. Only the first version may record what was in force before the platform."""
    first = not published(revision.register, revision.agency_id)
    if effective_on < clock.today() and not first:
        raise InputFault({"effective_on": "生效日期不能早于今天。清单公布以后才生效。"})


@action("registers.withdraw_revision", policy=may_draft, on="revision", records=(WITHDRAWN,), basis=BASIS)
def withdraw_revision(*, actor: Actor, revision: Revision, reason: str) -> Revision:
    """Give a revision up before it is published. It stays in the history; the list stays as it is."""
    current = locked(revision, *map(State, OPEN))
    said = demand(reason, field="reason", message="请写明为什么撤销这次修订。")
    current.state = State.WITHDRAWN
    current.save(update_fields=["state"])
    note(current, actor=actor, step="withdrawn", activity=WITHDRAWN, text=said)
    return current

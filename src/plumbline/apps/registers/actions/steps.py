"""What every step of a revision has in common: it is locked, noted in the history, and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists import Register, find_register

from ..events import KIND
from ..models import OPEN, Revision, RevisionNote, State
from ..policies import BASIS


def matter_of(revision: Revision) -> str:
    return f"LIST-{revision.register}-{revision.pk}"


def declared(key: str) -> Register:
    found = find_register(key)
    if found is None:
        raise InputFault({"register": "没有这份清单。请从“清单与名录”重新进入。"})
    return found


def locked(revision: Revision, *states: State) -> Revision:
    """The revision as it stands, held until the end of the transaction; refused where it is in another state."""
    rows = Revision.objects.unscoped("已按岗位核对").select_related("agency").select_for_update(of=("self",))
    current = rows.get(pk=revision.pk)
    if current.state not in states:
        raise Refusal(
            f"这次修订现在是“{current.get_state_display()}”，不能这样办理",
            basis=BASIS,
            next_step="可能刚由别人办过，请刷新后再看。",
        )
    return current


def refuse_second(register: str, agency: str) -> None:
    """A list is revised in one revision at a time."""
    rows = Revision.objects.unscoped("同一清单只有一个在办的修订")
    other = rows.filter(register=register, agency_id=agency, state__in=OPEN).first()
    if other is not None:
        raise Refusal(
            f"这份清单已有一次修订在办（{other.get_state_display()}）",
            next_step="请在那次修订里继续，或先把它办完、撤销。",
            next_url=f"/registers/revisions/{other.pk}",
        )


def note(
    revision: Revision,
    *,
    actor: Actor,
    step: str,
    activity: str,
    text: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """A line of the history and the event, in the caller's transaction. The log holds no wording of rows."""
    by = f"{actor.label}（{actor.agency_name}）" if actor.agency_name else actor.label
    RevisionNote.objects.create(
        revision=revision,
        step=step,
        text=text.strip(),
        by_person_id=actor.person_id,
        by_label=by[:120],
        at=clock.now(),
    )
    tell(revision, actor=actor, activity=activity, data=data)


def tell(revision: Revision, *, actor: Actor, activity: str, data: Mapping[str, Any] | None = None) -> None:
    record(
        actor=actor,
        matter=matter_of(revision),
        kind=KIND,
        activity=activity,
        agency=revision.agency_id,
        data={"register": revision.register, "revision": revision.pk, **(data or {})},
    )


def demand(text: str, *, field: str, message: str, most: int = 500) -> str:
    """Typed text that may not be missing."""
    said = text.strip()
    if not said:
        raise InputFault({field: message})
    if len(said) > most:
        raise InputFault({field: f"有 {len(said)} 个字，最多 {most} 个。请缩短。"})
    return said

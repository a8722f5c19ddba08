"""Reviewing what the agencies handed in, row by row; reminding those that are behind, or leaving them out with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.notify.models import notify

from ..events import AGENCY_REMINDED, ENTRY_LEFT_OUT, ENTRY_RETURNED, ENTRY_REVIEWED, ROWS_DECIDED
from ..models import CleanupEntry, OfficerRow, Standing, SubjectRow
from ..policies import may_press, may_review
from .keeping import BASIS, tell_entry

DECISIONS = ("passed", "returned", "unqualified")


@dataclass(frozen=True)
class Ruling:
    """The reviewer's decision on one row; ``row`` is ``s12`` for a subject's, ``o12`` for an officer's."""

    decision: str
    reason: str = ""


@action("subjects.decide_rows", policy=may_review, on="entry", records=(ROWS_DECIDED,), basis=BASIS)
def decide_rows(*, actor: Actor, entry: CleanupEntry, rulings: Mapping[str, Ruling], rest: str = "") -> int:
    """Decide on rows. ``rest`` is given to every row that nobody has decided on yet (empty: none)."""
    faults: dict[str, str] = {}
    rows = rows_of(entry)
    changed: list[SubjectRow | OfficerRow] = []
    for key, ruling in rulings.items():
        row = rows.get(key)
        if row is None or not ruling.decision:
            continue
        if ruling.decision not in DECISIONS:
            faults[key] = "请选择审核结论。"
        elif ruling.decision != "passed" and not ruling.reason.strip():
            faults[key] = f"{named(row)}：退回补正或者不合格的，请写明理由。"
        elif (ruling.decision, ruling.reason.strip()) != (row.decision, row.reason):
            row.decision, row.reason = ruling.decision, ruling.reason.strip()
            changed.append(row)
    if faults:
        raise InputFault(faults)
    if rest == "passed":
        for row in rows.values():
            if not row.decision:
                row.decision, row.reason = "passed", ""
                changed.append(row)
    for row in changed:
        row.decided_at, row.decided_label = clock.now(), actor.label
        row.save(update_fields=["decision", "reason", "decided_at", "decided_label"])
    if changed:
        counts = {each: sum(row.decision == each for row in changed) for each in DECISIONS}
        tell_entry(actor, entry, ROWS_DECIDED, **counts)
    return len(changed)


@action(
    "subjects.finish_review", policy=may_review, on="entry", records=(ENTRY_RETURNED, ENTRY_REVIEWED), basis=BASIS
)  # fmt: skip
def finish_review(*, actor: Actor, entry: CleanupEntry) -> bool:
    """End the review: with a returned row the entry goes back to the agency (False), else it is done (True)."""
    rows = list(rows_of(entry).values())
    waiting = [row for row in rows if not row.decision]
    if waiting:
        raise Refusal(
            f"还有 {len(waiting)} 行没有审核：{'、'.join(named(row) for row in waiting[:3])}",
            basis="行政执法监督条例第十七条",
            next_step="请逐行作出结论，或者点“其余全部合格”。",
        )
    returned = [row for row in rows if row.decision == "returned"]
    if returned:
        entry.submitted_at, entry.returned_at = None, clock.now()
        entry.save(update_fields=["submitted_at", "returned_at"])
        tell_entry(actor, entry, ENTRY_RETURNED, rows=len(returned))
        notify(
            title=f"{entry.round.title}：退回 {len(returned)} 行，请补正",
            body="；".join(f"{named(row)}：{row.reason}" for row in returned),
            url=f"/subjects/entries/{entry.pk}",
            agency_code=entry.agency_id,
            capability="registers.maintain",
        )
        return False
    entry.reviewed_at = clock.now()
    entry.save(update_fields=["reviewed_at"])
    tell_entry(
        actor, entry, ENTRY_REVIEWED, passed=sum(row.decision == "passed" for row in rows),
        unqualified=sum(row.decision == "unqualified" for row in rows),
    )  # fmt: skip
    return True


@action("subjects.remind_agency", policy=may_press, on="entry", records=(AGENCY_REMINDED,), basis=BASIS)
def remind_agency(*, actor: Actor, entry: CleanupEntry) -> None:
    """Remind an agency that has not handed in."""
    entry.reminded_at = clock.now()
    entry.save(update_fields=["reminded_at"])
    notify(
        title=f"催报：{entry.round.title}",
        body=f"报送期限 {entry.round.due_on}。请核对带出的数据后报送。",
        url=f"/subjects/entries/{entry.pk}",
        agency_code=entry.agency_id,
        capability="registers.maintain",
    )
    tell_entry(actor, entry, AGENCY_REMINDED)


@action("subjects.leave_out", policy=may_press, on="entry", records=(ENTRY_LEFT_OUT,), basis=BASIS)
def leave_out(*, actor: Actor, entry: CleanupEntry, reason: str) -> None:
    """Go on without an agency that has not handed in, with the reason; what is registered of it stays as it is."""
    if not reason.strip():
        raise InputFault({"reason": "请写明该机关不列入本次清理的理由。"})
    entry.left_out_at, entry.left_out_reason = clock.now(), reason.strip()
    entry.save(update_fields=["left_out_at", "left_out_reason"])
    tell_entry(actor, entry, ENTRY_LEFT_OUT, reason=reason.strip())


def rows_of(entry: CleanupEntry) -> dict[str, SubjectRow | OfficerRow]:
    """The rows of an entry by their keys, subjects first."""
    rows: dict[str, SubjectRow | OfficerRow] = {f"s{row.pk}": row for row in entry.subject_rows.all()}
    return rows | {f"o{row.pk}": row for row in entry.officer_rows.select_related("certificate")}


def named(row: SubjectRow | OfficerRow) -> str:
    return row.name if isinstance(row, SubjectRow) else f"{row.certificate.name} {row.certificate.number}"


def qualified(row: OfficerRow) -> bool:
    """Whether an officer goes into the confirmed list: passed, and in post."""
    return row.decision == "passed" and row.standing == Standing.IN_POST

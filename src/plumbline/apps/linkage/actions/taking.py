"""Taking a step: the guards, the event, what is recorded with it, and who has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from plumbline.apps.cases.contract import (
    Closed,
    bring_case_in_line,
    compose_step,
    demand_lawful,
    demand_time,
    in_contract,
)
from plumbline.packs.procedures import Step
from plumbline.packs.transfer.procedures import PROCEDURES
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district

from ..gates import shut
from ..keeping import bring_in_line
from ..models import Linkage, LinkageEntry
from ..package import packed
from ..policies import may_take, may_work_on
from ..reading import LinkageFile
from ..standards import with_standard
from ..supervised import after_step
from ..telling import tell
from .drafting import discard

#: What the steps record, and what is recorded with them.
STEP_ACTIVITIES: tuple[str, ...] = tuple(
    sorted({step.activity for each in PROCEDURES for step in each.steps.values()} | {"case_closed"})
)


@action(
    "linkage.take_step",
    policy=may_work_on,
    on="linkage",
    records=STEP_ACTIVITIES,
    basis="行政执法机关移送涉嫌犯罪案件的规定、人民检察院检察建议工作规定、监察法；各步骤的依据见程序声明",
)
def take_step(
    *,
    actor: Actor,
    linkage: Linkage,
    step: str,
    data: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    occurred_at: date | datetime | None = None,
) -> StoredEvent:
    """Take ``step`` now or at a past time. ``data`` are the event's fields, ``details`` what is kept beside it."""
    # A step of the other end is recorded in the agency's own matter, which its liaison officer does not see otherwise.
    with whole_district():
        locked = linkage_locked(linkage.pk)
        file = LinkageFile(locked)
        declared = file.procedure.steps.get(step)
        if declared is None:
            raise Refusal(f"{file.procedure.label}没有这个步骤", basis=file.procedure.basis)
        may_take(actor, locked, declared).demand()
        stored = carry_out(
            actor, file, declared, data=data or {}, details=details or {}, occurred=occurred_at or clock.now()
        )
        linkage.refresh_from_db(from_queryset=_rows())
    return stored


def linkage_locked(pk: int) -> Linkage:
    """The row, locked, so that two hands cannot take steps on two different pictures of the matter."""
    return _rows().select_for_update(of=("self",)).get(pk=pk)


def _rows() -> Any:
    rows = Linkage.objects.unscoped("锁定衔接事项以登记步骤")
    return rows.select_related("case__agency", "agency", "organ", "procuratorate")


def carry_out(
    actor: Actor,
    file: LinkageFile,
    step: Step,
    *,
    data: Mapping[str, Any],
    details: Mapping[str, Any],
    occurred: date | datetime,
) -> StoredEvent:
    """Ask the guards and record the step with all that follows, inside the caller's transaction."""
    closed = shut(step, file)
    if closed is not None:
        raise _refused(step, file, closed)
    demand_time(step, file, occurred)
    on = occurred.astimezone(clock.CHINA).date() if isinstance(occurred, datetime) else occurred
    _demand_said(step, data, details, on)
    _demand_as_sent(step, file, data, details)
    if step.activity == "crime_suspected":
        details = with_standard(data, details, on)
    document = compose_step(
        step, file, actor=actor, data=_completed(step, data, details), details=details, occurred=occurred
    )
    if in_contract(step.activity):
        demand_lawful(step.verb, file, document, step.demands, outside=step.outside)
    linkage = file.linkage
    stored = record(
        actor=actor,
        matter=linkage.matter_id,
        kind=linkage.kind,
        activity=step.activity,
        agency=linkage.agency_id,
        occurred_at=occurred,
        data=document["data"],
        actors=document.get("actors"),
        links=_links(linkage) if not file.rows else None,
        event_id=document["id"],
    )
    entry = LinkageEntry.objects.create(
        linkage=linkage,
        step=step.key,
        event_id=stored.event_id,
        details=dict(details),
        by_label=actor.label,
        by_agency=actor.agency_code,
    )
    discard(actor, linkage, step.key)
    _pack(linkage, file, step, entry)
    _move(linkage, step, details)
    entry.followed_by = _followed(actor, LinkageFile(linkage), stored, details, occurred)
    entry.save(update_fields=["followed_by", "details"])
    bring_in_line(linkage, LinkageFile(linkage))
    if linkage.case is not None and linkage.case.matter_id == linkage.matter_id:
        # The case's own row, its clocks among them, follows from the same event.
        bring_case_in_line(linkage.matter_id)
    tell(actor, linkage, step, LinkageFile(linkage))
    after_step(actor, linkage, step.activity, dict(details), stored.occurred_on)
    return stored


def _refused(step: Step, file: LinkageFile, closed: Closed) -> Refusal:
    first = file.procedure.steps.get(closed.first)
    return Refusal(
        f"不能{step.verb}：{closed.reason}",
        basis=closed.basis,
        next_step=f"请先{first.verb}。" if first else "",
        next_url=file.page,
    )


def _links(linkage: Linkage) -> list[dict[str, str]] | None:
    """The first event of a matter of its own says which case it came from."""
    if linkage.case is None or linkage.case.matter_id == linkage.matter_id:
        return None
    return [{"matter": linkage.case.matter_id, "rel": "about"}]


def _demand_said(step: Step, data: Mapping[str, Any], details: Mapping[str, Any], on: date) -> None:
    """What has to be said only where another answer calls for it."""
    if step.activity == "transfer_approved" and data.get("result") == "refused" and not details.get("reason"):
        raise InputFault({"@reason": "不批准移送的，请写明理由：理由应当记录在案。"})
    if step.activity == "police_reconsidered":
        _demand_receipt(str(details.get("received_on") or ""), on)
    if step.activity == "crime_transfer_concluded":
        if details.get("how") == "administrative" and not details.get("handling"):
            raise InputFault({"@handling": "请写明本机关的处理：不予立案的案件，应当依法作出处理。"})


def _demand_receipt(received_on: str, decided_on: date) -> None:
    """The day from which the days to suggest supervision run: never before the decision, never ahead."""
    if not received_on:
        raise InputFault({"@received_on": "请填写移送机关收到复议决定之日：建议立案监督的三日从这一天起算。"})
    if not decided_on <= date.fromisoformat(received_on) <= clock.today():
        raise InputFault(
            {"@received_on": f"收到之日应当在复议决定之日（{decided_on}）和今天之间，请核对日期。"}
        )


def _demand_as_sent(
    step: Step, file: LinkageFile, data: Mapping[str, Any], details: Mapping[str, Any]
) -> None:
    """What a receipt repeats of a letter is the sender's to say: its number, its kind, its day. A wrong letter is sent anew."""
    if not file.letter_came_here:
        return
    for ask in step.asks:
        if ask.fill != "letter" or ask.kind == "long":
            continue
        name = ask.path.removeprefix("@")
        typed = details.get(name) if ask.is_detail else data.get(name)
        if str(typed or "") != str(file.of_letter(name) or ""):
            raise InputFault(
                {ask.path: "与对方发来的文书不一致，请按文书登记；文书写错的，请对方作废后重新发出。"}
            )


def _completed(step: Step, data: Mapping[str, Any], details: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the form states in another way."""
    completed = dict(data)
    if step.activity == "transfer_approved" and data.get("result") == "refused":
        completed["reasons_recorded"] = bool(details.get("reason"))
    if step.activity == "procuratorial_suggestion_received":
        # An empty field says that no other day was set; the rule must not take it for unknown.
        completed.setdefault("reply_by", None)
        if data.get("suggestion_kind") == "public_interest":
            completed.setdefault("harm_growing", False)
    return completed


def _pack(linkage: Linkage, file: LinkageFile, step: Step, entry: LinkageEntry) -> None:
    """What is sent is frozen with it; the receipt repeats its fingerprint."""
    if step.activity == "transfer_sent":
        chosen = entry.details.get("papers") or []
        linkage.package, linkage.package_hash = packed(file, [str(each) for each in chosen], entry.details)
        entry.details = {**entry.details, "package": linkage.package_hash}
    elif step.activity == "transfer_receipt_signed":
        entry.details = {**entry.details, "package": linkage.package_hash}


def _move(linkage: Linkage, step: Step, details: Mapping[str, Any]) -> None:
    """Another agency handles what was assigned to it; who had it first goes on seeing it."""
    if step.key != "assigned":
        return
    chosen = Agency.objects.filter(pk=str(details.get("agency", "")), enforces=True).first()
    if chosen is None:
        raise InputFault({"@agency": "请选择承办机关。"})
    linkage.addressed_to_id = linkage.addressed_to_id or linkage.agency_id
    linkage.agency = chosen


def _followed(
    actor: Actor, file: LinkageFile, stored: StoredEvent, details: Mapping[str, Any], on: date | datetime
) -> list[str]:
    """What is recorded with a step because it says so itself; the ids."""
    linkage = file.linkage

    def also(activity: str, data: dict[str, Any]) -> list[str]:
        event = record(
            actor=actor,
            matter=linkage.matter_id,
            kind=linkage.kind,
            activity=activity,
            agency=linkage.agency_id,
            occurred_at=on,
            data=data,
            actors=[{"id": actor.number, "role": "other"}],
        )
        return [event.event_id]

    if stored.activity == "police_reconsidered" and stored.data.get("filed") is True:
        return also(
            "police_filed", {"notice_received_on": str(details.get("received_on") or stored.occurred_on)}
        )
    if stored.activity == "crime_transfer_concluded" and linkage.kind == "crime_transfer":
        return also("case_closed", {})
    return []

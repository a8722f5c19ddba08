"""Voiding a step that was recorded wrongly, with what was recorded beside it."""

from __future__ import annotations

from plumbline.apps.cases.contract import bring_case_in_line
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.notify.models import notify
from plumbline.platform.scope.rows import whole_district

from ..keeping import bring_in_line
from ..models import Linkage
from ..policies import may_take, may_work_on
from ..reading import LinkageFile
from ..supervised import after_void
from ..telling import tell_voided
from .taking import linkage_locked


@action(
    "linkage.void_entry",
    policy=may_work_on,
    on="linkage",
    records=("event_voided",),
    basis="事件契约第四节：记错的事件以作废记录更正，不修改、不删除",
)
def void_entry(*, actor: Actor, linkage: Linkage, event_id: str, reason: str) -> None:
    """Void the latest step of one's own side. The wrong record stays in the log; what was sent closes again to the other end."""
    if not reason.strip():
        raise InputFault({"reason": "请写明作废的理由。"})
    with whole_district():
        locked = linkage_locked(linkage.pk)
        file = LinkageFile(locked)
        counted = {event.id for event in (file.flow.events if file.flow else ())}
        entry = next((each for each in file.entries if each.event_id == event_id), None)
        if entry is None or event_id not in counted:
            raise Refusal("这条记录已经作废，或者不属于本事项", next_step="请刷新页面。")
        may_take(actor, locked, file.procedure.steps[entry.step]).demand()
        standing = [each for each in file.entries if each.event_id in counted]
        if standing[-1].pk != entry.pk:
            raise Refusal(
                "后面还有步骤，不能单独作废这一条", next_step="请先作废其后的记录，从最后一条开始。"
            )
        if entry.document is not None:
            raise Refusal(
                "这一步的文书已经签发，不能作废", next_step="内容有变化的，请登记新的一步并另行签发。"
            )
        for each in (event_id, *entry.followed_by):
            record(
                actor=actor,
                matter=locked.matter_id,
                kind=locked.kind,
                activity="event_voided",
                agency=locked.agency_id,
                data={"voids": each, "reason": reason.strip()},
                actors=[{"id": actor.number, "role": "other"}],
            )
        step, left = file.procedure.steps[entry.step], LinkageFile(locked)
        if step.key == "assigned":
            _move_back(locked, left, actor)
        bring_in_line(locked, left)
        tell_voided(actor, locked, step, file, left)
        after_void(actor, locked, step.activity, reason.strip())
        if locked.case is not None and locked.case.matter_id == locked.matter_id:
            bring_case_in_line(locked.matter_id)


def _move_back(linkage: Linkage, left: LinkageFile, actor: Actor) -> None:
    """Who had it before the voided assignment has it again: the agency of the one before, else the one it first came to."""
    gone = linkage.agency_id
    linkage.agency = Agency.objects.get(
        pk=left.detail("procuratorial_assigned", "agency") or linkage.addressed_to_id
    )
    if linkage.addressed_to_id == linkage.agency_id:
        linkage.addressed_to = None
    for code in (gone, linkage.agency_id):
        notify(
            title=f"转交已作废：{linkage}", body=linkage.title, agency_code=code, capability="supervision.reply",
            url=linkage.page if code == linkage.agency_id else "",
        )  # fmt: skip

"""The life of a guiding case. It is written by one, read by another, and what is published never changes: it is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max

from plumbline.apps.publicity.contract import Publication, personal_places
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Policy, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.rows import whole_district

from . import events
from .checking import checked
from .models import PARTS, GuidingCase, State
from .policies import (
    may_draft,
    may_publish_guidance,
    may_review,
    may_revise,
    may_take_back,
    may_withdraw_guidance,
)

BASIS = "行政执法监督条例第二十四条；国办发〔2018〕118号（十九）"
LEAST = {"title": 6, "gist": 15, "facts": 30, "outcome": 6, "guidance": 15}


@dataclass(frozen=True)
class Content:
    """What is written; ``law`` are pairs of a law's name and its article."""

    title: str
    topic: str = ""
    gist: str = ""
    facts: str = ""
    outcome: str = ""
    guidance: str = ""
    law: Sequence[tuple[str, str]] = ()


@action("guidance.draft", policy=may_draft, on="agency", records=(events.DRAFTED,), basis=BASIS)
def draft(*, actor: Actor, agency: str, content: Content, source: Publication | None = None) -> GuidingCase:
    """Begin a case, told after a published decision or after one from elsewhere."""
    case = GuidingCase(agency_id=agency, source=source)
    _write(case, actor, content)
    _log(actor, case, events.DRAFTED, {"source": source.public_id if source else ""})
    return case


@action("guidance.revise", policy=may_revise, on="case", records=(events.REVISED,), basis=BASIS)
def revise(*, actor: Actor, case: GuidingCase, content: Content) -> GuidingCase:
    """Rewrite a case that is not handed in."""
    held = _hold(actor, case, may_revise)
    _write(held, actor, content)
    _log(actor, held, events.REVISED, {})
    return held


@action("guidance.submit", policy=may_revise, on="case", records=(events.SUBMITTED,), basis=BASIS)
def submit(*, actor: Actor, case: GuidingCase) -> GuidingCase:
    """Hand a case in for review: complete, and without anybody's name in it."""
    held = _hold(actor, case, may_revise)
    faults = {
        part: f"{PARTS[part]}至少写 {least} 个字。"
        for part, least in LEAST.items()
        if len(getattr(held, part)) < least
    }
    if not held.law:
        faults["law"] = "请写明适用的法律，每行一条。"
    if not held.topic:
        faults["topic"] = "请选择领域。"
    _demand_clean(held, faults)
    _demand_source(held)
    held.state, held.submitted_at, held.review_note = State.SUBMITTED, clock.now(), ""
    held.save()
    _log(actor, held, events.SUBMITTED, {})
    return held


@action("guidance.take_back", policy=may_take_back, on="case", records=(events.TAKEN_BACK,), basis=BASIS)
def take_back(*, actor: Actor, case: GuidingCase) -> GuidingCase:
    """Take a case back that nobody has reviewed yet."""
    held = _hold(actor, case, may_take_back)
    held.state, held.submitted_at = State.DRAFT, None
    held.save()
    _log(actor, held, events.TAKEN_BACK, {})
    return held


@action("guidance.drop", policy=may_revise, on="case", records=(events.DROPPED,), basis=BASIS)
def drop(*, actor: Actor, case: GuidingCase) -> GuidingCase:
    """Give a draft up; it stays among the agency's own."""
    held = _hold(actor, case, may_revise)
    held.state = State.DROPPED
    held.save()
    _log(actor, held, events.DROPPED, {})
    return held


@action(
    "guidance.review", policy=may_review, on="case", records=(events.PASSED, events.RETURNED), basis=BASIS
)
def review(
    *, actor: Actor, case: GuidingCase, passes: bool, note: str = "", weighed: bool = False
) -> GuidingCase:
    """Pass a case or send it back with what is to be changed. Doubtful words have to be weighed before it passes."""
    held = _hold(actor, case, may_review)
    note = note.strip()
    if not passes and len(note) < 6:
        raise InputFault({"note": "请写明退回的理由和要改的地方。"})
    if passes:
        _demand_clean(held, {})
        _demand_source(held)
        if checked(held).doubtful and not weighed:
            raise InputFault({"weighed": "请逐处看过可能是姓名或者个人情况的文字，确认可以公开后勾选。"})
    held.state = State.PASSED if passes else State.DRAFT
    held.reviewed_by_id, held.reviewed_label, held.reviewed_at = actor.person_id, actor.label, clock.now()
    held.review_note = note
    held.save()
    _log(actor, held, events.PASSED if passes else events.RETURNED, {})
    return held


@action("guidance.publish", policy=may_publish_guidance, on="case", records=(events.PUBLISHED,), basis=BASIS)
def publish_guidance(*, actor: Actor, case: GuidingCase) -> GuidingCase:
    """Give the next number and open it to the public from now on."""
    held = _hold(actor, case, may_publish_guidance)
    _demand_clean(held, {})
    _demand_source(held)
    held.number, held.state = _next_number(), State.PUBLISHED
    held.published_on, held.published_label = clock.today(), actor.label
    held.sha256 = held.fingerprint()
    held.save()
    _log(actor, held, events.PUBLISHED, {"number": held.number, "sha256": held.sha256})
    return held


@action("guidance.keep", policy=may_withdraw_guidance, on="case", records=(events.KEPT,), basis=BASIS)
def keep_published(*, actor: Actor, case: GuidingCase, reason: str) -> GuidingCase:
    """After its source is no longer public: the case still guides, and why; the public page then names no source."""
    held = _hold(actor, case, may_withdraw_guidance)
    if not held.source_gone:
        raise Refusal("来源决定仍在公示，不需要复核")
    if len(reason.strip()) < 6:
        raise InputFault({"reason": "请写明继续保留的理由。"})
    held.source = None
    held.save()
    _log(actor, held, events.KEPT, {"reason": reason.strip()})
    return held


@action(
    "guidance.withdraw", policy=may_withdraw_guidance, on="case", records=(events.WITHDRAWN,), basis=BASIS
)
def withdraw_guidance(*, actor: Actor, case: GuidingCase, reason: str) -> GuidingCase:
    """Take a published case down. The page stays under its number, with the reason alone."""
    held = _hold(actor, case, may_withdraw_guidance)
    reason = reason.strip()
    if len(reason) < 6:
        raise InputFault({"reason": "请写明撤回的理由。理由会公开。"})
    if found := personal_places(reason)[0]:
        raise InputFault({"reason": f"理由会公开，其中有{found[0][0]}“{found[0][1]}”。请删去。"})
    held.state, held.reason = State.WITHDRAWN, reason
    held.withdrawn_on, held.withdrawn_label = clock.today(), actor.label
    held.save()
    _log(actor, held, events.WITHDRAWN, {"number": held.number})
    return held


def _write(case: GuidingCase, actor: Actor, content: Content) -> None:
    if len(content.title.strip()) < LEAST["title"]:
        raise InputFault({"title": f"标题至少写 {LEAST['title']} 个字。"})
    for part in PARTS:
        setattr(case, part, getattr(content, part).strip())
    case.topic = content.topic
    case.law = [{"law": law, "article": article} for law, article in content.law]
    case.written_by_id, case.written_label = actor.person_id, actor.label
    case.save()


def _demand_clean(case: GuidingCase, faults: dict[str, str]) -> None:
    faults = checked(case).faults() | faults
    if faults:
        raise InputFault(faults)


def _demand_source(case: GuidingCase) -> None:
    if case.source_gone:
        raise Refusal(
            "来源决定已经不再公示，不能作为指导案例", next_step="请另选案例，或者说明后由区司法局处理。"
        )


def _next_number() -> int:
    """The next number. Whoever publishes at the same moment waits here: none is skipped, none given twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('guiding_cases.number'))")
    with whole_district():
        numbered = GuidingCase.objects.unscoped("指导案例编号").aggregate(last=Max("number"))
    return int(numbered["last"] or 0) + 1


def _hold(actor: Actor, case: GuidingCase, policy: Policy) -> GuidingCase:
    """The row as it is now, held until the action ends, with the policy asked again of it."""
    rows = GuidingCase.objects.unscoped("已核对这件指导案例的可见范围")
    held = rows.select_for_update(of=("self",)).select_related("source", "agency").get(pk=case.pk)
    if not (verdict := policy(actor, held)):
        raise Refusal(verdict.reason, basis=verdict.basis, next_step=verdict.next_step)
    return held


def _log(actor: Actor, case: GuidingCase, activity: str, data: dict[str, object]) -> None:
    record(
        actor=actor,
        matter=f"guidance-{case.pk}",
        kind="other_act",
        activity=activity,
        agency=case.agency_id,
        data={"case": case.pk, **data},
    )

"""Who reports, confirms, settles and reads; each reading policy beside its queryset twin."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import (
    Deliverable,
    Merit,
    Paper,
    Progress,
    Rectification,
    RectificationProof,
    Responsible,
    SelfCheck,
    Share,
)

REPORT = "programme.report"
READING = (REPORT, "documents.sign", "supervision.supervise", "supervision.decide")
BUREAU = "请由区司法局办理。"
NAMES = "新政办[2022]14号 四(一)"


def reach_of(actor: Actor) -> frozenset[str] | None:
    """The units whose part in a programme the actor may read; None is the whole district."""
    return actor.reach(*READING)


def may_read(actor: Actor) -> Decision:
    """Reading programmes: the plan itself goes to every unit that takes part."""
    reach = reach_of(actor)
    return ALLOWED if reach is None or reach else denied("您的岗位不查看工作方案")


def may_lead(actor: Actor) -> Decision:
    """Taking in, confirming, settling, accepting, issuing: 区司法局."""
    if actor.is_system or any(
        g.capability == "supervision.supervise" and g.agencies is None for g in actor.grants
    ):
        return ALLOWED
    return denied("您的岗位不组织工作方案", next_step=BUREAU)


def _seen(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = reach_of(actor)
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(Share)
def shares_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(Progress)
def progress_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(Deliverable)
def deliverables_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(Responsible)
def responsible_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(Merit)
def merits_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(SelfCheck)
def self_checks_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(Rectification)
def rectifications_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(RectificationProof)
def proofs_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


def may_act_for(actor: Actor, agency: str) -> Decision:
    """Naming the people responsible, checking oneself: the unit's own post for the programme."""
    if actor.can(REPORT, agency):
        return ALLOWED
    return denied("您的岗位不办理这个单位的方案任务", basis=NAMES, next_step="请由该单位负责填报的岗位办理。")


def may_report(actor: Actor, share: Share) -> Decision:
    """Reporting on a share, with files."""
    allowed = may_act_for(actor, share.agency_id)
    if allowed and share.until_on is not None:
        return denied("这项任务已经不由本单位承担")
    return allowed


def may_review(actor: Actor, progress: Progress) -> Decision:
    """Confirming or returning what a unit reported as done: 区司法局, and never who reported it."""
    allowed = may_lead(actor)
    if not allowed:
        return allowed
    if progress.reviewed_on is not None:
        return denied("这次报告已经处理")
    if progress.state != Progress.State.DONE:
        return denied("单位没有报告完成，不需要确认")
    if progress.by_number == actor.number:
        return denied("报告人不能确认自己的报告", next_step="请由区司法局另一位监督人员确认。")
    return ALLOWED


def may_fill(actor: Actor, row: SelfCheck) -> Decision:
    """Filling in and submitting a self-check."""
    allowed = may_act_for(actor, row.agency_id)
    if allowed and row.submitted_on is not None:
        return denied("自查已经报送", next_step="需要修改的，请区司法局退回。")
    return allowed


def may_read_check(actor: Actor, row: SelfCheck) -> Decision:
    """Accepting or returning a self-check that was submitted."""
    allowed = may_lead(actor)
    if not allowed:
        return allowed
    if row.submitted_on is None:
        return denied("该单位还没有报送自查")
    if row.reviewed_on is not None:
        return denied("这次自查已经审阅")
    return ALLOWED


def may_prove(actor: Actor, row: Rectification) -> Decision:
    """Showing that a deduction has been put right."""
    allowed = may_act_for(actor, row.agency_id)
    if allowed and any(proof.accepted for proof in row.proofs.unscoped("整改是否已经通过")):
        return denied("整改已经通过核实")
    return allowed


def may_verify(actor: Actor, proof: RectificationProof) -> Decision:
    """Verifying a proof: 区司法局, and never who handed it in."""
    allowed = may_lead(actor)
    if not allowed:
        return allowed
    if proof.verified_on is not None:
        return denied("这份证明已经核实")
    if proof.by_number == actor.number:
        return denied("报送人不能核实自己的证明", next_step="请由区司法局另一位监督人员核实。")
    return ALLOWED


def may_write(actor: Actor, paper: Paper) -> Decision:
    """Writing and issuing a monthly or results report."""
    allowed = may_lead(actor)
    if allowed and paper.issued_on is not None:
        return denied("已经印发，内容不再改动", next_step="需要更正的，请另起一版。")
    return allowed


def may_withdraw(actor: Actor, merit: Merit) -> Decision:
    """Withdrawing a record that was wrong."""
    allowed = may_lead(actor)
    if allowed and merit.withdrawn_on is not None:
        return denied("这条记录已经撤回")
    return allowed

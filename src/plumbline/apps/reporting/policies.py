"""Who prepares, signs, publishes and reads reports; each reading policy beside its queryset twin."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .duties import duties
from .models import (
    AnnualReport,
    AnnualVersion,
    DutyReport,
    DutyVersion,
    Fact,
    FactTotal,
    SpecialReport,
    SpecialRound,
)

PREPARE = "reports.prepare"
READING = (PREPARE, "documents.sign", "cases.view", "supervision.supervise", "supervision.decide")
DUTY = "国办发〔2018〕118号（六）"
BUREAU = "请由区司法局办理。"


def reach_of(actor: Actor) -> frozenset[str] | None:
    """The agencies whose figures the actor may read; None is the whole district."""
    return actor.reach(*READING)


def may_read(actor: Actor) -> Decision:
    """Reading statistics at all."""
    reach = reach_of(actor)
    return ALLOWED if reach is None or reach else denied("您的岗位不查看统计")


def _seen(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    reach = reach_of(actor)
    return rows if reach is None else rows.filter(agency_id__in=reach)


@visible(Fact)
def facts_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(FactTotal)
def totals_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(AnnualReport)
def reports_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(SpecialReport)
def special_reports_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


@visible(DutyReport)
def duty_reports_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _seen(actor, rows)


def may_supervise(actor: Actor) -> Decision:
    """Opening, reminding, asking for special reports, reading and compiling them: 区司法局."""
    if (
        any(g.capability == "supervision.supervise" and g.agencies is None for g in actor.grants)
        or actor.is_system
    ):
        return ALLOWED
    return denied("您的岗位不组织全区的报送", next_step=BUREAU)


def may_prepare(actor: Actor, report: AnnualReport) -> Decision:
    """Filling in, explaining, writing: the unit's administrator, while the report is open."""
    if not actor.can(PREPARE, report.agency_id):
        return denied("您的岗位不编制本单位的年报", basis=DUTY, next_step="请由本单位负责报送的岗位办理。")
    if not report.pk:
        return denied(f"{report.year} 年还没有结束，现在只能预览", next_step="次年 1 月 1 日起编制。")
    if not report.is_open:
        return denied("年报已经签发，内容不再改动", next_step="需要修改的，请先启动更正并写明理由。")
    return ALLOWED


def may_sign(actor: Actor, report: AnnualReport) -> Decision:
    """Signing: the head of the unit, by post."""
    if not actor.can("documents.sign", report.agency_id):
        return denied("您的岗位不签发本单位的年报", basis=DUTY, next_step="请由本单位负责人签发。")
    if not report.is_open:
        return denied("没有待签发的内容")
    return ALLOWED


def may_correct(actor: Actor, report: AnnualReport) -> Decision:
    """Beginning a correction of what was signed."""
    if not actor.can(PREPARE, report.agency_id):
        return denied("您的岗位不更正本单位的年报", next_step="请由本单位负责报送的岗位办理。")
    if report.stage not in {"signed", "published"}:
        return denied("还没有签发，可以直接修改")
    return ALLOWED


def may_submit(actor: Actor, version: AnnualVersion) -> Decision:
    """Recording that the report was sent up."""
    if not actor.can(PREPARE, version.report.agency_id):
        return denied("您的岗位不报送本单位的年报", basis=DUTY, next_step="请由本单位负责报送的岗位办理。")
    return ALLOWED


def may_publish(actor: Actor, version: AnnualVersion) -> Decision:
    """Putting a signed version before the public."""
    if not actor.can("publicity.publish", version.report.agency_id):
        return denied("您的岗位不公布本单位的年报", basis=DUTY, next_step="请由本单位负责公示的岗位办理。")
    if version.published_on is not None:
        return denied("这一版已经公布")
    return ALLOWED


def may_write_special(actor: Actor, report: SpecialReport) -> Decision:
    """Writing and submitting the unit's special report."""
    if not actor.can(PREPARE, report.agency_id):
        return denied("您的岗位不编制本单位的报告", next_step="请由本单位负责报送的岗位办理。")
    if report.submitted_on is not None:
        return denied("报告已经报送", next_step="需要修改的，请区司法局退回。")
    return ALLOWED


def may_review_special(actor: Actor, report: SpecialReport) -> Decision:
    """Accepting or returning what a unit submitted."""
    allowed = may_supervise(actor)
    if not allowed:
        return allowed
    if report.submitted_on is None:
        return denied("该单位还没有报送，不能审阅")
    if report.accepted_on is not None:
        return denied("已经审阅通过")
    return ALLOWED


def may_compile(actor: Actor, asked: SpecialRound) -> Decision:
    """Compiling the district's analysis."""
    allowed = may_supervise(actor)
    if allowed and asked.compiled_on is not None:
        return denied("全区综合分析已经形成")
    return allowed


def may_prepare_duty(actor: Actor, report: DutyReport) -> Decision:
    """Writing another yearly report of the unit, while it is open."""
    if not actor.can(PREPARE, report.agency_id):
        return denied("您的岗位不编制本单位的年度报告", next_step="请由本单位负责报送的岗位办理。")
    if not report.is_open:
        return denied("报告已经签发，内容不再改动", next_step="需要修改的，请先启动更正并写明理由。")
    return ALLOWED


def may_sign_duty(actor: Actor, report: DutyReport) -> Decision:
    """Signing: the head of the unit, by post."""
    if not actor.can("documents.sign", report.agency_id):
        return denied("您的岗位不签发本单位的年度报告", next_step="请由本单位负责人签发。")
    return ALLOWED if report.is_open else denied("没有待签发的内容")


def may_submit_duty(actor: Actor, version: DutyVersion) -> Decision:
    """Recording that the report was sent."""
    if not actor.can(PREPARE, version.report.agency_id):
        return denied("您的岗位不报送本单位的年度报告", next_step="请由本单位负责报送的岗位办理。")
    return ALLOWED


def may_publish_duty(actor: Actor, version: DutyVersion) -> Decision:
    """Putting a signed version before the public, of a report that has to be public."""
    if not duties()[version.report.kind].public:
        return denied("这种报告只报送，不公布")
    if not actor.can("publicity.publish", version.report.agency_id):
        return denied("您的岗位不公布本单位的年度报告", next_step="请由本单位负责公示的岗位办理。")
    return ALLOWED if version.published_on is None else denied("这一版已经公布")


def may_correct_duty(actor: Actor, report: DutyReport) -> Decision:
    """Beginning a correction of what was signed."""
    if not actor.can(PREPARE, report.agency_id):
        return denied("您的岗位不更正本单位的年度报告", next_step="请由本单位负责报送的岗位办理。")
    return denied("还没有签发，可以直接修改") if report.is_open else ALLOWED

"""What reports give to the work desk and the menu: to fill in, to sign, to submit, to publish, to read, to compile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, OuterRef, Subquery, When

from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.navigation import register_entry
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .duties import duties
from .models import AnnualReport, DutyReport, DutyVersion, SpecialReport
from .policies import DUTY, PREPARE, may_supervise

register_entry(
    "统计年报", "annual-reports", order=65, capabilities=(PREPARE, "documents.sign", "supervision.supervise")
)
NOTICE = "新政办[2022]14号 二(二)1(2)"
RECENT = 2
STEP_KIND = {"编制": "step", "签发": "approve", "登记报送": "step", "公布": "publish"}


@task_source("reporting")
def reporting_tasks(actor: Actor) -> Sequence[DeskTask]:
    if may_supervise(actor) and not actor.is_system:
        return _to_read(actor)
    mine = [g for g in (PREPARE, "documents.sign", "publicity.publish") if actor.can(g)]
    return [*_annual(actor), *_duties(actor), *_special(actor)] if mine else []


def _annual(actor: Actor) -> list[DeskTask]:
    """The unit's reports of the last years that are not through yet; the deadline is the rule's own."""
    year = clock.today().year
    rows = AnnualReport.objects.visible_to(actor).filter(year__gte=year - RECENT).select_related("agency")
    due = _due(["T118-6-annual-0131"])
    tasks = []
    for row in rows.annotate(due_on=due).prefetch_related("versions"):
        told = _next(actor, row)
        if told is not None:
            title, verb, kind = told
            tasks.append(
                DeskTask(
                    title=f"{title}：{row.year} 年行政执法年报", url=f"/reports/{row.year}/{row.agency_id}", kind=kind,
                    who=row.agency.short_name, where="年报", verb=verb, basis=DUTY, due_on=row.due_on, unit="cd",
                )
            )  # fmt: skip
    return tasks


def _next(actor: Actor, row: AnnualReport) -> tuple[str, str, str] | None:
    latest, prepare = row.latest, actor.can(PREPARE, row.agency_id)
    if row.is_open:
        ready = all(
            str(row.text.get(key, "")).strip() for key in ("overview", "analysis", "problems", "next")
        )
        if prepare and not ready:
            return "编制", "编制", "step"
        return ("签发", "签发", "approve") if ready and actor.can("documents.sign", row.agency_id) else None
    if latest is not None and latest.published_on is None and actor.can("publicity.publish", row.agency_id):
        return "公布", "公布", "publish"
    if (
        prepare
        and latest is not None
        and latest.number == 1
        and not (latest.to_government_on and latest.to_superior_on)
    ):
        return "登记报送", "登记", "step"
    return None


def _due(rules: list[str]) -> Subquery:
    """The next day that the rules of a report give, within the query of the reports."""
    verdicts = StoredVerdict.objects.unscoped("本单位报告的期限").filter(
        matter_id=OuterRef("matter_id"), rule__in=rules, due_on__isnull=False
    )
    waiting = Case(When(verdict=VerdictKind.MET, then=1), default=0)
    return Subquery(verdicts.order_by(waiting, "due_on").values("due_on")[:1])


def _duties(actor: Actor) -> list[DeskTask]:
    """The unit's other yearly reports of last year that are not through yet, in one query."""
    latest = DutyVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    rows = DutyReport.objects.visible_to(actor).filter(year=clock.today().year - 1).select_related("agency")
    told = rows.annotate(
        due_on=_due([rule for duty in duties().values() for rule in duty.rules]),
        signed=Subquery(latest.values("number")[:1]),
        sent=Subquery(latest.values("submitted")[:1]),
        shown=Subquery(latest.values("published_on")[:1]),
    )
    tasks = []
    for row in told:
        duty, verb = duties()[row.kind], _duty_step(actor, row)
        if verb:
            tasks.append(
                DeskTask(
                    title=f"{verb}：{row.year} 年{duty.title}", url=f"/reports/duties/{row.kind}/{row.year}/{row.agency_id}",
                    kind=STEP_KIND[verb], who=row.agency.short_name, where="年度报告", verb=verb, basis=duty.basis,
                    due_on=row.due_on or duty.fixed_due(row.year), unit="cd",
                )
            )  # fmt: skip
    return tasks


def _duty_step(actor: Actor, row: Any) -> str:
    """What the actor has to do next on a report; empty when it is not the actor's turn."""
    duty, prepare = duties()[row.kind], actor.can(PREPARE, row.agency_id)
    if row.signed is None or row.correcting:
        ready = all(str(row.text.get(part.key, "")).strip() for part in duty.parts)
        if ready and actor.can("documents.sign", row.agency_id):
            return "签发"
        return "编制" if prepare and not ready else ""
    if prepare and row.signed == 1 and not set(duty.recipients(row.agency)) <= set(row.sent):
        return "登记报送"
    if duty.public and row.shown is None and actor.can("publicity.publish", row.agency_id):
        return "公布"
    return ""


def _special(actor: Actor) -> list[DeskTask]:
    own = actor.reach(PREPARE)
    if own is not None and not own:
        return []
    rows = SpecialReport.objects.visible_to(actor).filter(submitted_on=None, round__compiled_on=None)
    rows = rows if own is None else rows.filter(agency_id__in=own)
    return [
        DeskTask(
            title=f"{'补正' if row.returned_because else '报送'}：{row.round.title}", url=f"/special-reports/{row.round_id}/{row.agency_id}",
            kind="returned" if row.returned_because else "step", who=row.agency.short_name, where="工作情况报告",
            verb="补正" if row.returned_because else "编制", basis=NOTICE, due_on=row.round.due_on, unit="cd",
        )
        for row in rows.select_related("round", "agency")
    ]  # fmt: skip


def _to_read(actor: Actor) -> list[DeskTask]:
    rows = SpecialReport.objects.visible_to(actor).exclude(submitted_on=None).filter(accepted_on=None)
    return [
        DeskTask(
            title=f"审阅{row.agency.short_name}的{row.round.title}", url=f"/special-reports/{row.round_id}/{row.agency_id}", kind="review",
            who=row.agency.short_name, where="工作情况报告", verb="审阅", basis=NOTICE,
        )
        for row in rows.select_related("round", "agency")[:20]
    ]  # fmt: skip


@quick_links
def report_links(actor: Actor) -> Sequence[QuickLink]:
    if may_supervise(actor) and not actor.is_system:
        return [QuickLink("统计年报", "/reports"), QuickLink("统计指标", "/stats")]
    return [QuickLink("统计年报", "/reports")] if actor.can(PREPARE) else []

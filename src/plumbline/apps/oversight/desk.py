"""What plans put on the desk: measures to answer for the agency; plans to start, findings to enter and visits due for supervisors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import OuterRef, Subquery

from plumbline.apps.cases.contract import case_rows
from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.matter_pages import MatterPage, matter_page

from .models import Measure, Plan, PlanState, Visit

SHOWN = 20
BASIS = "行政执法监督条例第二十二条"


@task_source("oversight")
def oversight_tasks(actor: Actor) -> Sequence[DeskTask]:
    found: list[DeskTask] = []
    if actor.reach("supervision.supervise") != frozenset():
        found += [*_plans(actor), *_visits(actor)]
    if actor.reach("supervision.reply") != frozenset():
        found += _measures(actor)
    return found


@quick_links
def oversight_links(actor: Actor) -> list[QuickLink]:
    if actor.reach("supervision.supervise") == frozenset():
        return []
    return [QuickLink("案件回访", "/visits"), QuickLink("监督统计和报告", "/oversight")]


def _plans(actor: Actor) -> Iterator[DeskTask]:
    verbs = {PlanState.DRAFT: "批准", PlanState.RUNNING: "实施", PlanState.REPORTED: "落实"}
    rows = Plan.objects.visible_to(actor).filter(state__in=list(verbs)).order_by("until_on", "pk")
    for plan in rows[:SHOWN]:
        verb = verbs[PlanState(plan.state)]
        yield DeskTask(
            title=f"{verb}监督计划：{plan.title}", url=plan.page, kind="other", number=plan.get_kind_display(), who=plan.scope[:60],
            where=plan.get_state_display(), verb=verb, basis=BASIS, due_on=plan.until_on, unit="cd",
        )  # fmt: skip


def _visits(actor: Actor) -> Iterator[DeskTask]:
    # Read with the row: a desk asks for as little as it can.
    named = case_rows(actor).order_by().filter(matter_id=OuterRef("matter_id"))
    rows = Visit.objects.visible_to(actor).filter(answered_at=None).select_related("agency", "round")
    rows = rows.annotate(
        case_title=Subquery(named.values("title")[:1]), case_number=Subquery(named.values("number")[:1])
    )
    for visit in rows.order_by("due_on", "pk")[:SHOWN]:
        number = visit.case_number or f"尚无案号，编号 {visit.matter_id}"
        who = f"编号 {visit.matter_id}" if visit.case_title is None else f"{visit.case_title}（{number}）"
        yield DeskTask(
            title=f"回访当事人：{visit.round.title}", url=f"/visits/entry/{visit.pk}", kind="other",
            number=visit.agency.short_name, who=who, where="案件回访", verb="回访",
            basis="新政办[2022]14号 二(三)4", due_on=visit.due_on, unit="cd",
        )  # fmt: skip


def _measures(actor: Actor) -> Iterator[DeskTask]:
    rows = Measure.objects.visible_to(actor).filter(
        answered_at=None, struck_on=None, respond_by__isnull=False, plan__state=PlanState.RUNNING
    )
    for measure in rows.select_related("agency").order_by("respond_by", "pk")[:SHOWN]:
        if actor.can("supervision.reply", measure.agency_id):
            yield DeskTask(
                title=f"答复监督：{measure.get_kind_display()}", url=f"/measures/{measure.pk}", kind="instrument",
                number=measure.agency.short_name, who=measure.text[:60], where="执法监督", verb="答复", basis=BASIS,
                due_on=measure.respond_by, unit="cd",
            )  # fmt: skip


@matter_page
def page_of_plan(actor: Actor, matter_id: str) -> MatterPage | None:
    if not matter_id.startswith("JH-"):
        return None
    plan = Plan.objects.visible_to(actor).filter(matter_id=matter_id).first()
    return MatterPage("监督计划", plan.title, plan.page) if plan else None

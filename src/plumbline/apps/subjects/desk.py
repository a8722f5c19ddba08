"""What subjects and officers give to the work desk and the menu: what is to hand in, to review, to publish, to answer."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.apps.agencies.contract import keeps_the_district, open_applications, unchecked, waiting_changes
from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.navigation import register_entry

from .models import STAGE_ZH, CleanupEntry, CleanupRound
from .watching import asking

BASIS = "行政执法监督条例第十七条"
register_entry("主体人员", "subjects", order=60, capabilities=("registers.maintain", "supervision.supervise"))


@task_source("subjects")
def subject_tasks(actor: Actor) -> Sequence[DeskTask]:
    keeper = keeps_the_district(actor)
    if not (keeper or actor.can("registers.maintain") or actor.can("supervision.decide")):
        return []
    tasks = _of_rounds(actor, keeper)
    if not keeper:
        return [*tasks, *_of_entries(actor), *_of_changes(actor)]
    return [*tasks, *_of_changes(actor), *_of_bases(), *_of_certificates()]


def _of_entries(actor: Actor) -> list[DeskTask]:
    """The agency's own: hand in, or put right what came back."""
    own = actor.reach("registers.maintain") or frozenset()
    rows = CleanupEntry.objects.visible_to(actor).filter(
        agency_id__in=own, round__confirmed_on=None, submitted_at=None, left_out_at=None
    )
    return [
        DeskTask(
            title=f"{'补正' if row.returned_at else '报送'}清理数据：{row.round.title}",
            url=f"/subjects/entries/{row.pk}",
            kind="returned" if row.returned_at else "step",
            who=row.agency.short_name,
            where="主体清理",
            verb="补正" if row.returned_at else "报送",
            basis=BASIS,
            due_on=row.round.due_on,
        )
        for row in rows.select_related("round", "agency")
    ]


def _of_rounds(actor: Actor, keeper: bool) -> list[DeskTask]:
    if not keeper and not actor.can("supervision.decide"):
        return []
    tasks: list[DeskTask] = []
    running = list(CleanupRound.objects.filter(published_on=None))
    collecting = [row.pk for row in running if row.stage == "collecting"]
    if keeper and collecting:
        handed = CleanupEntry.objects.visible_to(actor).filter(
            round__in=collecting, reviewed_at=None, left_out_at=None, submitted_at__isnull=False
        )
        tasks += [
            DeskTask(
                title=f"审核{entry.agency.short_name}的清理数据", url=f"/subjects/entries/{entry.pk}", kind="review",
                who=entry.round.title, where="主体清理", verb="审核", basis=BASIS,
            )
            for entry in handed.select_related("agency", "round")
        ]  # fmt: skip
    for row in running:
        if row.stage == "submitted" and actor.can("supervision.decide"):
            tasks.append(_next(row, "登记区政府意见"))
        elif keeper and row.stage in {"confirmed", "consented"}:
            tasks.append(_next(row, "提请区政府" if row.stage == "confirmed" else "公布名录"))
    return tasks


def _next(row: CleanupRound, verb: str) -> DeskTask:
    return DeskTask(
        title=f"{row.title}：{STAGE_ZH[row.stage]}", url=f"/subjects/rounds/{row.pk}",
        kind="publish" if verb == "公布名录" else "step", where="主体清理", verb=verb, basis=BASIS,
    )  # fmt: skip


def _of_changes(actor: Actor) -> list[DeskTask]:
    """Changes the public cannot see yet, with the day the law gives them."""
    reach = None if keeps_the_district(actor) else actor.reach("publicity.publish") or frozenset()
    return [
        DeskTask(
            title=f"公开{each.change.name}的变动：{each.change.get_what_display()}",
            url=f"/lists/officers/changes?state=waiting&agency={each.change.agency_id}",
            kind="publish",
            number=each.change.about,
            who=each.change.agency.short_name,
            where="公开变动",
            verb="公开",
            basis="政府信息公开条例第二十六条",
            due_on=each.due_on,
            unit="wd",
        )
        for each in waiting_changes(reach)[:50]
    ]


def _of_bases() -> list[DeskTask]:
    return [
        DeskTask(
            title=f"{each.subject.name}的依据{each.basis}：{each.watch.state_zh}", url=f"/subjects/{each.subject.pk}",
            kind="alert", where="执法主体", verb="确认", basis=BASIS,
        )
        for each in asking()[:50]
    ]  # fmt: skip


def _of_certificates() -> list[DeskTask]:
    tasks = [
        DeskTask(
            title=f"审核{row.result.name}的证件申领", url=f"/lists/officers/applications/{row.pk}", kind="review",
            who=row.agency.short_name, where="证件申领", verb="审核", basis=BASIS,
        )
        for row in open_applications()
    ]  # fmt: skip
    behind = unchecked(clock.today())
    if behind:
        tasks.append(
            DeskTask(
                title=f"{behind} 本证件今年还没有年检", url="/lists/officers?state=valid", where="执法人员", verb="查看",
                kind="other",
            )
        )  # fmt: skip
    return tasks

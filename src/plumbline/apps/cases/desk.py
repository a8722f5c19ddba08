"""What casework gives to the work desk, the menu and the search box."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

from plumbline.platform.desk import DeskTask, QuickLink, Slip, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import SHOWN, Found, Hit, search_source
from plumbline.platform.ui.navigation import register_entry

from .approval_queries import waiting_for
from .parties import shown_in_lists, shown_name
from .policies import READING
from .queries import CaseFilter, cases_at, cases_within, my_tasks, newest

MOST = 5_000
OF_THE_TASK = ("title", "url", "kind", "where", "verb", "basis", "due_on", "unit", "standing")
OF_THE_CASE = ("case__number", "case__title", "case__party__kind", "case__party__name")

register_entry("案件", "cases", order=30, capabilities=READING)
register_entry(
    "审批",
    "approvals",
    order=28,
    capabilities=("cases.approve", "cases.handle", "cases.review"),
    counter=lambda actor: waiting_for(actor).count(),
)
register_entry("会签设置", "countersigns", order=76, capabilities=("agency.administer",))


@task_source("cases")
def case_tasks(actor: Actor) -> Sequence[Slip]:
    """The tasks of this actor's cases and posts, by deadline."""
    rows = my_tasks(actor).order_by("due_on", "pk").values_list("title", "kind", "due_on", "pk")[:MOST]
    read = partial(_read, actor)
    return [Slip(*row, read) for row in rows]


def _read(actor: Actor, keys: Sequence[int]) -> dict[int, DeskTask]:
    rows = my_tasks(actor).filter(pk__in=keys).values_list("pk", *OF_THE_CASE, *OF_THE_TASK)
    return {
        pk: DeskTask(
            number=number or "未编号",
            who=f"{shown_in_lists(kind, name)} · {title}",
            **dict(zip(OF_THE_TASK, told, strict=True)),
        )
        for pk, number, title, kind, name, *told in rows
    }


@quick_links
def case_links(actor: Actor) -> Sequence[QuickLink]:
    if actor.can("cases.handle"):
        return [
            QuickLink("登记线索", "/cases/new"),
            QuickLink("当场处罚", "/cases/spot"),
            QuickLink("本人承办的案件", "/cases?mine=1&stage=open"),
            QuickLink("谁有管辖权", "/lists/competent"),
        ]
    if actor.can("cases.approve") or actor.can("cases.review"):
        return [
            QuickLink("本单位在办案件", "/cases?stage=open"),
            QuickLink("已超期的案件", "/cases?due=overdue"),
            QuickLink("已办结的案件", "/cases?stage=archived"),
            QuickLink("谁有管辖权", "/lists/competent"),
        ]
    return []


@search_source("cases", order=10)
def find_cases(actor: Actor, words: str) -> Found | None:
    """Visible cases that hold all the words, the latest first."""
    found, count = newest(cases_within(actor, CaseFilter()), SHOWN, typed=words)
    if not found:
        return None
    hits = [
        Hit(
            title=case.title,
            url=f"/cases/{case.matter_id}",
            note=f"{case.number or '未编号'} · {shown_name(case)} · {case.agency.short_name}",
            state=case.get_stage_display(),
        )
        for case in cases_at(actor, [pk for pk, _ in found])
    ]
    return Found("cases", "案件", hits, count, f"/cases?{urlencode({'q': words})}")

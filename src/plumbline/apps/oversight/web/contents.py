"""监督内容和年度安排: the points of the notice with the plans of a year that look at them; and choosing those of one plan."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of

from .. import actions
from ..contents import Point, contents
from ..forms import PointsForm, enforcing
from ..models import Plan, PlanPoint, PlanState, PlanSubject
from ..policies import may_work_plan
from .steps import demand_supervisor, done

#: What the pages are called in a table of points.
PAGES = {
    "agencies": "机关名册", "alerts": "预警", "annual-reports": "年度报告", "cases": "案件", "challenges-figures": "复议诉讼统计",
    "competence-gaps": "职权空白和重叠", "disclosures": "公示责任", "inspections": "检查", "leads": "监督线索", "linkage": "行刑衔接",
    "linkage-figures": "衔接统计", "norm-calendar": "有效期日历", "norm-cleanups": "清理", "norm-handbook": "管理手册",
    "norms": "规范性文件", "officer-changes": "人员变动", "officer-exams": "资格考试", "officers": "执法人员",
    "powers": "执法事项", "programmes": "试点任务", "public-inspections": "公开的检查", "public-norms": "公开的文件",
    "public-officers": "公开的人员", "public-subjects": "公开的主体", "publicity": "决定公示", "registers": "清单总览",
    "review-catalogue": "法制审核目录", "rounds": "主体清理", "special-reports": "专项报告", "stats": "统计指标",
    "subjects": "执法主体", "transfers": "移送协作", "transfers-all": "全部移送协作", "transfers-matrix": "移送矩阵",
}  # fmt: skip


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every point, with the plans of the year that look at it; those that no plan looks at stand out."""
    actor = actor_of(request)
    demand_supervisor(actor)
    asked = _year(request)
    plans = Plan.objects.visible_to(actor).exclude(state=PlanState.DROPPED)
    chosen = PlanPoint.objects.filter(
        plan__in=plans.filter(from_on__year__lte=asked, until_on__year__gte=asked)
    ).select_related("plan")
    looked: dict[str, list[Plan]] = defaultdict(list)
    for each in chosen.order_by("plan__from_on", "plan_id"):
        looked[each.code].append(each.plan)
    only = request.GET.get("only") == "none"
    rows = [
        (
            content,
            [(p, _links(p), looked[p.code]) for p in content.points if not (only and looked[p.code])],
        )
        for content in contents()
    ]
    total = sum(len(content.points) for content in contents())
    covered = sum(bool(looked[p.code]) for content in contents() for p in content.points)
    context = {
        "sections": [(content, found) for content, found in rows if found],
        "year": asked,
        "years": _years(),
        "only": only,
        "total": total,
        "covered": covered,
        "open": total - covered,
    }
    return render(request, "oversight/contents.html", context)


@login_required
@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """年度安排: each enforcing agency with the months in which a plan looks at it; those that none does come first."""
    actor = actor_of(request)
    demand_supervisor(actor)
    asked = _year(request)
    plans = Plan.objects.visible_to(actor).exclude(state=PlanState.DROPPED)
    plans = plans.filter(from_on__year__lte=asked, until_on__year__gte=asked)
    by_agency: dict[str, list[Plan]] = defaultdict(list)
    for subject in (
        PlanSubject.objects.filter(plan__in=plans).select_related("plan").order_by("plan__from_on")
    ):
        by_agency[subject.agency_id].append(subject.plan)
    rows = [
        (
            agency,
            [_within(by_agency[agency.pk], asked, month) for month in range(1, 13)],
            len(by_agency[agency.pk]),
        )
        for agency in enforcing()
    ]
    rows.sort(key=lambda row: row[2] > 0)  # keeps the order of the register within both
    context = {
        "rows": rows,
        "year": asked,
        "years": _years(),
        "months": range(1, 13),
        "looked": sum(bool(row[2]) for row in rows),
        "open": sum(not row[2] for row in rows),
    }
    return render(request, "oversight/year.html", context)


def _within(plans: list[Plan], year: int, month: int) -> list[Plan]:
    return [
        plan
        for plan in plans
        if (plan.from_on.year, plan.from_on.month)
        <= (year, month)
        <= (plan.until_on.year, plan.until_on.month)
    ]


def _years() -> range:
    this = clock.today().year
    return range(this + 1, this - 4, -1)


def _year(request: HttpRequest) -> int:
    """The year of the address, or this one."""
    asked = request.GET.get("year", "")
    return (
        int(asked) if asked.isascii() and asked.isdigit() and int(asked) in _years() else clock.today().year
    )


def _links(point: Point) -> list[tuple[str, str]]:
    return [(reverse(name), PAGES[name]) for name in point.where]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_plan(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Tick what a plan looks at."""
    actor = actor_of(request)
    row = get_visible(Plan, actor, matter_id=matter_id)
    form = PointsForm(
        request.POST or None, initial={"points": list(row.points.values_list("code", flat=True))}
    )
    if done(request, form, actions.choose_points, "监督内容已登记。", plan=row) is not None:
        return redirect("plan", matter_id=matter_id)
    context = {"plan": row, "form": form, "may": may_work_plan(actor, row), "contents": contents()}
    return render(request, "oversight/plan_contents.html", context)

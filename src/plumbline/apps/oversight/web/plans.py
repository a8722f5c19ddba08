"""Plans of supervision: the list, one plan with its steps, and the measures that an agency answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.paperwork.contract import issued_paper, printed
from plumbline.apps.supervision.contract import instruments_of, leads_of, record_of
from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..contents import in_words, point_texts
from ..forms import (
    AnswerForm,
    EmptyForm,
    EndForm,
    FindForm,
    MeasureForm,
    MemberForm,
    PlanForm,
    RaiseForm,
    ReportForm,
    WhyForm,
    day,
)
from ..models import Measure, MeasureFile, MeasureKind, Plan, PlanKind, PlanState, measures_of
from ..policies import may_answer_measure, may_approve_plan, may_change_plan, may_work_plan
from .steps import demand_supervisor, done

PAGE = 30
STANDING = Q(measures__struck_on=None)
TABS = {"open": "进行中", "listed": "挂牌", "draft": "拟定中", "running": "实施中", "reported": "待落实", "over": "已结束", "all": "全部"}  # fmt: skip


def in_tab(rows: Any, tab: str) -> Any:
    if tab == "open":
        return rows.filter(state__in=[PlanState.DRAFT, PlanState.RUNNING, PlanState.REPORTED])
    if tab == "listed":
        return rows.filter(listed_on__isnull=False).exclude(state__in=[PlanState.CLOSED, PlanState.DROPPED])
    if tab == "over":
        return rows.filter(state__in=[PlanState.CLOSED, PlanState.DROPPED])
    return rows.filter(state=tab) if tab in PlanState.values else rows


@login_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    demand_supervisor(actor)
    rows = Plan.objects.visible_to(actor)
    if (kind := request.GET.get("kind", "")) in PlanKind.values:
        rows = rows.filter(kind=kind)
    rows = _within(rows, "from_on", request)
    state = request.GET.get("state", "open")
    shown = in_tab(rows, state).annotate(
        took=Count("measures", filter=STANDING, distinct=True),
        wrong=Count("measures", filter=STANDING & Q(measures__problem=True), distinct=True),
    )
    page = Paginator(shown.order_by("until_on", "pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "total": page.paginator.count,
        "state": state,
        "kind": kind,
        "kinds": PlanKind.choices,
        "tabs": [(key, zh, in_tab(rows, key).count()) for key, zh in TABS.items()],
        "today": clock.today(),
    }
    return render(request, "oversight/plans.html", context)


def _within(rows: Any, column: str, request: HttpRequest) -> Any:
    """The rows of a period, where the address names one."""
    for name, test in (("from", "gte"), ("until", "lte")):
        field = day(name, required=False)
        if field.clean(given := request.GET.get(name, "")) if _is_day(request.GET.get(name, "")) else None:
            rows = rows.filter(**{f"{column}__{test}": given})
    return rows


def _is_day(text: str) -> bool:
    parts = text.split("-")
    return len(parts) == 3 and all(part.isdecimal() for part in parts) and len(text) == 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A plan, or a task from above: which of the two follows from its kind."""
    actor = actor_of(request)
    demand_supervisor(actor)
    lead = leads_of(actor).filter(matter_id=request.GET.get("lead", "")).first()
    first: dict[str, Any] = {"from_on": clock.today()}
    if lead is not None:
        first |= {
            "kind": PlanKind.KEY,
            "title": lead.title,
            "reason": lead.facts,
            "subjects": [lead.concerned_id],
        }
    form = PlanForm(request.POST or None, initial=first)

    def make(
        *, actor: Actor, kind: str, sent_by: str, sent_number: str, notice_word: str, **given: Any
    ) -> Plan:
        if kind == PlanKind.RECEIVED:
            return actions.receive_task(actor=actor, sent_by=sent_by, sent_number=sent_number, **given)
        return actions.draft_plan(
            actor=actor,
            kind=kind,
            notice_word=notice_word,
            lead_matter=lead.matter_id if lead else "",
            **given,
        )

    made = done(request, form, make, "已拟定。请确定监督人员，再批准实施。")
    if made is not None:
        return redirect("plan", matter_id=made.matter_id)
    return render(request, "oversight/plan_new.html", {"form": form, "lead": lead})


def _found(**given: Any) -> Measure:
    return actions.find(**{**given, "problem": given["problem"] == "1"})


STEPS: dict[str, tuple[Any, Any, str]] = {
    "member": (MemberForm, actions.add_member, "已列入名单。"),
    "approve": (EmptyForm, actions.approve_plan, "已批准实施。"),
    "list": (WhyForm, actions.list_plan, "已挂牌。"),
    "raise": (RaiseForm, actions.raise_plan, "已登记提级。"),
    "measure": (MeasureForm, actions.take_measure, "监督措施已登记；要求对方办理的已通知对方。"),
    "report": (ReportForm, actions.report_plan, "报告已编号，可以下载。"),
    "close": (EndForm, actions.close_plan, "已办结。"),
    "drop": (EndForm, actions.drop_plan, "已撤下。"),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One plan from its drafting to its end."""
    actor = actor_of(request)
    row = get_visible(Plan, actor, matter_id=matter_id)
    asked = request.POST.get("do", "")
    if request.method == "POST" and asked not in STEPS and not asked.startswith("find-"):
        raise Http404
    measures = list(measures_of(row, struck=True).select_related("corrects").prefetch_related("files"))
    forms = {name: _form(name, row, request if name == asked else None) for name in STEPS}
    waiting = {each.pk: _find_form(each, request if asked == f"find-{each.pk}" else None) for each in measures if each.problem is None and each.struck_on is None}  # fmt: skip
    if asked in STEPS:
        _, act, said = STEPS[asked]
        if done(request, forms[asked], act, said, plan=row) is not None:
            return redirect("plan", matter_id=matter_id)
    for each in measures:
        if asked == f"find-{each.pk}" and each.pk in waiting:
            if done(request, waiting[each.pk], _found, "查明的情况已登记。", measure=each) is not None:
                return redirect("plan", matter_id=matter_id)
    row = get_visible(Plan, actor, matter_id=matter_id)
    leads = {
        each.matter_id: each
        for each in leads_of(actor).filter(matter_id__in=[m.lead_matter for m in measures])
    }
    context = {
        "plan": row,
        "forms": forms,
        "asked": asked,
        "may": may_work_plan(actor, row),
        "approves": may_approve_plan(actor, row),
        "points": [(each.code, point_texts()[each.code]) for each in row.points.all()],
        "subjects": [each.agency for each in row.subjects.select_related("agency")],
        "members": list(row.members.all()),
        "standing": sum(1 for each in measures if each.struck_on is None),
        "changes": may_change_plan(actor, row),
        "changed": list(row.changes.all()),
        "papers": list(instruments_of(actor).filter(about=row.matter_id).select_related("to").order_by("pk")),
        "lines": [(each, waiting.get(each.pk), leads.get(each.lead_matter)) for each in measures],
        "from_lead": leads_of(actor).filter(matter_id=row.lead_matter).first() if row.lead_matter else None,
        "history": [replace(each, reason=in_words(each.reason)) for each in record_of(row.matter_id)],
        "late": row.is_open and row.until_on < clock.today(),
        "today": clock.today(),
    }
    return render(request, "oversight/plan.html", context)


def _form(name: str, row: Plan, request: HttpRequest | None) -> Any:
    data = request.POST if request else None
    kind = STEPS[name][0]
    if name == "member":
        today = clock.today()
        people = Person.objects.filter(
            tenures__post__capabilities__contains=["supervision.supervise"], tenures__from_on__lte=today
        ).exclude(tenures__to_on__lt=today)
        running = row.state == PlanState.RUNNING
        return kind(data, prefix=name, people=people.distinct().order_by("pk"), running=running)
    if name == "measure":
        agencies = Agency.objects.filter(pk__in=row.subjects.values("agency"))
        return kind(data, prefix=name, agencies=agencies, initial={"taken_on": clock.today()})
    return kind(data, prefix=name)


def _find_form(measure: Measure, request: HttpRequest | None) -> FindForm:
    prefix = f"find{measure.pk}"
    return FindForm(request.POST, request.FILES, prefix=prefix) if request else FindForm(prefix=prefix)


@login_required
@require_safe
def report_paper(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The report as Word or PDF, as it was signed."""
    row = get_visible(Plan, actor_of(request), matter_id=matter_id)
    return paper_of(row.matter_id, request.GET.get("as", "pdf"), row.report_number)


def paper_of(matter_id: str, form: str, number: str) -> HttpResponse:
    """A signed paper as a file; what is not signed yet is not there."""
    document = issued_paper(matter_id)
    if document is None or not number:
        raise Http404
    files = printed(document)
    return as_file(files.docx, "report.docx") if form == "docx" else as_file(files.pdf, "report.pdf")


@login_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Measures of all plans; for an agency what it has been asked for."""
    actor = actor_of(request)
    rows = Measure.objects.visible_to(actor).filter(struck_on=None).select_related("plan", "agency")
    if (kind := request.GET.get("kind", "")) in MeasureKind.values:
        rows = rows.filter(kind=kind)
    rows = _within(rows, "taken_on", request).order_by("-taken_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page_rows": page, "total": page.paginator.count, "kind": kind, "kinds": MeasureKind.choices}
    return render(request, "oversight/measures.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    """A measure as the agency sees it: what is asked, by when, and its answer."""
    actor = actor_of(request)
    row = get_visible(Measure, actor, pk=pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if done(request, form, actions.answer_measure, "已答复，区司法局会收到通知。", measure=row) is not None:
        return redirect("measure", pk=pk)
    context = {
        "measure": row,
        "form": form,
        "may": may_answer_measure(actor, row),
        "files": list(row.files.all()),
        "again": Measure.objects.visible_to(actor).filter(corrects=row).first(),
        "may_correct": bool(may_work_plan(actor, row.plan))
        and row.struck_on is None
        and row.plan.state == PlanState.RUNNING,
    }
    return render(request, "oversight/measure.html", context)


@login_required
@require_safe
def measure_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    row = get_visible(Measure, actor_of(request), pk=pk)
    found = MeasureFile.objects.filter(pk=file, measure=row).first()
    if found is None:
        raise Http404
    response = FileResponse(open_kept(found.sha256), as_attachment=True, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

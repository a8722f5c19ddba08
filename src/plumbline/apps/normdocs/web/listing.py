"""The list with its export, the plan, the calendar of ends, and the citations that founded nothing."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import case_rows
from plumbline.packs.normdoc.words import DRAFT
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file, at_this_moment

from ..actions import drop_plan_item, plan_document
from ..basis import GOING, changed_documents
from ..choices import Kind, Stage
from ..citing import unfounded
from ..export import workbook
from ..forms import PlanForm, ReasonForm, last_day_of_month
from ..handbook import LINKS
from ..kinds import POLICY, words_of
from ..models import NormDoc, PlanItem
from ..policies import READING, may_clean_up, may_plan, may_publish_catalogue
from ..queries import ENDING, PAGE, STATES, NormFilter, documents_matching, in_order
from ..validity import VALIDITY, ends_within, validity_tag
from .answering import small_form

HOME = ("规范性文件", "/norms")


@login_required
@require_GET
def index(request: HttpRequest, kind: str = Kind.NORM) -> HttpResponse:
    """The list of documents, or of decisions: its filters are its address."""
    actor, wanted = actor_of(request), NormFilter.of(request.GET, kind)
    words = words_of(kind)
    rows = in_order(documents_matching(actor, wanted))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    reach = actor.reach(*READING)
    drafting = NormDoc.objects.visible_to(actor).filter(kind=kind).values("agency_id")
    agencies = Agency.objects.filter(code__in=drafting)
    query = urlencode(wanted.given)
    shown = list(page.object_list)
    changed = {doc.pk for doc, _ in changed_documents(clock.today(), [d for d in shown if d.stage in GOING])}
    context = {
        "wanted": wanted,
        "rows": [(row, validity_tag(row, wanted.day), row.pk in changed) for row in shown],
        "count": page.paginator.count,
        "page": page,
        "query": query,
        "more": f"{query}&" if query else "",
        "words": words,
        "states": [
            (value, words.stage(value) if value in Stage.values else label) for value, label in STATES
        ],
        "validities": [] if kind == Kind.POLICY else VALIDITY.items(),
        "endings": ENDING.items(),
        "agencies": agencies.order_by("code") if reach is None or len(reach) > 1 else [],
        "as_of": clock.now(),
        "may_begin": actor.can(DRAFT),
    }
    return render(request, "normdocs/list.html", context)


@login_required
@require_GET
def export(request: HttpRequest, kind: str = Kind.NORM) -> HttpResponse:
    """All rows of the filter as a workbook."""
    name = at_this_moment("decisions" if kind == Kind.POLICY else "norms", "xlsx")
    return as_file(workbook(actor_of(request), NormFilter.of(request.GET, kind)), name)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, kind: str = Kind.NORM) -> HttpResponse:
    """The yearly plan, or the catalogue of decisions, with what became of each entry; those who may, add to it here."""
    actor, today, words = actor_of(request), clock.today(), words_of(kind)
    items = PlanItem.objects.visible_to(actor).filter(kind=kind).select_related("agency")
    made = (
        NormDoc.objects.visible_to(actor)
        .filter(plan__isnull=False)
        .only("kind", "plan", "matter_id", "stage")
    )
    by_plan = {doc.plan_id: doc for doc in made}
    lines = [
        {
            "item": item,
            "doc": by_plan.get(item.pk),
            "late": not item.dropped and last_day_of_month(item.year, item.due_month) < today,
        }
        for item in items[:300]
    ]
    years = [(year, list(each)) for year, each in groupby(lines, key=lambda line: line["item"].year)]
    allowed = bool(may_clean_up(actor)) or any(may_plan(actor, code) for code in (actor.agency_code,) if code)
    form = PlanForm(request.POST or None, words=words)
    if request.method == "POST":
        if not allowed:
            raise Http404
        return small_form(
            request,
            form=form,
            act=lambda: plan_document(
                actor=actor,
                agency_code=form.cleaned_data["agency"],
                year=form.cleaned_data["year"],
                title=form.cleaned_data["title"],
                reason=form.cleaned_data["reason"],
                due_month=int(form.cleaned_data["due_month"]),
                kind=kind,
            ),
            title="列入决策事项目录" if kind == Kind.POLICY else "列入制定计划",
            button="列入",
            back=_plan_page(kind),
            done=f"已列入，{words.drafter}会在工作台看到。",
            crumbs=_plan_crumbs(kind),
        )
    waiting = {
        year
        for year, each in years
        if any(not (line["item"].published_on or line["item"].dropped) for line in each)
    }
    context = {
        "words": words,
        "policy": kind == Kind.POLICY,
        "waiting": waiting if may_publish_catalogue(actor) and kind == Kind.POLICY else set(),
        "years": years,
        "form": form,
        "allowed": allowed,
        "begins": actor.can(DRAFT),
    }
    return render(request, "normdocs/plan.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_drop(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    item = get_object_or_404(PlanItem.objects.visible_to(actor), pk=pk)
    if not may_plan(actor, item.agency_id):
        raise Http404
    form = ReasonForm(request.POST or None)
    return small_form(
        request,
        form=form,
        act=lambda: drop_plan_item(actor=actor, item=item, reason=form.cleaned_data["reason"]),
        title=f"调出：{item.title}",
        button="调出",
        back=_plan_page(item.kind),
        done="已调出，理由保留。",
        crumbs=_plan_crumbs(item.kind),
    )


def _plan_page(kind: str) -> str:
    return f"{POLICY.home}/catalogue" if kind == Kind.POLICY else "/norms/plan"


def _plan_crumbs(kind: str) -> list[tuple[str, str]]:
    words = words_of(kind)
    return [
        (words.noun, words.home),
        ("决策事项目录" if kind == Kind.POLICY else "制定计划", _plan_page(kind)),
    ]


@login_required
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Documents by the month of their last day: the two years ahead, and what ended in the last half year."""
    actor, today = actor_of(request), clock.today()
    first = date.fromordinal(today.toordinal() - 183)
    last = date.fromordinal(today.toordinal() + 730)
    rows = (
        NormDoc.objects.visible_to(actor)
        .filter(ends_within(first, last), kind=Kind.NORM)
        .select_related("agency", "maker")
    )
    found = sorted(rows, key=lambda doc: (doc.last_day or today, doc.pk))
    months = [
        (month, [(doc, validity_tag(doc, today), (doc.last_day - today).days) for doc in each])
        for month, each in groupby(found, key=lambda doc: f"{doc.last_day:%Y-%m}")
    ]
    open_ended = NormDoc.objects.visible_to(actor).filter(
        kind=Kind.NORM, published_on__isnull=False, valid_to=None, ended_on=None
    )
    context = {"months": months, "today": today, "count": len(found), "open_ended": open_ended.count()}
    return render(request, "normdocs/calendar.html", context)


@login_required
@require_GET
def citations(request: HttpRequest) -> HttpResponse:
    """Decisions that name a document that was not published or not in force on their day."""
    actor = actor_of(request)
    rows = unfounded(actor)
    names = dict(
        Agency.objects.filter(code__in={row.agency for row in rows}).values_list("code", "short_name")
    )
    cases = {
        case.matter_id: case for case in case_rows(actor).filter(matter_id__in=[r.matter_id for r in rows])
    }
    context = {"rows": [(row, names.get(row.agency, row.agency), cases.get(row.matter_id)) for row in rows]}
    return render(request, "normdocs/citations.html", context)


@login_required
@require_GET
def handbook(request: HttpRequest) -> HttpResponse:
    """The eight links of the making, in our words, each with who, what and on which article."""
    return render(request, "normdocs/handbook.html", {"links": LINKS})

"""The organ's pages about people: notices, applications, volunteers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.apps.paperwork.contract import documents_of, verification_code
from plumbline.platform import clock
from plumbline.platform.events.access import keep_access
from plumbline.platform.filters import id_in
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..export import people_book
from ..forms import (
    AccountForm,
    AppointForm,
    CommendForm,
    ConflictsForm,
    DecideForm,
    ReasonForm,
    RecruitmentForm,
    RenewForm,
)
from ..models import Application, ApplicationState, Recruitment, TrainingRecord, Visit, Volunteer
from ..policies import MANAGE
from .acting import carry_out, demand_right

PAGE = 30
WAITING = (ApplicationState.RECEIVED, ApplicationState.ACCEPTED)


def short_names(codes: list[str]) -> list[str]:
    names = dict(Agency.objects.filter(code__in=codes).values_list("code", "short_name"))
    return [names.get(code, code) for code in codes]


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those in office first, by number: there is no other order among them."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    rows = Volunteer.objects.visible_to(actor).select_related("person")
    if text := request.GET.get("q", "").strip():
        rows = rows.filter(name__icontains=text) | rows.filter(number__icontains=text)
    today = clock.today()
    listed = list(rows.order_by("pk")[:1000])
    here = [row for row in listed if row.is_in_office(today)]
    past = [row for row in listed if not row.is_in_office(today)]
    over = request.GET.get("state") == "over"
    if request.GET.get("as") == "xlsx":
        filtered = "；".join(filter(None, ("已届满、解聘" if over else "在聘", f"“{text}”" if text else "")))
        book = people_book(actor, past if over else here, filtered)
        return as_file(book, f"volunteers-{today:%Y%m%d}.xlsx")
    page = Paginator(past if over else here, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "rows": [(row, row.standing(today)) for row in page],
        "q": text,
        "over": over,
        "here": len(here),
        "past": len(past),
    }
    return render(request, "volunteers/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer: term, certificate, account, conflicts, what was learned and seen, and what can be done."""
    actor = actor_of(request)
    row = get_visible(Volunteer, actor, pk=pk)
    asked = request.POST.get("do", "")

    def bound(name: str, form: type[Form], **initial: Any) -> Form:
        return form(request.POST) if asked == name else form(initial=initial)

    forms = {
        "account": bound("account", AccountForm),
        "conflicts": bound("conflicts", ConflictsForm, conflicts=row.conflicts),
        "renew": bound("renew", RenewForm),
        "commend": bound("commend", CommendForm),
        "dismiss": bound("dismiss", ReasonForm),
    }
    doings: dict[str, tuple[Callable[..., Any], str]] = {
        "account": (actions.link_account, "已关联账号。"),
        "conflicts": (actions.declare_conflicts, "应当回避的机关已更新，以后的抽取照此排除。"),
        "renew": (actions.renew, "已续聘，新的聘书已经制发。"),
        "commend": (actions.commend, "已登记表扬，本人会看到。"),
        "dismiss": (actions.dismiss, "已解聘，聘书即日起核验为“已解聘”。"),
    }
    if request.method == "POST" and asked in doings:
        act, said = doings[asked]
        form = forms[asked]
        if carry_out(request, form, lambda: act(actor=actor, volunteer=row, **form.cleaned_data), said):
            return redirect("volunteer", pk=pk)
        row.refresh_from_db(from_queryset=Volunteer.objects.unscoped("重新显示"))
    paper = documents_of(row.matter_id).filter(pk=row.paper).first()
    today = clock.today()
    context = {
        "row": row,
        "forms": forms,
        "asked": asked,
        "standing": row.standing(today),
        "conflict_names": short_names(row.conflicts),
        "paper": paper,
        "code": verification_code(request, paper) if paper else "",
        "papers": documents_of(row.matter_id).count(),
        "trainings": list(
            TrainingRecord.objects.filter(volunteer=row).select_related("training").order_by("-at")
        ),
        "invitations": list(
            row.invitations.select_related("activity", "activity__concerned").order_by("-pk")[:30]
        ),
        "visits": list(
            Visit.objects.visible_to(actor)
            .select_related("concerned")
            .filter(volunteer=row)
            .order_by("-pk")[:30]
        ),
        "praise": list(row.commendations.all()[:30]),
    }
    return render(request, "volunteers/volunteer.html", context)


@login_required
@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Those that wait first."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    rows = Application.objects.visible_to(actor).select_related("recruitment")
    waiting = rows.filter(state__in=WAITING)
    every = request.GET.get("state") == "all"
    shown = rows.order_by("-received_at") if every else waiting.order_by("received_at")
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {"page_rows": page, "every": every, "waiting": waiting.count(), "total": rows.count()}
    return render(request, "volunteers/applications.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, matter_id: str) -> HttpResponse:
    """One application: review with the declared conflicts, then appointment. Each reading is kept."""
    actor = actor_of(request)
    row = get_visible(Application, actor, matter_id=matter_id)
    asked = request.POST.get("do", "")
    decide = DecideForm(request.POST if asked == "decide" else None)
    appoint = AppointForm(request.POST if asked == "appoint" else None)
    if asked == "decide":
        if carry_out(
            request, decide, lambda: actions.decide_application(actor=actor, application=row, **decide.cleaned_data),
            "已审查，报名人凭查询码可以看到结果。",
        ):  # fmt: skip
            return redirect("volunteer-application", matter_id=matter_id)
    elif asked == "appoint":
        made = carry_out(
            request, appoint, lambda: actions.appoint(actor=actor, application=row, **appoint.cleaned_data),
            "已聘任，聘书已经编号、制发。下一步：关联账号。",
        )  # fmt: skip
        if made:
            return redirect("volunteer", pk=made.pk)
    keep_access(actor=actor, kind="read", action="volunteers.application", subject=row.matter_id)
    context = {
        "row": row,
        "decide": decide,
        "appoint": appoint,
        "conflict_names": short_names(row.conflicts),
        "volunteer": Volunteer.objects.visible_to(actor).filter(application=row).first(),
    }
    return render(request, "volunteers/application.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recruitments(request: HttpRequest) -> HttpResponse:
    """Notices, and a new one."""
    actor = actor_of(request)
    demand_right(actor, MANAGE)
    form = RecruitmentForm(
        request.POST if request.POST.get("do") == "publish" else None, initial={"wanted": 10}
    )
    ending = ReasonForm(request.POST if request.POST.get("do") == "end" else None)
    if request.POST.get("do") == "publish":
        if carry_out(
            request, form, lambda: actions.publish_recruitment(actor=actor, **form.cleaned_data),
            "已发布，公示门户上可以报名。",
        ):  # fmt: skip
            return redirect("volunteer-recruitments")
    elif request.POST.get("do") == "end":
        found = Recruitment.objects.filter(pk=id_in(request.POST.get("recruitment", ""))).first()
        if found and carry_out(
            request, ending,
            lambda: actions.end_recruitment(actor=actor, recruitment=found, **ending.cleaned_data), "招募已提前结束。",
        ):  # fmt: skip
            return redirect("volunteer-recruitments")
    today = clock.today()
    reach = actor.reach(MANAGE)
    rows = Recruitment.objects.all() if reach is None else Recruitment.objects.filter(agency_id__in=reach)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_rows": page,
        "rows": [(row, row.takes_applications(today)) for row in page],
        "form": form,
        "ending": ending,
        "today": today,
    }
    return render(request, "volunteers/recruitments.html", context)

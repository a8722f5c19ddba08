"""Conflicts, deadlines, the list of people, bonuses and accountability."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible

from .. import actions
from ..forms import DeadlineForm, MeritForm, ReasonForm, SettleForm
from ..ledger import points_said
from ..models import Merit, Responsible, Settlement, Share, Task
from ..policies import may_lead, may_withdraw
from ..reading import settlements_on
from .asking import programme_for, small_form


@login_required
@require_safe
def conflicts(request: HttpRequest, key: str) -> HttpResponse:
    """Where body and annex disagree: both wordings, what is proposed, and how 区司法局 reads it."""
    actor, programme = programme_for(request, key)
    kept = settlements_on(programme, programme.today())
    history: dict[str, list[Settlement]] = {}
    for row in programme.settlements.all():
        history.setdefault(row.conflict, []).append(row)
    rows = [(c, kept.get(c["code"]), history.get(c["code"], [])[:-1]) for c in programme.conflicts]
    context = {
        "programme": programme,
        "rows": rows,
        "leads": bool(may_lead(actor)),
        "open": len(rows) - len(kept),
    }
    return render(request, "programme/conflicts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, key: str, code: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    found = next((c for c in programme.conflicts if c["code"] == code), None)
    if found is None:
        raise Http404
    return small_form(
        request,
        SettleForm(request.POST or None, initial={"decision": found["proposal"]}),
        lambda f: actions.settle_conflict(
            actor=actor, programme=programme, conflict=code, decision=f.cleaned_data["decision"]
        ),
        programme=programme,
        title=f"确认不一致的处理：{code}",
        about="两种写法都继续显示；这里写明按哪一种办理",
        button="确认",
        done="已确认。",
        back=reverse("programme-conflicts", kwargs={"key": key}),
        context={"quoted": found["text"]},
    )


@login_required
@require_http_methods(["GET", "POST"])
def deadline(request: HttpRequest, key: str, code: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    task = get_object_or_404(Task.objects.select_related("programme"), programme=programme, code=code)
    term = task.terms.get(until_on=None)
    return small_form(
        request,
        DeadlineForm(request.POST or None, initial={"due": "\n".join(str(d) for d in term.due)}),
        lambda f: actions.change_deadline(actor=actor, task=task, **f.cleaned_data),
        programme=programme,
        title=f"调整时限：{code} {term.title}",
        about="从今天起按新的时限；原来的时限和理由保留在历史中，责任单位收到通知",
        button="调整",
        done="时限已调整。",
        back=reverse("programme-task", kwargs={"key": key, "code": code}),
    )


@login_required
@require_safe
def people(request: HttpRequest, key: str) -> HttpResponse:
    """责任部门和责任人名单, and which units have not reported any."""
    actor, programme = programme_for(request, key)
    shares = Share.objects.visible_to(actor).filter(task__programme=programme, until_on=None)
    units = Agency.objects.filter(code__in=shares.values("agency_id")).order_by("code")
    named = {
        row.agency_id: row
        for row in Responsible.objects.visible_to(actor).filter(programme=programme, until_on=None)
    }
    rows = [(unit, named.get(unit.code)) for unit in units]
    missing = sum(1 for _, row in rows if row is None)
    if request.GET.get("state") == "missing":
        rows = [pair for pair in rows if pair[1] is None]
    context = {"programme": programme, "rows": rows, "missing": missing, "filtered": "state" in request.GET}
    return render(request, "programme/people.html", context)


@login_required
@require_safe
def merits(request: HttpRequest, key: str) -> HttpResponse:
    """Bonuses, recommendations and accountability, as far as the reader may see the unit."""
    actor, programme = programme_for(request, key)
    rows = Merit.objects.visible_to(actor).filter(programme=programme).select_related("agency", "task")
    told = [(row, points_said(row.points_tenths), bool(may_withdraw(actor, row))) for row in rows]
    context = {
        "programme": programme,
        "rows": told,
        "leads": bool(may_lead(actor)),
        "year": programme.to_on.year,
    }
    return render(request, "programme/merits.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def merit_new(request: HttpRequest, key: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()

    def act(form: MeritForm) -> None:
        given = form.cleaned_data
        task = programme.tasks.filter(code=given.pop("task")).first()
        actions.record_merit(actor=actor, programme=programme, task=task, **given)

    return small_form(
        request,
        MeritForm(request.POST or None, programme=programme),
        act,
        programme=programme,
        title="登记加分、推荐或者追责",
        about=f"用于 {programme.to_on.year} 年度法治建设考核、评先评优；登记错了的可以撤回，不能修改",
        button="登记",
        done="已登记，单位收到通知。",
        back=reverse("programme-merits", kwargs={"key": key}),
    )


@login_required
@require_http_methods(["GET", "POST"])
def merit_withdraw(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    actor, programme = programme_for(request, key)
    row = get_visible(Merit, actor, pk=pk, programme=programme)
    may_withdraw(actor, row).demand()
    return small_form(
        request,
        ReasonForm(request.POST or None),
        lambda f: actions.withdraw_merit(actor=actor, merit=row, reason=f.cleaned_data["reason"]),
        programme=programme,
        title=f"撤回{row.get_kind_display()}记录：{row.agency.short_name}",
        about=row.reason,
        button="撤回",
        done="已撤回，记录和理由保留。",
        back=reverse("programme-merits", kwargs={"key": key}),
    )

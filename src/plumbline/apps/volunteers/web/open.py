"""The public's pages: notices, applying without an account, the receipt, and whether a certificate holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plumbline.apps.complaints.contract import digits_of, hash_of
from plumbline.platform import clock
from plumbline.platform.rates.limiting import Lane, too_fast
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of

from ..actions import apply, withdraw
from ..forms import ApplyForm, CertificateForm, CodeForm
from ..models import Application, ApplicationState, Recruitment, Volunteer
from .acting import carry_out

APPLY = Lane("open.volunteer-apply", 20, 24 * 3600)
ASK = Lane("open.volunteer-receipt", 30, 3600)
OPEN_STATES = (ApplicationState.RECEIVED, ApplicationState.ACCEPTED)


@never_cache
@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    """What volunteers do, the notices that stand, and the check of a certificate."""
    today = clock.today()
    rows = list(Recruitment.objects.select_related("agency")[:30])
    form = CertificateForm(request.GET if "number" in request.GET else None)
    found, asked = None, form.is_bound and form.is_valid()
    if asked:
        if answer := too_fast(request, ASK):
            return answer
        number = form.cleaned_data["number"].strip().replace("[", "〔").replace("]", "〕")
        found = (
            Volunteer.objects.unscoped("公众核验聘书").select_related("agency").filter(number=number).first()
        )
    context = {
        "open": [row for row in rows if row.takes_applications(today)],
        "over": [row for row in rows if row.closes_on < today or row.ended_on][:10],
        "coming": [row for row in rows if row.opens_on > today and not row.ended_on],
        "form": form,
        "asked": asked,
        "found": found,
        "standing": found.standing(today) if found else "",
    }
    return render(request, "volunteers/open.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice and, while it stands, the form; the receipt follows on the same address and is shown once."""
    recruitment = get_object_or_404(Recruitment.objects.select_related("agency"), pk=pk)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if answer := too_fast(request, APPLY):
            return answer
        with whole_district():
            made = carry_out(
                request,
                form,
                lambda: apply(actor=actor_of(request), recruitment=recruitment, **form.cleaned_data),
                "",
            )
        if made:
            row, code = made
            return render(request, "volunteers/applied.html", {"row": row, "code": code})
    context = {
        "recruitment": recruitment,
        "form": form,
        "stands": recruitment.takes_applications(clock.today()),
        "today": clock.today(),
    }
    return render(request, "volunteers/apply.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Where an application stands, for whoever has the code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    row: Application | None = None
    if request.method == "POST":
        if answer := too_fast(request, ASK):
            return answer
        with whole_district():
            if form.is_valid():
                row = _found(form.cleaned_data["code"])
                if row is None:
                    form.add_error("code", "没有找到。请核对 20 位数字。")
                elif "withdraw" in request.POST:
                    found = row
                    if carry_out(
                        request,
                        None,
                        lambda: withdraw(actor=actor_of(request), application=found),
                        "报名已撤回，姓名、电话和自我介绍已经删去。",
                    ):
                        return redirect("volunteer-receipt")
    context = {
        "form": form,
        "row": row,
        "code": digits_of(form.cleaned_data["code"]) if row else "",
        "may_withdraw": row is not None and row.state in OPEN_STATES,
    }
    return render(request, "volunteers/receipt.html", context)


def _found(typed: str) -> Application | None:
    if not digits_of(typed):
        return None
    rows = Application.objects.unscoped("报名人凭查询码查看").select_related("recruitment", "agency")
    return rows.filter(code_hash=hash_of(typed)).first()

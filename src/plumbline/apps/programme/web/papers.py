"""Monthly reports and the results report: draft, write, issue, take along."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.ui.acting import put_faults
from plumbline.platform.ui.components import Tag
from plumbline.platform.ui.downloads import as_file

from .. import actions
from ..drafting import PARTS, facts_of, reporting_day
from ..forms import PaperForm, PaperTextForm
from ..models import Paper
from ..paper_sheet import as_files
from ..policies import may_lead, may_write
from .asking import programme_for, small_form

STATES = {False: Tag("草稿", "amb"), True: Tag("已印发", "grn")}


@login_required
@require_safe
def papers(request: HttpRequest, key: str) -> HttpResponse:
    """All reports; drafts only for 区司法局."""
    actor, programme = programme_for(request, key)
    rows = programme.papers.select_related("programme")
    leads = bool(may_lead(actor))
    shown = [(row, STATES[row.issued_on is not None]) for row in rows if leads or row.issued_on]
    context = {"programme": programme, "rows": shown, "leads": leads}
    return render(request, "programme/papers.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def paper_new(request: HttpRequest, key: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    form = PaperForm(request.POST or None, initial={"period": f"{programme.today():%Y-%m}"})
    return small_form(
        request,
        form,
        lambda form: actions.keep_paper(actor=actor, programme=programme, **form.cleaned_data),
        programme=programme,
        title="起草报告",
        about="文字和数字由方案中的记录生成，印发以前可以修改",
        button="生成草稿",
        done="草稿已生成，请核对并补充。",
        back=f"/programmes/{key}/papers",
        then=lambda made: reverse("programme-paper", kwargs={"key": key, "pk": made.pk}),
    )


@login_required
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A report: written while it is a draft, read afterwards."""
    actor, programme = programme_for(request, key)
    row = get_object_or_404(Paper.objects.select_related("programme"), pk=pk, programme=programme)
    write = may_write(actor, row)
    if row.issued_on is None:
        write.demand()
    parts = PARTS[row.kind]
    form = PaperTextForm(request.POST or None, parts=parts, initial=row.text)
    if request.method == "POST":
        write.demand()
        if form.is_valid():
            try:
                kept = actions.keep_paper(
                    actor=actor, programme=programme, kind=row.kind, period=row.period, text=form.cleaned_data
                )
                if "issue" in request.POST:
                    actions.issue_paper(actor=actor, paper=kept)
            except (InputFault, Refusal) as fault:
                put_faults(form, fault)
            else:
                messages.success(request, "已印发，内容固定。" if "issue" in request.POST else "已保存。")
                return redirect("programme-paper", key=key, pk=kept.pk)
    context = {
        "programme": programme,
        "paper": row,
        "tag": STATES[row.issued_on is not None],
        "form": form,
        "write": bool(write),
        "facts": row.content or facts_of(row, reporting_day(row)),
        "parts": [(label, row.text.get(key_, "")) for key_, label in parts.items()],
    }
    return render(request, "programme/paper.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def paper_file(request: HttpRequest, key: str, pk: int, form: str) -> HttpResponse:
    """The report as Word or PDF; a draft says that it is one."""
    actor, programme = programme_for(request, key)
    row = get_object_or_404(Paper.objects.select_related("programme"), pk=pk, programme=programme)
    if row.issued_on is None:
        may_lead(actor).demand()
    if form not in {"docx", "pdf"}:
        raise Http404
    return as_file(as_files(row, form), f"{row}.{form}")

"""Pages that take in files of a credit platform: an old file, and the answer to one that was sent."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.forms import LabelledForm

from .credit_intake import take_in_answer, take_in_file
from .models import CreditFile
from .policies import may_send_credit


class OldFileForm(LabelledForm):
    agency = forms.ModelChoiceField(label="机关", queryset=Agency.objects.none(), empty_label=None)
    agency_credit_code = forms.CharField(
        label="机关统一社会信用代码", max_length=18, help_text="2016 版没有这一项，转换成现行格式时要用"
    )
    file = forms.FileField(
        label="2016 版文件",
        help_text=".xlsx 或者 .csv，第一行是表头（行政处罚决定书文号、处罚名称……），一次最多 5000 行",
    )


class AnswerFileForm(LabelledForm):
    file = forms.FileField(label="平台的回执", help_text=".xlsx 或者 .csv，要有决定书文号和退回理由两列")


@login_required
@require_http_methods(["GET", "POST"])
def old_file(request: HttpRequest) -> HttpResponse:
    """Take in a file of 2016; the page after it lists every line with what is wrong."""
    actor = actor_of(request)
    reach = actor.reach("publicity.publish")
    mine = Agency.objects.filter(enforces=True)
    mine = mine if reach is None else mine.filter(code__in=reach)
    last = CreditFile.objects.visible_to(actor).first()
    form = OldFileForm(
        request.POST or None, request.FILES or None, initial={"agency_credit_code": last.agency_credit_code if last else ""}
    )  # fmt: skip
    form.fields["agency"].queryset = mine  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = take_in_file(
                actor=actor, agency=given["agency"].code, name=str(given["file"].name), content=given["file"].read(),
                agency_credit_code=given["agency_credit_code"],
            )  # fmt: skip
        except InputFault as fault:
            put_faults(form, fault)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "已读入。各行的问题列在下面；改好原文件后可以再导入一次。")
            return redirect("credit-file", pk=made.pk)
    return render(request, "publicity/credit_upload.html", {"form": form, "may": mine.exists(), "made": None})


@login_required
@require_http_methods(["GET", "POST"])
def answer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what the platform said of a sent file."""
    actor = actor_of(request)
    made = get_object_or_404(CreditFile.objects.visible_to(actor).select_related("agency"), pk=pk)
    form = AnswerFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            said = take_in_answer(actor=actor, file=made, name=str(file.name), content=file.read())
        except InputFault as fault:
            form.add_error("file", fault.faults["file"])
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            (messages.warning if said.problems else messages.success)(request, str(said))
            return redirect("credit-file", pk=pk)
    context = {"form": form, "may": bool(may_send_credit(actor, made)), "made": made}
    return render(request, "publicity/credit_upload.html", context)

"""Pages of the 双公示 files: make, look through, take away, register what became of them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.downloads import as_file
from plumbline.platform.ui.forms import LabelledForm
from plumbline.platform.workbooks import open_workbook
from plumbline.rules.reports.cells import guarded

from .channel_board import SEVERITIES
from .credit import full_values, make_file, refuse_row, send_file, sendable
from .credit_2016 import LAYOUT, as_2016
from .credit_2016 import headings as headings_2016
from .credit_layout import items
from .forms import DayInput
from .models import CreditFile, CreditRow, Publication
from .policies import may_send_credit

PERIOD = timedelta(days=6)


class MakeForm(LabelledForm):
    agency = forms.ModelChoiceField(label="报送机关", queryset=Agency.objects.none(), empty_label=None)
    agency_credit_code = forms.CharField(
        label="机关统一社会信用代码", max_length=18, help_text="处罚机关和数据来源单位的代码，填一次以后沿用"
    )
    first = forms.DateField(label="决定日期起", widget=DayInput())
    last = forms.DateField(label="决定日期止", widget=DayInput())
    persons = forms.BooleanField(
        label="包括自然人",
        required=False,
        help_text="自然人的失信信息原则上不在信用中国公示，平台要求报送时才选",
    )


class SentForm(LabelledForm):
    sent_on = forms.DateField(label="报送日", widget=DayInput())
    sent_to = forms.CharField(label="报送到", max_length=80, initial="湖北省公共信用信息平台")
    receipt = forms.CharField(label="回执号", max_length=80, required=False)


@login_required
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    reach = actor.reach("publicity.publish")
    mine = Agency.objects.filter(enforces=True)
    mine = mine if reach is None else mine.filter(code__in=reach)
    made = CreditFile.objects.visible_to(actor).select_related("agency")
    last = made.first()
    today = clock.today()
    form = MakeForm(
        request.POST or None,
        initial={
            "first": today - PERIOD, "last": today, "agency_credit_code": last.agency_credit_code if last else "",
        },
    )  # fmt: skip
    form.fields["agency"].queryset = mine  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            new = make_file(actor=actor, agency=given.pop("agency").code, **given)
        except InputFault as fault:
            put_faults(form, fault)
        except Refusal as refused:
            messages.error(request, str(refused))
        else:
            return redirect("credit-file", pk=new.pk)
    page = Paginator(made, 30).get_page(request.GET.get("page"))
    context = {"form": form, "page_rows": page, "total": page.paginator.count, "may": mine.exists()}
    return render(request, "publicity/credit_files.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    made = _file(request, pk)
    do = request.POST.get("do", "")
    form = SentForm(request.POST if do == "send" else None, initial={"sent_on": clock.today()})
    if request.method == "POST":
        try:
            done = _done(request, made, do, form)
        except (InputFault, Refusal) as fault:
            messages.error(request, str(fault))
        else:
            if isinstance(done, CreditFile):
                return redirect("credit-file", pk=done.pk)
            if done:
                messages.success(request, done)
                return redirect("credit-file", pk=pk)
    going = {row.pk for row in sendable(made)}
    page = Paginator(made.lines(), 50).get_page(request.GET.get("page"))
    context = {
        "made": made,
        "form": form,
        "page_rows": page,
        "lines": [(row, row.pk in going) for row in page],
        "total": page.paginator.count,
        "going": len(going),
        "refused": made.lines().exclude(refused="").count(),
        "may": may_send_credit(actor, made),
    }
    return render(request, "publicity/credit_file.html", context)


def _file(request: HttpRequest, pk: int) -> CreditFile:
    actor = actor_of(request)
    made = CreditFile.objects.visible_to(actor).select_related("agency", "corrects").filter(pk=pk).first()
    if made is None:
        raise Http404
    return made


def _done(request: HttpRequest, made: CreditFile, do: str, form: SentForm) -> str | CreditFile:
    actor = actor_of(request)
    if do == "send" and form.is_valid():
        send_file(actor=actor, file=made, **form.cleaned_data)
        return "已登记报送。"
    if do == "refuse":
        row = (
            CreditRow.objects.visible_to(actor).filter(file=made, pk=_number(request.POST.get("row"))).first()
        )
        if row is None:
            raise Refusal("这一行不在这份数据中")
        refuse_row(actor=actor, file=made, row=row, reason=request.POST.get("reason", ""))
        return "已登记退回。"
    if do == "correct":
        return make_file(
            actor=actor, agency=made.agency_id, first=made.first, last=made.last, persons=made.persons,
            agency_credit_code=made.agency_credit_code, corrects=made,
        )  # fmt: skip
    return ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


@login_required
@require_safe
def take(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The file itself, in the present layout or that of 2016: the lines that may go out at this moment."""
    made = _file(request, pk)
    going, old = sendable(made), request.GET.get("layout") == LAYOUT
    if old:
        headings, rows = list(headings_2016()), _rows_of_2016(made, going)
    else:
        headings = [item.name for item in items()]
        rows = [[full_values(row).get(item.code, "") for item in items()] for row in going]
    name = f"CF{LAYOUT if old else ''}-{made.agency_id}-{made.first:%Y%m%d}-{made.last:%Y%m%d}.{form}"
    book = _csv(headings, rows) if form == "csv" else _workbook(headings, () if old else items(), rows)
    answer = as_file(book, name)
    add_never_cache_headers(answer)
    return answer


def _rows_of_2016(made: CreditFile, going: list[CreditRow]) -> list[list[str]]:
    """With the severity that was registered for 信用中国, the division and the moment of the file."""
    shown = Publication.objects.filter(
        decision_event__in=[row.decision_event for row in going if row.decision_event], channel="credit_china"
    )
    severity = {
        event: SEVERITIES.get(code, "") for event, code in shown.values_list("decision_event", "severity")
    }
    at = f"{made.made_at.astimezone(clock.CHINA):%Y/%m/%d %H:%M:%S}"
    division = made.agency.division_code[:6]
    return [
        list(
            as_2016(
                full_values(row), division=division, at=at, severity=severity.get(row.decision_event, "")
            ).values()
        )
        for row in going
    ]


def _csv(headings: list[str], rows: list[list[str]]) -> bytes:
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(headings)
    writer.writerows([[guarded(cell) for cell in row] for row in rows])
    return ("\ufeff" + sink.getvalue()).encode()


def _workbook(headings: list[str], about: Any, rows: list[list[str]]) -> bytes:
    """The data, and for the present layout a sheet that says what each column is; every cell is text."""
    sink = io.BytesIO()
    book = open_workbook(sink, strings_to_numbers=False)
    bold = book.add_format({"bold": True, "bottom": 1})
    data = book.add_worksheet("行政处罚")
    for at, heading in enumerate(headings):
        data.write_string(0, at, heading, bold)
        data.set_column(at, at, 18)
        for line, row in enumerate(rows, 1):
            data.write_string(line, at, row[at])
    data.freeze_panes(1, 0)
    if about:
        told = book.add_worksheet("字段说明")
        for at, heading in enumerate(("字段", "代码", "长度", "必填", "规则")):
            told.write_string(0, at, heading, bold)
        for line, item in enumerate(about, 1):
            length = item.length if item.verified or not item.length else f"{item.length}（未核实，只提示）"
            for at, cell in enumerate((item.name, item.code, length, item.required, item.rule)):
                told.write_string(line, at, cell)
    book.close()
    return sink.getvalue()

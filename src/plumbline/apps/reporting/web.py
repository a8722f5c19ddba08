"""The page of one unit's annual report and what is done on it, from the preview to the published version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.verdicts.models import StoredVerdict

from . import actions
from .actions.annual import RECIPIENTS
from .checking import differences, findings, last_year_line, obstacles, published_decisions, reconciled
from .drafting import draft
from .figures import as_of, line_of, look_up
from .forms import CorrectForm, ExplainForm, FigureForm, SourceForm, SubmitForm, TextForm
from .layout import layout
from .models import AnnualReport, AnnualVersion
from .policies import may_correct, may_prepare, may_publish, may_sign, may_submit, may_supervise, reach_of
from .settings import values_on
from .showing import STAGE_TAGS, part_rows, text_rows, verdict_tag

RULE = "T118-6-annual-0131"
FIRST_YEAR = 2015


def report_for(actor: Actor, year: int, agency: str) -> AnnualReport:
    """The report of a unit the actor may see; for a year that is not over, one that is only a preview."""
    reach = reach_of(actor)
    if (reach is not None and agency not in reach) or not FIRST_YEAR <= year <= clock.today().year:
        raise Http404
    unit = get_object_or_404(Agency, pk=agency, enforces=True)
    rows = AnnualReport.objects.visible_to(actor).select_related("agency")
    found = rows.prefetch_related("versions", "entered").filter(agency=unit, year=year).first()
    return found or AnnualReport(agency=unit, year=year, matter_id=f"NB-{year}-{agency}")


@login_required
@require_safe
def annual(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    """Everything about one report: what comes next, the tables, what has to be explained, words, versions."""
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    look_up()
    line, before = line_of(report), last_year_line(report)
    gaps, wrong = differences(report, line, before), findings(line)
    latest = report.latest
    prepare, sign = may_prepare(actor, report), may_sign(actor, report)
    verdict = (
        StoredVerdict.objects.unscoped("已核对年报的可见范围")
        .filter(matter_id=report.matter_id, rule=RULE)
        .first()
    )
    decisions = published_decisions(agency, year)
    context = {
        "report": report,
        "stage": STAGE_TAGS[report.stage],
        "form": layout().form,
        "parts": part_rows(report, line, before),
        "gaps": gaps,
        "limit": values_on(clock.today(), "difference"),
        "wrong": wrong,
        "sources": [(key, words, report.sources.get(key)) for key, words in layout().asked.items()],
        "missing": obstacles(report, line, gaps, wrong) if report.is_open else [],
        "elsewhere": reconciled(report, line),
        "decisions": decisions,
        "text": text_rows(report),
        "versions": sorted(report.versions.all(), key=lambda v: -v.number) if report.pk else [],
        "latest": latest,
        "sent": [(name, *_sent(report, f"to_{key}_on")) for key, name in RECIPIENTS.items()],
        "opened": request.GET.get("table", ""),
        "prepare": prepare,
        "sign": sign,
        "submit": latest is not None and may_submit(actor, latest),
        "publish": may_publish(actor, latest) if latest else None,
        "correct": may_correct(actor, report) if report.pk else None,
        "supervises": bool(may_supervise(actor)),
        "verdict": verdict,
        "verdict_tag": verdict_tag(verdict),
        "as_of": as_of(),
        "rules": layout().rules,
        "today": clock.today(),
    }  # fmt: skip
    return render(request, "reporting/annual.html", context)


def _sent(report: AnnualReport, field: str) -> tuple[Any, int]:
    """When the report was sent to somebody, and which version: a correction does not undo what was sent before."""
    rows = sorted(report.versions.all(), key=lambda each: -each.number) if report.pk else []
    found = next((each for each in rows if getattr(each, field)), None)
    return (getattr(found, field), found.number) if found else (None, 0)


def _edit(
    request: HttpRequest,
    report: AnnualReport,
    form: Any,
    *,
    title: str,
    about: str,
    button: str,
    act: Any,
    done: str,
    place: str = "",
) -> HttpResponse:
    """A small form on a page of its own: what is wrong is said at the field, otherwise back to the report."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, done)
            answer = redirect("annual", year=report.year, agency=report.agency_id)
            answer["Location"] += place
            return answer
    context = {"report": report, "form": form, "title": title, "about": about, "button": button}
    return render(request, "reporting/edit.html", context, status=422 if form.errors else 200)  # fmt: skip


def _preparing(request: HttpRequest, year: int, agency: str) -> tuple[Actor, AnnualReport]:
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    may_prepare(actor, report).demand()
    return actor, report


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, year: int, agency: str, cell: str) -> HttpResponse:
    actor, report = _preparing(request, year, agency)
    asked = next((each for each in layout().elsewhere if each.cell == cell), None)
    column = asked or layout().columns.get(cell)
    if column is None or getattr(column, "sum", None) or getattr(column, "share", None):
        raise Http404
    table = cell.split(".", maxsplit=1)[0]
    last = next((row for row in reversed(report.entered.all()) if row.cell == cell), None)
    initial = {}
    if last is not None:
        value = None if last.value is None else last.value / 1_000_000 if column.is_money else last.value
        initial = {"value": value, "source": last.source, "reason": last.reason}
    form = FigureForm(request.POST or None, initial=initial, money=column.is_money, unit=column.unit)
    return _edit(
        request, report, form, title=f"填报：{column.label}", button="保存",
        about="填报的数字单独列出，写明来源和填报人，不与系统统计相加。没有发生的填 0；不知道的不填，显示为“未报送”。",
        act=lambda f: actions.enter_figure(
            actor=actor, report=report, cell=cell, value=f.figure, source=f.cleaned_data["source"], reason=f.cleaned_data["reason"]
        ),
        done="已保存。", place="#elsewhere" if asked else f"?table={table}#{table}",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def explain(request: HttpRequest, year: int, agency: str, cell: str) -> HttpResponse:
    actor, report = _preparing(request, year, agency)
    column = layout().columns.get(cell)
    if column is None:
        raise Http404
    form = ExplainForm(request.POST or None, initial={"words": report.explanations.get(cell, "")})
    return _edit(
        request, report, form, title=f"说明差异：{column.label}", button="保存", about="说明随年报公开。",
        act=lambda f: actions.explain_difference(actor=actor, report=report, cell=cell, words=f.cleaned_data["words"]),
        done="已保存。", place="#differences",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, year: int, agency: str, key: str) -> HttpResponse:
    actor, report = _preparing(request, year, agency)
    if key not in layout().asked:
        raise Http404
    told = report.sources.get(key) or {}
    answers: dict[Any, str] = {True: "yes", False: "no"}
    initial = {"complete": answers.get(told.get("complete")), "note": told.get("note", "")}
    form = SourceForm(request.POST or None, initial=initial)
    return _edit(
        request, report, form, title=f"来源是否完整：{layout().sources[key]['label']}", button="保存",
        about=f"{layout().asked[key]}。确认完整以后，没有发生的才显示为 0；没有确认的显示为“未报送”。",
        act=lambda f: actions.state_source(
            actor=actor, report=report, key=key, complete=f.cleaned_data["complete"], note=f.cleaned_data["note"]
        ),
        done="已保存。", place="#sources",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    """情况说明, drafted from the figures the first time."""
    actor, report = _preparing(request, year, agency)
    look_up()
    line, before = line_of(report), last_year_line(report)
    proposed = draft(report.agency.name, line, before, differences(report, line, before))
    initial = {key: report.text.get(key) or words for key, words in proposed.items()}
    form = TextForm(request.POST or None, initial=initial)
    return _edit(
        request, report, form, title="情况说明", button="保存", about="草稿由本年度数字生成，请核对并补充。情况说明随年报公开，不要写个人信息。",
        act=lambda f: actions.write_text(actor=actor, report=report, text=f.cleaned_data), done="已保存。", place="#text",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    actor = actor_of(request)
    report = report_for(actor, year, agency)
    may_correct(actor, report).demand()
    form = CorrectForm(request.POST or None)
    return _edit(
        request, report, form, title="更正年报", button="启动更正", about="已签发的一版保留不动。修改以后重新签发、公布，公众可以看到各版和更正理由。",
        act=lambda f: actions.begin_correction(actor=actor, report=report, reason=f.cleaned_data["reason"]),
        done="已启动更正，可以修改后重新签发。",
    )  # fmt: skip


def _version(request: HttpRequest, year: int, agency: str) -> tuple[Actor, AnnualVersion]:
    actor = actor_of(request)
    latest = report_for(actor, year, agency).latest
    if latest is None:
        raise Http404
    return actor, latest


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    actor, version = _version(request, year, agency)
    form = SubmitForm(request.POST or None, initial={"on": clock.today()})
    return _edit(
        request, version.report, form, title="登记报送", button="登记", about="平台不代替公文交换。请在报出以后登记报送给谁、哪一天。",
        act=lambda f: actions.submit_report(actor=actor, version=version, to=f.cleaned_data["to"], on=f.cleaned_data["on"]),
        done="已登记报送。",
    )  # fmt: skip


@login_required
@require_POST
def sign(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    report = report_for(actor_of(request), year, agency)
    if not report.pk:
        raise Http404
    return _take(request, report, lambda: actions.sign_report(actor=actor_of(request), report=report), "已签发。内容和指纹不再改变，请报送并公布。")  # fmt: skip


@login_required
@require_POST
def publish(request: HttpRequest, year: int, agency: str) -> HttpResponse:
    actor, version = _version(request, year, agency)
    return _take(
        request, version.report, lambda: actions.publish_report(actor=actor, version=version), "已公布。"
    )


def _take(request: HttpRequest, report: AnnualReport, act: Any, done: str) -> HttpResponse:
    try:
        act()
    except (InputFault, Refusal) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, done)
    return redirect("annual", year=report.year, agency=report.agency_id)

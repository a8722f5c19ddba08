"""Pages of the other yearly reports: who owes which, who is late, and one report from draft to what was sent and published."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plumbline.platform import clock
from plumbline.platform.actions import Decision, InputFault, Refusal
from plumbline.platform.files.store import open_kept
from plumbline.platform.filters import is_year
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.components import VERDICT_TAGS, Figure, Tag
from plumbline.platform.ui.downloads import TYPES, as_file

from . import actions
from .documents import word
from .duties import Duty, Standing, duties, standings
from .duty_drafting import drafted, figures_of, said
from .duty_pages import duty_sheet
from .figures import as_of, look_up
from .forms import CorrectForm, DayForm, DutySubmitForm, DutyTextForm
from .models import DutyReport, DutyVersion
from .policies import (
    may_correct_duty,
    may_prepare_duty,
    may_publish_duty,
    may_read,
    may_sign_duty,
    may_submit_duty,
    may_supervise,
)
from .showing import STAGE_TAGS

LATE, DONE = Tag("逾期", "red"), Tag("已办完", "grn")
STATES = {"late": "逾期", "open": "编制中", "signed": "已签发", "done": "已办完"}


def state_of(row: DutyReport, standing: Standing) -> str:
    """late, open, signed or done."""
    if duties()[row.kind].is_done(row.agency, row.public or row.latest):
        return "done"
    if standing.late:
        return "late"
    return "open" if row.is_open else "signed"


def tag_of(row: DutyReport, state: str) -> Tag:
    if state in {"late", "done"}:
        return LATE if state == "late" else DONE
    return (
        STAGE_TAGS[row.stage]
        if duties()[row.kind].public or state == "open"
        else Tag("已签发，待报送", "blu")
    )


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every body that owes a report of a kind on a year, as far as the actor may read it."""
    actor = actor_of(request)
    allowed = may_read(actor)
    if not allowed:
        raise Refusal(allowed.reason)
    today = clock.today()
    kind = request.GET.get("kind", "")
    told = request.GET.get("year", "")
    duty = duties().get(kind) or next(iter(duties().values()))
    year = int(told) if is_year(told) and 2015 <= int(told) < today.year else today.year - 1
    seen = DutyReport.objects.visible_to(actor)
    rows = list(seen.filter(kind=duty.key, year=year).select_related("agency").prefetch_related("versions"))
    due = standings(rows, today)
    states = [(row, state_of(row, due[row.pk])) for row in rows]
    wanted = request.GET.get("state", "")
    figures = [
        Figure(label, str(number := sum(state == key for _, state in states)), f"?kind={duty.key}&year={year}&state={key}", "个", "red" if key == "late" and number else "")
        for key, label in STATES.items()
    ]  # fmt: skip
    context = {
        "duties": duties().values(),
        "duty": duty,
        "year": year,
        "years": sorted({*seen.values_list("year", flat=True).distinct(), today.year - 1}, reverse=True),
        "figures": figures,
        "filtered": bool(wanted),
        "rows": [
            (row, tag_of(row, state), due[row.pk], [(name, (row.latest.submitted.get(key) if row.latest else None)) for key, name in duty.recipients(row.agency).items()])
            for row, state in states
            if not wanted or state == wanted
        ],
        "supervises": bool(may_supervise(actor)),
    }  # fmt: skip
    return render(request, "reporting/duties.html", context)


def _report(request: HttpRequest, kind: str, year: int, agency: str) -> tuple[Actor, Duty, DutyReport]:
    actor, duty = actor_of(request), duties().get(kind)
    if duty is None:
        raise Http404
    return actor, duty, get_visible(DutyReport, actor, kind=kind, year=year, agency_id=agency)


@login_required
@require_safe
def unit(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    """One report: what comes next, its parts with the figures behind them, and every version."""
    actor, duty, report = _report(request, kind, year, agency)
    look_up()
    latest, open_ = report.latest, report.is_open
    standing = standings([report], clock.today())[report.pk]
    if open_:
        figures = figures_of(report, duty)
        parts = [
            (part.label, str(report.text.get(part.key, "")), [figures[name] for name in part.figures])
            for part in duty.parts
        ]
    else:
        parts = [(part["label"], part["text"], part["figures"]) for part in latest.content["parts"]]
    context = {
        "report": report,
        "duty": duty,
        "tag": tag_of(report, state_of(report, standing)),
        "standing": standing,
        "verdicts": [(each, VERDICT_TAGS[each.verdict]) for each in standing.verdicts],
        "parts": [(label, text, [(f, said(f), said(f, "before")) for f in told]) for label, text, told in parts],
        "ready": all(text.strip() for _, text, _ in parts),
        "recipients": [(name, latest.submitted.get(key) if latest else None) for key, name in duty.recipients(report.agency).items()],
        "latest": latest,
        "versions": sorted(report.versions.all(), key=lambda each: -each.number),
        "prepare": may_prepare_duty(actor, report),
        "sign": may_sign_duty(actor, report),
        "submit": may_submit_duty(actor, latest) if latest else None,
        "publish": may_publish_duty(actor, latest) if latest else None,
        "correct": may_correct_duty(actor, report),
        "supervises": bool(may_supervise(actor)),
        "as_of": as_of(),
    }  # fmt: skip
    return render(request, "reporting/duty.html", context)


def _step(
    request: HttpRequest,
    report: DutyReport,
    form: Any,
    *,
    allowed: Decision,
    title: str,
    about: str,
    button: str,
    act: Callable[[Any], object],
    done: str,
) -> HttpResponse:
    """A small form on a page of its own; refused before it is drawn to whoever may not take the step."""
    allowed.demand()
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, done)
            return redirect("duty-report", kind=report.kind, year=report.year, agency=report.agency_id)
    duty = duties()[report.kind]
    context = {"report": report, "duty": duty, "form": form, "title": title, "about": about, "button": button}
    return render(request, "reporting/duty_edit.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def text(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    """The parts, drafted from the figures the first time."""
    actor, duty, report = _report(request, kind, year, agency)
    look_up()
    proposed = drafted(report, duty, figures_of(report, duty))
    form = DutyTextForm(
        request.POST or None,
        duty=duty,
        initial={key: report.text.get(key) or words for key, words in proposed.items()},
    )
    open_to_all = "报告会公开，不要写个人信息。" if duty.public else ""
    return _step(
        request, report, form, allowed=may_prepare_duty(actor, report), title="编写报告", button="保存",
        about=f"数字由平台登记的事件得出，请补充平台以外的情况，并把括号中的提示换成本单位的内容。{open_to_all}",
        act=lambda told: actions.write_duty(actor=actor, report=report, text=told), done="已保存。",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    actor, duty, report = _report(request, kind, year, agency)
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    return _step(
        request, report, form, allowed=may_sign_duty(actor, report), title=f"签发{duty.title}", button="签发",
        about="签发以后文字和数字固定下来，附指纹，以后的修改另立一版。以前已经签发的，填写实际的签发日。",
        act=lambda told: actions.sign_duty(actor=actor, report=report, on=told["on"]), done="已签发，请登记报送。",
    )  # fmt: skip


def _latest(report: DutyReport) -> DutyVersion:
    latest: DutyVersion | None = report.latest
    if latest is None or report.is_open:
        raise Http404
    return latest


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    actor, duty, report = _report(request, kind, year, agency)
    version = _latest(report)
    left = {key: name for key, name in duty.recipients(report.agency).items() if key not in version.submitted}
    form = DutySubmitForm(
        request.POST or None, recipients=left, initial={"on": clock.today(), "to": list(left)}
    )
    return _step(
        request, report, form, allowed=may_submit_duty(actor, version), title="登记报送", button="登记",
        about="平台不代替公文交换。请在报出以后登记报送给谁、哪一天。",
        act=lambda told: actions.submit_duty(actor=actor, version=version, **told), done="已登记报送。",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    actor, duty, report = _report(request, kind, year, agency)
    version = _latest(report)
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    return _step(
        request, report, form, allowed=may_publish_duty(actor, version), title=f"公布{duty.title}", button="公布",
        about="公布以后任何人都可以在门户看到。已经在政府网站公布的，填写那一天。涉及国家秘密的内容不得写入。",
        act=lambda told: actions.publish_duty(actor=actor, version=version, on=told["on"]), done="已公布。",
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    actor, duty, report = _report(request, kind, year, agency)
    form = CorrectForm(request.POST or None)
    if not duty.public:
        form.fields["reason"].help_text = "理由随更正后的报告一起留存"
    return _step(
        request, report, form, allowed=may_correct_duty(actor, report), title=f"更正{duty.title}", button="启动更正",
        about="已签发的一版保留不动。修改以后重新签发。",
        act=lambda told: actions.begin_duty_correction(actor=actor, report=report, reason=told["reason"]),
        done="已启动更正，可以修改后重新签发。",
    )  # fmt: skip


@login_required
@require_POST
def press(request: HttpRequest, kind: str, year: int, agency: str) -> HttpResponse:
    actor, _, report = _report(request, kind, year, agency)
    try:
        actions.remind_duty(actor=actor, report=report)
    except Refusal as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, f"已催报{report.agency.short_name}。")
    return redirect(f"/reports/duties?kind={kind}&year={year}")


@login_required
@require_safe
def version_file(
    request: HttpRequest, kind: str, year: int, agency: str, number: int, form: str
) -> HttpResponse | FileResponse:
    _, _, report = _report(request, kind, year, agency)
    return duty_file(next((v for v in report.versions.all() if v.number == number), None), form)


def duty_file(version: DutyVersion | None, form: str) -> HttpResponse | FileResponse:
    """A version as PDF (kept at signing) or Word (made from the frozen content)."""
    if version is None or form not in {"pdf", "docx"}:
        raise Http404
    content = version.content
    name = f"{content['agency_name']}{content['year']}年{content['title']}-第{version.number}版.{form}"
    if form == "pdf":
        return FileResponse(open_kept(version.pdf_sha256), content_type=TYPES["pdf"], filename=name)
    sheet = duty_sheet(
        content,
        number=version.number,
        reason=version.reason,
        signed=version.signed_label,
        on=version.signed_on,
    )
    return as_file(word(sheet), name)

"""One task, one unit's tasks; reporting, confirming, files, and who is responsible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible

from .. import actions
from ..forms import PeopleForm, ReportForm, ReviewForm
from ..models import Deliverable, Programme, Progress, Rectification, Responsible, SelfCheck, Share
from ..policies import may_act_for, may_lead, may_report, may_review, reach_of
from ..reading import Board, TaskLine, board_of
from ..scoring import unit_tasks
from ..standing import ORDER, tag_of
from ..tallies import Tallied, missing_in_words, tallied
from .asking import day_asked, kept_file, programme_for, small_form

#: A unit that has reported done, confirmed or not.
CLAIMED = ("done", "waiting")


def line_for(board: Board, code: str) -> TaskLine:
    found = board.line(code)
    if found is None:
        raise Http404
    return found


def links_of(line: TaskLine) -> list[tuple[str, str]]:
    """Where the platform itself delivers the task; a page that is not there is left out."""
    found = []
    for page, words in line.term.links:
        try:
            found.append((reverse(page), words))
        except NoReverseMatch:
            continue
    return found


@login_required
@require_safe
def task(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Everything about one task: what body and annex say, who does it, each unit's reports and files, its history."""
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor, on=day_asked(request, programme))
    line = line_for(board, code)
    counted = tallied(programme, line.term, actor, board.day)
    related = [found for other in line.term.refs if (found := board.line(other))]
    context = {
        "programme": programme,
        "board": board,
        "line": line,
        "tag": board.tag(line),
        "related": [(each, board.tag(each)) for each in related],
        "before": [(each, board.tag(each)) for c in line.term.after if (each := board.line(c))],
        "behind": [(each, board.tag(each)) for each in board.lines if code in each.term.after],
        "conflicts": [
            (c, board.settlements.get(c["code"])) for c in programme.conflicts if code in c["about"]
        ],
        "links": links_of(line),
        "tallies": counted,
        "units": [
            _unit_row(actor, board, line, unit, counted)
            for unit in sorted(line.units, key=lambda u: (u.state in {"done", "none"}, ORDER.index(u.state)))
        ],
        "terms": list(line.task.terms.all()) if line.task.terms.count() > 1 else [],
        "checks": list(programme.acceptance.filter(task=line.task, on__lte=board.day))
        if may_lead(actor)
        else [],
        "leads": bool(may_lead(actor)),
        "everybody": reach_of(actor) is None,
    }
    return render(request, "programme/task.html", context)


def _unit_row(
    actor: Actor, board: Board, line: TaskLine, unit: Any, counted: Sequence[Tallied]
) -> dict[str, Any]:
    """A unit's part with what the actor may do next: report, or confirm the report that waits."""
    waiting = next(
        (
            row
            for row in unit.rows
            if row.state == Progress.State.DONE and row.reviewed_on is None and may_review(actor, row)
        ),
        None,
    )
    return {
        "unit": unit,
        "person": board.responsible.get(unit.share.agency_id),
        "recorded": [(each.tally, each.of(unit.share.agency_id)) for each in counted],
        "whole": unit.share.agency_id == board.programme.agency_id,
        "missing": missing_in_words(counted, unit.share.agency_id, board.day)
        if unit.state in CLAIMED
        else "",
        "report": bool(may_report(actor, unit.share))
        and not line.term.stage
        and unit.state not in {"done", "waiting"},
        "waiting": waiting,
        "pressing": unit.state in {"late", "returned", "owed", "stuck"},
        "entries": [
            (row, _entry_tag(row), [f for f in unit.files if f.progress_id == row.pk])
            for row in reversed(unit.rows)
        ],
    }


def _entry_tag(row: Progress) -> Any:
    if row.accepted:
        return tag_of("done", "已确认")
    if row.accepted is False:
        return tag_of("returned")
    states = {Progress.State.DONE: "waiting", Progress.State.STUCK: "stuck", Progress.State.DOING: "doing"}
    return tag_of(states[Progress.State(row.state)])


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, key: str, code: str, agency: str) -> HttpResponse:
    """A unit reports how one of its tasks goes."""
    actor, programme = programme_for(request, key)
    share = get_visible(
        Share, actor, task__programme=programme, task__code=code, agency_id=agency, until_on=None
    )
    may_report(actor, share).demand()
    board = board_of(programme, actor, unit=agency)
    line = line_for(board, code)
    unit = next(u for u in line.units if u.share.pk == share.pk)
    rounds = [
        (number, f"第 {number} 次，{stand.due}" if stand.due else "没有写明时限")
        for number, stand in enumerate(unit.rounds, start=1)
        if stand.state not in {"done", "waiting"}
    ] or [(1, "")]
    last = unit.last
    form = ReportForm(
        request.POST or None,
        request.FILES or None,
        rounds=rounds,
        initial={"title": line.term.deliverable[:100]},
    )
    return small_form(
        request,
        form,
        lambda f: actions.report_progress(actor=actor, share=share, **f.cleaned_data),
        programme=programme,
        title=f"报告进展：{code} {line.term.title}",
        about=f"{share.agency.name} · 时限 {'、'.join(str(d) for d in line.term.due) or '没有写明'} · 登记在 {programme.today()}",
        button="报告",
        done="已报告。" if request.POST.get("state") != "done" else "已报告完成，等待区司法局确认。",
        back=reverse("programme-task", kwargs={"key": key, "code": code}),
        context={
            "note_warns": True,
            "note": f"区司法局退回：{last.opinion}，补正期限 {last.redo_by}。"
            if last and last.accepted is False
            else "",
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """区司法局 confirms or returns what a unit reported as done."""
    actor, programme = programme_for(request, key)
    row = get_visible(Progress, actor, pk=pk, share__task__programme=programme)
    may_review(actor, row).demand()
    task_row = row.share.task
    term = task_row.terms.get(until_on=None)
    files = list(Deliverable.objects.visible_to(actor).filter(progress=row))
    counted = tallied(programme, term, actor, programme.today())
    return small_form(
        request,
        ReviewForm(request.POST or None, elements=term.elements),
        lambda f: actions.review_progress(
            actor=actor, progress=row, accept=f.accepted, opinion=f.cleaned_data["opinion"], redo_by=f.cleaned_data["redo_by"],
            elements=f.cleaned_data.get("elements", ()),
        ),
        programme=programme,
        title=f"确认：{task_row.code} {row.agency.short_name}",
        about=f"{term.title} · {row.by_label} {row.on} 报告",
        button="提交",
        done="已处理，单位收到通知。",
        back=reverse("programme-task", kwargs={"key": key, "code": task_row.code}),
        context={
            "quoted": row.text,
            "files": files,
            "note_warns": True,
            "note": missing_in_words(counted, row.agency_id, programme.today()),
        },
    )  # fmt: skip


@login_required
@require_safe
def file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    actor, programme = programme_for(request, key)
    row = get_visible(Deliverable, actor, pk=pk, share__task__programme=programme)
    return kept_file(row.sha256, row.name, row.content_type)


def unit_for(request: HttpRequest, key: str, code: str) -> tuple[Actor, Programme, Agency]:
    """A unit that takes part, for somebody who may read its part."""
    actor, programme = programme_for(request, key)
    shares = Share.objects.visible_to(actor).filter(task__programme=programme, agency_id=code)
    if not shares.exists():
        raise Http404
    return actor, programme, get_object_or_404(Agency, pk=code)


@login_required
@require_safe
def unit(request: HttpRequest, key: str, agency: str) -> HttpResponse:
    """What one unit has to do: late and returned first, then by deadline."""
    actor, programme, row = unit_for(request, key, agency)
    board = board_of(programme, actor, on=day_asked(request, programme), unit=agency)
    mine = sorted(board.of_unit(agency), key=_pressing)
    people = Responsible.objects.visible_to(actor).filter(programme=programme, agency=row)
    context = {
        "programme": programme,
        "board": board,
        "agency": row,
        "rows": [(line, one, bool(may_report(actor, one.share)) and not line.term.stage and one.state not in {"done", "waiting"}) for line, one in mine],
        "done": sum(1 for _, one in mine if one.state == "done"),
        "late": sum(1 for _, one in mine if one.state == "late"),
        "people": list(people.order_by("-since_on", "-pk")),
        "acts": bool(may_act_for(actor, agency)),
        "scores": bool(unit_tasks(programme, agency, board)),
        "self_check": SelfCheck.objects.visible_to(actor).filter(programme=programme, agency=row).last(),
        "rectifications": Rectification.objects.visible_to(actor)
        .filter(Rectification.within(programme), agency=row)
        .select_related("check_row__task", "directive"),
    }  # fmt: skip
    return render(request, "programme/unit.html", context)


def _pressing(pair: tuple[TaskLine, Any]) -> tuple[bool, str, int]:
    line, one = pair
    due = one.worst.due
    return one.state in {"done", "waiting"}, str(due or "9999"), line.task.order


@login_required
@require_http_methods(["GET", "POST"])
def name_people(request: HttpRequest, key: str, agency: str) -> HttpResponse:
    """A unit reports who is responsible."""
    actor, programme, row = unit_for(request, key, agency)
    may_act_for(actor, agency).demand()
    last = (
        Responsible.objects.visible_to(actor).filter(programme=programme, agency=row, until_on=None).first()
    )
    initial = (
        {"department": last.department, "person": last.person, "position": last.position} if last else {}
    )
    return small_form(
        request,
        PeopleForm(request.POST or None, initial=initial),
        lambda f: actions.name_responsible(actor=actor, programme=programme, agency=agency, **f.cleaned_data),
        programme=programme,
        title="报送责任部门和责任人",
        about=f"{row.name} · 名单报区司法局；更换以后原来的责任人保留在历史中",
        button="报送",
        done="已报送区司法局。",
        back=reverse("programme-unit", kwargs={"key": key, "agency": agency}),
    )

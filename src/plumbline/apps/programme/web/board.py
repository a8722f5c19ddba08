"""The page of the district head, the duties of the body, the ledger and the sheet to print."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.components import Figure, Tag
from plumbline.platform.ui.downloads import as_file

from ..gantt import Months, row_of
from ..ledger import ledger
from ..models import Programme, Share
from ..policies import REPORT, may_lead, may_read
from ..reading import Board, TaskLine, board_of
from ..sheet import board_pdf
from ..standing import STATES, tag_of
from .asking import day_asked, programme_for

SHOWN = ("late", "returned", "owed", "near", "done")


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The programmes; where there is one, its page."""
    actor = actor_of(request)
    may_read(actor).demand()
    rows = list(Programme.objects.select_related("agency"))
    if len(rows) == 1 and "all" not in request.GET:
        return redirect("programme", key=rows[0].key)
    return render(request, "programme/index.html", {"rows": rows, "leads": bool(may_lead(actor))})


def phases_of(board: Board) -> list[dict[str, Any]]:
    """The phases of the notice; of two at a time, the one that began first is past when its end has come."""
    told = []
    for phase in board.programme.phases:
        state = "done" if phase["to_on"] < board.day.isoformat() else ""
        if phase["from_on"] <= board.day.isoformat() <= phase["to_on"]:
            state = "now"
        first, last = int(phase["from_on"][5:7]), int(phase["to_on"][5:7])
        said = f"{first} 月" if first == last else f"{first} 月至 {last} 月"
        said += "".join(f" · {int(day[5:7])} 月{name}" for name, day in phase.get("milestones", ()))
        told.append({**phase, "state": state, "months": said})
    return told


def figures_of(board: Board, here: str = "") -> list[Figure]:
    counts = Counter(line.state for line in board.annex)
    week = board.this_week
    done = sum(1 for _, is_done in week if is_done)
    on = f"&on={board.day}" if board.day != board.programme.today() else ""
    found = [Figure("本周应完成", str(len(week)), f"{here}?state=week{on}", f"项，已成 {done}")]
    for state in SHOWN:
        word, colour, shape = STATES[state]
        number = counts[state]
        unit = f"/ {sum(not line.elsewhere for line in board.annex)}" if state == "done" else "项"
        told = {"red": "red", "amb": "amb"}.get(colour, "") if number else ""
        found.append(Figure(f"{shape} {word}", str(number), f"{here}?state={state}{on}", unit, told))
    return found


def sections(board: Board, lines: list[TaskLine]) -> list[tuple[str, list[Any]]]:
    """Lines by section, each with its drawing and who answers for its first unit."""
    months = Months.of(board.programme)
    found: dict[str, list[Any]] = {}
    for line in lines:
        lead = next((u for u in line.units if u.share.lead), line.units[0] if line.units else None)
        person = board.responsible.get(lead.share.agency_id) if lead else None
        named = (
            person.person if person and len(line.units) < 4 else "各单位" if len(line.units) > 3 else "未报"
        )
        named = "—" if line.elsewhere else named
        found.setdefault(line.term.section, []).append((line, row_of(board, months, line), named))
    return list(found.items())


def chosen(board: Board, lines: list[TaskLine], state: str) -> list[TaskLine]:
    if state == "week":
        week = {line.code for line, _ in board.this_week}
        return [line for line in board.lines if line.code in week]
    return [line for line in lines if line.state == state] if state in STATES else lines


@login_required
@require_safe
def overview(request: HttpRequest, key: str) -> HttpResponse:
    """What is done, late, and due this week; every task with its months on one page."""
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor, on=day_asked(request, programme))
    state = request.GET.get("state", "")
    lines = chosen(board, board.annex, state)
    months = Months.of(programme)
    context = {
        "programme": programme,
        "board": board,
        "phases": phases_of(board),
        "figures": figures_of(board),
        "sections": sections(board, lines),
        "shown": len(lines),
        "months": months,
        "today_x": months.percent(board.day),
        "state": STATES[state][0] if state in STATES else "本周应完成" if state == "week" else "",
        "looking_back": board.day != programme.today(),
        "leads": bool(may_lead(actor)),
        "own": own_unit(actor, programme),
        "late": [(line, u) for line in board.lines for u in line.units if u.state == "late"],
        "returned": [(line, u) for line in board.lines for u in line.units if u.state == "returned"],
        "waiting": sum(1 for line in board.lines for u in line.units if u.state == "waiting"),
    }
    return render(request, "programme/overview.html", context)


def own_unit(actor: Any, programme: Programme) -> str:
    """The code of the actor's own unit where it takes part and the actor reports for it."""
    code = str(actor.agency_code)
    shares = Share.objects.unscoped("本单位是否承担任务").filter(task__programme=programme, agency_id=code)
    return code if actor.can(REPORT, code) and shares.exists() else ""


@login_required
@require_safe
def duties(request: HttpRequest, key: str) -> HttpResponse:
    """The duties of the body: those the annex has no row for stand first in their section's order, and are marked."""
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor, on=day_asked(request, programme))
    only = request.GET.get("only", "")
    rows = [line for line in board.body if only != "body" or line.term.body_only]
    told: dict[str, list[tuple[TaskLine, Tag]]] = {}
    for line in rows:
        told.setdefault(line.term.section, []).append((line, board.tag(line)))
    lost = sum(1 for line in board.body if line.term.body_only)
    states = Counter(board.shown_state(line) for line in rows)
    context = {
        "programme": programme,
        "board": board,
        "sections": list(told.items()),
        "number": len(rows),
        "all": len(board.body),
        "lost": lost,
        "only": only,
        "states": [(tag_of(s), states[s]) for s in STATES if states[s]],
    }
    return render(request, "programme/duties.html", context)


@login_required
@require_safe
def ledger_file(request: HttpRequest, key: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor, on=day_asked(request, programme))
    return as_file(ledger(board, actor), f"{programme.title}工作台账-{board.day}.xlsx")


@login_required
@require_safe
def print_file(request: HttpRequest, key: str) -> HttpResponse:
    """The annex on one A3 sheet."""
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor, on=day_asked(request, programme))
    return as_file(board_pdf(board, printed_by=actor.label), f"{programme.title}任务清单-{board.day}.pdf")

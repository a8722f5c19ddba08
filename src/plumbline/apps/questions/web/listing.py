"""The list with its export, and the figures by body."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.downloads import as_file, at_this_moment
from plumbline.platform.workbooks import list_book

from ..figures import HEADINGS as FIGURE_HEADINGS
from ..figures import as_rows, asked_on, figures
from ..models import Question, State
from ..policies import ASKING
from ..queries import PAGE, SIDES, SUMS, Wanted, matching, waiting_for
from .shared import actor_of, state_tag

HEADINGS = (
    "问题", "提问机关", "答复机关", "事项", "领域", "状态", "提问时间", "提问人", "首次答复时间", "已等日数", "本区期限", "期限依据",
    "最近动态", "办结时间",
)  # fmt: skip


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), Wanted.of(request.GET)
    rows = waiting_for(actor) if wanted.given == {"side": "mine"} else matching(actor, wanted)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    visible = Question.objects.visible_to(actor)
    seen = {code for pair in visible.values_list("agency_id", "to_id").distinct() for code in pair}
    context = {
        "wanted": wanted,
        "rows": [(row, state_tag(row), days_waiting(row)) for row in page.object_list],
        "page": page,
        "count": page.paginator.count,
        "query": urlencode(wanted.given),
        "sides": SIDES.items(),
        "waiting": waiting_for(actor).order_by().count(),
        "states": [*SUMS.items(), *State.choices],
        "agencies": Agency.objects.filter(code__in=seen).order_by("code"),
        "may_ask": any(actor.can(each) for each in ASKING),
        "as_of": clock.now(),
    }
    return render(request, "questions/list.html", context)


def days_waiting(row: Question) -> int | None:
    """Calendar days since it was asked, while it waits for its answer; nothing is claimed about lateness."""
    return (clock.today() - asked_on(row)).days if row.state == State.ASKED else None


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """All rows of the filter as a workbook; the first sheet says what was asked for."""
    actor, wanted = actor_of(request), Wanted.of(request.GET)
    book = list_book(
        title="业务咨询",
        headings=HEADINGS,
        rows=(_columns(row) for row in matching(actor, wanted).iterator(chunk_size=300)),
        actor=actor,
        content="业务咨询",
        filtered=wanted.words,
        widths={0: 40},
        fixed_columns=1,
    )
    return as_file(book, at_this_moment("questions", "xlsx"))


def moment(value: datetime | None) -> str:
    return f"{value.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if value else ""


def _columns(row: Question) -> tuple[str, ...]:
    waiting = days_waiting(row)
    return (
        row.title,
        row.agency.name,
        row.to.name,
        row.item_code,
        row.domain_zh,
        row.get_state_display(),
        moment(row.asked_at),
        row.asked_label,
        moment(row.answered_at),
        "" if waiting is None else str(waiting),
        row.due_on.isoformat() if row.due_on else "",
        row.due_source,
        moment(row.moved_at),
        moment(row.ended_at),
    )


def _year(request: HttpRequest) -> str:
    return Wanted.of(request.GET).year


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    actor, year = actor_of(request), _year(request)
    visible = Question.objects.visible_to(actor)
    years = sorted({moment.astimezone(clock.CHINA).year for moment in visible.datetimes("asked_at", "year")})
    context = {"told": figures(actor, year), "year": year, "years": years[::-1], "as_of": clock.now()}
    return render(request, "questions/figures.html", context)


@login_required
@require_GET
def board_export(request: HttpRequest) -> HttpResponse:
    """The figures as a workbook."""
    actor, year = actor_of(request), _year(request)
    rows: Iterator[tuple[str, ...]] = as_rows(figures(actor, year))
    book = list_book(
        title="业务咨询统计",
        headings=FIGURE_HEADINGS,
        rows=rows,
        actor=actor,
        content="业务咨询：按答复机关、按提问机关的件数；日数是日历日",
        filtered=f"{year} 年提出的" if year else "本人可以查看的全部咨询",
        widths={0: 30},
    )
    return as_file(book, at_this_moment("question-figures", "xlsx"))

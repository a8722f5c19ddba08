"""The board, the list with its export, the matrix, the parameters."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.packs.transfer.coordination import PARAMETERS
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file, at_this_moment
from plumbline.platform.workbooks import list_book

from ..actions import end_parameter, set_parameter
from ..clocks import parameters
from ..figures import HEADINGS as MATRIX_HEADINGS
from ..figures import as_rows, figures
from ..forms import EndParameterForm, ParameterForm
from ..models import Coordination, Kind, Parameter, State
from ..policies import HANDLE, READING, may_set_parameter
from ..queries import PAGE, SUMS, Wanted, board, columns_of, matching, supervises
from .shared import HOME, form_page, state_tag

HEADINGS = (
    "文号", "类别", "事由", "发出机关", "收到机关", "第几次移送", "状态", "发出时间", "期限", "期限依据", "最近动态",
    "最近动态时间", "办结时间", "移送清单件数", "清单指纹",
)  # fmt: skip


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), Wanted.of(request.GET)
    columns = [
        {
            "column": each,
            "rows": [(row, state_tag(row)) for row in each.rows],
            "url": "/transfers/all?" + urlencode({**wanted.given, "column": each.key}),
        }
        for each in board(actor, wanted)
    ]
    context = {
        "columns": columns,
        "wanted": wanted,
        "kinds": Kind.choices,
        "may_send": bool(actor.can(HANDLE)),
        "supervises": supervises(actor),
        "late": matching(actor, Wanted(state="late")).order_by().count(),
        "as_of": clock.now(),
    }
    return render(request, "coordination/board.html", context)


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), Wanted.of(request.GET)
    page = Paginator(matching(actor, wanted), PAGE).get_page(request.GET.get("page"))
    visible = Coordination.objects.visible_to(actor)
    seen = {code for pair in visible.values_list("agency_id", "to_id").distinct() for code in pair}
    query = urlencode(wanted.given)
    context = {
        "wanted": wanted,
        "rows": [(row, state_tag(row)) for row in page.object_list],
        "page": page,
        "count": page.paginator.count,
        "query": query,
        "more": f"{query}&" if query else "",
        "kinds": Kind.choices,
        "columns": columns_of(actor).items(),
        "states": [*SUMS.items(), *State.choices],
        "agencies": Agency.objects.filter(code__in=seen).order_by("code"),
        "as_of": clock.now(),
    }
    return render(request, "coordination/list.html", context)


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """All rows of the filter as a workbook; the first sheet says what was asked for."""
    actor, wanted = actor_of(request), Wanted.of(request.GET)
    rows = matching(actor, wanted).defer("competence", "searched")
    book = list_book(
        title="移送协作",
        headings=HEADINGS,
        rows=(_columns(row) for row in rows.iterator(chunk_size=300)),
        actor=actor,
        content="移送协作",
        filtered=wanted.words,
        fixed_columns=1,
    )
    return as_file(book, at_this_moment("transfers", "xlsx"))


def _columns(row: Coordination) -> tuple[str, ...]:
    def moment(value: datetime | None) -> str:
        return f"{value.astimezone(clock.CHINA):%Y-%m-%d %H:%M}" if value else ""

    return (
        row.number,
        row.get_kind_display(),
        row.title,
        row.agency.name,
        row.to.name,
        str(row.hop) if row.hop else "",
        state_tag(row).word,
        moment(row.sent_at),
        row.due_on.isoformat() if row.due_on else "",
        row.due_source,
        row.moved_what,
        moment(row.moved_at),
        moment(row.ended_at),
        str(len(row.package)) if row.package_hash else "",
        row.package_hash,
    )


@login_required
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.reach(*READING) == frozenset():
        raise Http404
    told = figures(actor)
    context = {
        "told": told,
        "disputes": [(row, state_tag(row)) for row in told.disputes],
        "as_of": clock.now(),
    }
    return render(request, "coordination/matrix.html", context)


@login_required
@require_GET
def matrix_export(request: HttpRequest) -> HttpResponse:
    """The figures of the matrix as a workbook."""
    actor = actor_of(request)
    if actor.reach(*READING) == frozenset():
        raise Http404
    book = list_book(
        title="移送矩阵",
        headings=MATRIX_HEADINGS,
        rows=as_rows(figures(actor)),
        actor=actor,
        content="移送矩阵：件数，和自发出到接收或者退回的中位日数",
        filtered="本人可以查看的全部移送",
        widths={1: 40},
    )
    return as_file(book, at_this_moment("transfer-matrix", "xlsx"))


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The parameters as they stand; 区司法局 sets them here, everybody else reads them."""
    actor, today = actor_of(request), clock.today()
    if actor.reach(*READING) == frozenset():
        raise Http404
    form = ParameterForm(request.POST or None)
    may = bool(may_set_parameter(actor))
    if request.method == "POST" and not may:
        raise Http404
    return form_page(
        request,
        form=form,
        act=lambda: set_parameter(actor=actor, **form.cleaned_data),
        title="移送协作的期限和参数",
        button="设定",
        back="/transfers",
        done="已设定。已经发出的仍按原来的期限。",
        crumbs=[HOME],
        then=lambda _: "/transfers/settings",
        template_values=parameters(today).values(),
        history=[
            (PARAMETERS[row.key].label, row, row.valid_from > today) for row in Parameter.objects.all()[:100]
        ],
        may=may,
    )


@login_required
@require_http_methods(["GET", "POST"])
def end_setting(request: HttpRequest) -> HttpResponse:
    """End a parameter from a day on, or take one back that has not begun."""
    actor = actor_of(request)
    if not may_set_parameter(actor):
        raise Http404
    asked = {name: request.GET[name] for name in ("key", "valid_from") if name in request.GET}
    form = EndParameterForm(request.POST or None, initial=asked)
    return form_page(
        request,
        form=form,
        act=lambda: end_parameter(actor=actor, **form.cleaned_data),
        title="停用参数",
        button="停用",
        back="/transfers/settings",
        done="已停用。停用以后发出的不再按它计算，已经发出的不变。",
        crumbs=[HOME, ("期限和参数", "/transfers/settings")],
        then=lambda _: "/transfers/settings",
        note="停用后回到没有设定：法律没有规定期限的，不再计算期限；移送次数回到平台约定的数。历次设定和停用都保留。",
    )

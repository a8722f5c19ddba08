"""The case list and its export."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.running import start
from plumbline.platform.ui.acting import actor_of
from plumbline.platform.ui.downloads import as_file, at_this_moment

from ..exports import DIRECT_ROWS, workbook_of
from ..models import Origin, Stage
from ..people import names_of
from ..policies import READING
from ..queries import DUE, PROCEDURE_LABELS, CaseFilter, case_page, cases_matching, officers_of


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    wanted = CaseFilter.of(request.GET)
    page = case_page(actor, wanted, request.GET.get("after", ""))
    officers = officers_of(page.rows)
    names = names_of({number for numbers in officers.values() for number in numbers})
    reach = actor.reach(*READING)
    agencies = Agency.objects.filter(enforces=True) if reach is None else Agency.objects.filter(pk__in=reach)
    query = {name: value for name, value in vars(wanted).items() if value}
    context = {
        "wanted": wanted,
        "rows": [
            {
                "case": case,
                "officers": [names.get(n, n) for n in officers.get(case.pk, [])][:3],
            }
            for case in page.rows
        ],
        "count": page.count,
        "next": urlencode({**query, "after": page.next_cursor}) if page.next_cursor else "",
        "query": urlencode(query),
        "later": bool(request.GET.get("after")),
        "agencies": list(agencies.values("code", "short_name")) if reach is None or len(reach) > 1 else [],
        "stages": [("open", "在办"), *Stage.choices],
        "dues": DUE.items(),
        "origins": Origin.choices,
        "procedures": PROCEDURE_LABELS.items(),
        "as_of": clock.now(),
        "may_open": actor.can("cases.handle"),
    }
    template = (
        "cases/list_rows.html" if request.headers.get("HX-Target") == "case-rows" else "cases/list.html"
    )
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The current result as XLSX, all rows; a long one becomes a background job."""
    actor = actor_of(request)
    wanted = CaseFilter.of(request.GET)
    number = cases_matching(actor, wanted).order_by()[: DIRECT_ROWS + 1].count()
    if number > DIRECT_ROWS:
        queued = start(
            "cases.export",
            actor=actor,
            title=f"导出案件（{wanted.words}）",
            arguments={"person_id": actor.person_id, "filter": vars(wanted)},
        )
        messages.info(request, f"结果超过 {DIRECT_ROWS:,} 行，已转后台导出，完成后在此页下载。")
        return redirect("job", pk=queued.pk)
    content = workbook_of(actor, wanted)
    return as_file(content, at_this_moment("cases", "xlsx"))


@login_required
@require_GET
def export_file(request: HttpRequest, pk: str) -> HttpResponseBase:
    """The file of a finished export job of one's own."""
    from django.http import FileResponse, Http404

    from plumbline.platform.files.store import open_kept
    from plumbline.platform.jobs.models import Job

    found = Job.objects.filter(pk=pk, kind="cases.export", started_by_id=request.user.pk).first()
    if found is None or not found.result.get("sha256"):
        raise Http404
    return FileResponse(open_kept(found.result["sha256"]), as_attachment=True, filename="cases.xlsx")

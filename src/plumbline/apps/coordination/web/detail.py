"""One request: what was handed over, on what footing, receipts, what was said; and each verb on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import case_rows
from plumbline.apps.paperwork.contract import Document, is_unaltered, printed_pdf, verification_code
from plumbline.packs.transfer.coordination import (
    METHODS,
    REFUSAL_GROUNDS,
    RETURN_GROUNDS,
    TRANSFER_GROUNDS,
    ground_of,
)
from plumbline.platform import clock
from plumbline.platform.files.store import open_kept
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.acting import actor_of

from ..clocks import clocks_of, field_of, hop_limit
from ..filing_days import filing_days
from ..models import Coordination, Kind, Lateness, State
from ..packages import hash_of, package_hash
from ..policies import is_party
from ..verbs import VERBS, form_for, offered
from .shared import HOME, form_page, row_of, state_tag

_STAGES = {
    State.SENT: {"transfer": "transfer", "dispatch": "dispatch"},
    State.CONSULTING: {"transfer": "transfer"},
    State.NEGOTIATING: {"dispute": "negotiating"},
    State.APPLIED: {"dispute": "applied"},
    State.CONFIRMING: {"dispute": "confirming"},
}


@login_required
@require_GET
def show(request: HttpRequest, matter_id: str) -> HttpResponse:
    actor, row = actor_of(request), row_of(request, matter_id)
    stage = _STAGES.get(State(row.state), {}).get(row.kind, "")
    cases = {
        case.matter_id: case
        for case in case_rows(actor).filter(matter_id__in=[m for m in (row.about, row.result_matter) if m])
    }
    papers = papers_of(row)
    verbs = [(verb, verb.label_for(row)) for verb in offered(actor, row)]
    context = {
        "row": row,
        "tag": state_tag(row),
        "lead": [each for each in verbs if each[0].main],
        "verbs": [each for each in verbs if not each[0].main],
        "off": [each for each in clocks_of(stage, field_of(row), row.sent_at.date()) if each.off]
        if stage
        else [],
        "moves": list(row.moves.all()),
        "names": _names(row),
        "receipts": _receipts(request, row, papers),
        "papers": papers,
        "sealed": row.package_hash and package_hash(row.package) == row.package_hash,
        "case": cases.get(row.about),
        "result": cases.get(row.result_matter),
        "ground": ground_of(row.ground, TRANSFER_GROUNDS),
        "reason": ground_of(row.reason, RETURN_GROUNDS) or ground_of(row.reason, REFUSAL_GROUNDS),
        "chain": _chain(actor, row),
        "siblings": list(_siblings(actor, row)),
        "dispute": _dispute(row),
        "may_dispute": row.kind == Kind.TRANSFER
        and row.state == State.RETURNED
        and bool(is_party(actor, row)),
        "disputes": _disputes(actor, row),
        "filing": filing_days(actor, row),
        "lates": _lates(row),
        "limit": hop_limit(clock.today()) if row.kind == Kind.TRANSFER else 0,
    }
    return render(request, "coordination/detail.html", context)


def papers_of(row: Coordination) -> list[Document]:
    """The signed papers of a row: they belong to whoever signed them and are addressed to the other parties as well."""
    with whole_district():
        papers = Document.objects.unscoped("各方都能看到往来文书").filter(matter_id=row.matter_id)
        return list(papers.exclude(state="draft").order_by("pk"))


def _names(row: Coordination) -> dict[str, str]:
    codes = {*row.parties, row.to_id, *(move.agency_code for move in row.moves.all())}
    return dict(Agency.objects.filter(code__in=codes).values_list("code", "short_name"))


def _receipts(request: HttpRequest, row: Coordination, papers: list[Document]) -> list[dict[str, Any]]:
    """Each side's receipt with its paper, its code to scan, and whether it still is what was signed."""
    by_code = {paper.code: paper for paper in papers}
    found = []
    for each in row.receipts.select_related("agency"):
        paper = by_code.get(each.document_code)
        found.append(
            {
                "receipt": each,
                "paper": paper,
                "qr": verification_code(request, paper) if paper else "",
                "intact": hash_of(each.content) == each.sha256
                and each.content["package"] == row.package_hash
                and paper is not None
                and is_unaltered(paper),
            }
        )
    return found


def _lates(row: Coordination) -> list[tuple[str, Lateness]]:
    """Terms that were missed; bodies that missed the same one alike stand together."""
    found: dict[tuple[object, ...], tuple[list[str], Lateness]] = {}
    for late in row.latenesses.select_related("agency"):
        names, _ = found.setdefault((late.what, late.due_on, late.source, late.done_on), ([], late))
        names.append(late.agency.short_name)
    return [("、".join(names), late) for names, late in found.values()]


def _chain(actor: Actor, row: Coordination) -> list[tuple[Coordination, Any]]:
    if row.chain_id is None:
        return []
    rows = Coordination.objects.visible_to(actor).filter(chain_id=row.chain_id).select_related("agency", "to")
    return [(each, state_tag(each)) for each in rows.order_by("hop", "pk")]


def _siblings(actor: Actor, row: Coordination) -> list[Coordination]:
    if not row.group:
        return []
    rows = Coordination.objects.visible_to(actor).filter(group=row.group).exclude(pk=row.pk)
    return list(rows.select_related("to").order_by("pk"))


def _disputes(actor: Actor, row: Coordination) -> list[Coordination]:
    if row.kind != Kind.TRANSFER:
        return []
    return list(Coordination.objects.visible_to(actor).filter(dispute__transfer=row).order_by("pk"))


def _dispute(row: Coordination) -> dict[str, Any] | None:
    if row.kind != Kind.DISPUTE:
        return None
    dispute = row.dispute
    return {"row": dispute, "method": METHODS.get(dispute.method, ""), "transfer": dispute.transfer}


@login_required
@require_http_methods(["GET", "POST"])
def do(request: HttpRequest, matter_id: str, verb: str) -> HttpResponse:
    """The page of one verb."""
    actor, row = actor_of(request), row_of(request, matter_id)
    chosen = VERBS.get(verb)
    if chosen is None:
        raise Http404
    form = form_for(chosen, row, *((request.POST, request.FILES) if request.method == "POST" else ()))
    allowed = chosen.may(actor, row)
    label = chosen.label_for(row)
    return form_page(
        request,
        form=form,
        act=lambda: chosen.act(actor=actor, row=row, **form.cleaned_data),
        title=label,
        button=chosen.button,
        back=row.page,
        done=chosen.done,
        crumbs=[HOME, (row.title, row.page)],
        then=lambda _: row.page,
        about=row,
        about_tag=state_tag(row),
        note=chosen.note,
        refused=None if allowed else vars(allowed),
    )


@login_required
@require_GET
def package_file(request: HttpRequest, matter_id: str, number: int) -> HttpResponseBase:
    """A file of the sealed list, by its place in it; what no longer has its hash is not given out."""
    row = row_of(request, matter_id)
    if not 1 <= number <= len(row.package):
        raise Http404
    return given_out(row.package[number - 1])


@login_required
@require_GET
def move_file(request: HttpRequest, matter_id: str, pk: int, number: int) -> HttpResponseBase:
    row = row_of(request, matter_id)
    move = row.moves.filter(pk=pk).first()
    if move is None or not 1 <= number <= len(move.files):
        raise Http404
    return given_out(move.files[number - 1])


def given_out(item: dict[str, Any]) -> HttpResponseBase:
    """A kept file as it came in; one that no longer has its hash is not given out."""
    try:
        source = open_kept(item["sha256"], verify=True)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(source, as_attachment=True, filename=item["name"])
    response["Content-Type"] = item["content_type"]
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@require_GET
def paper(request: HttpRequest, matter_id: str, code: str) -> HttpResponseBase:
    """A signed paper of the row as PDF."""
    row = row_of(request, matter_id)
    found = next((each for each in papers_of(row) if each.code == code), None)
    if found is None:
        raise Http404
    with whole_district():
        content = printed_pdf(found)
    name = f"{found.number or found.title}.pdf"
    answer = FileResponse(iter([content]), as_attachment=False, filename=name, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

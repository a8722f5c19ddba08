"""Writing a transfer, a request, a dispute."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.apps.cases.contract import case_of, case_rows, file_of
from plumbline.apps.powers.contract import item_on
from plumbline.packs.transfer.coordination import REQUESTS
from plumbline.platform import clock
from plumbline.platform.actions import InputFault
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.ui.acting import actor_of

from ..actions import open_dispute, request, send_transfer
from ..actions.asking import ASKED
from ..clocks import clocks_of, hop_limit
from ..forms import DisputeForm, RequestForm, TransferForm
from ..models import UNDER_WAY, Chain, Coordination, Kind, State
from ..packages import competence_on, package_of
from ..policies import HANDLE, is_party, may_transfer
from .shared import HOME, form_page, row_of


def waiting_cases(actor: Actor) -> Any:
    """Own cases whose transfer the head has approved and which are neither sent nor taken."""
    reach = actor.reach(HANDLE)
    sent = Coordination.objects.unscoped("已发出的移送").filter(
        about=OuterRef("matter_id"), kind=Kind.TRANSFER, state__in=[*UNDER_WAY, State.ACCEPTED]
    )
    rows = case_rows(actor).filter(stage="transferred").exclude(Exists(sent))
    return rows if reach is None else rows.filter(agency_id__in=reach)


@login_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which case: those whose transfer is approved, and how one gets there."""
    actor = actor_of(request)
    if not actor.can(HANDLE):
        raise Http404
    return render(request, "coordination/choose.html", {"cases": waiting_cases(actor).order_by("-pk")[:100]})


@login_required
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest) -> HttpResponse:
    """The package as it will be sealed, who is competent today, and the form that sends it."""
    actor = actor_of(request)
    if not request.GET.get("case"):
        return choose(request)
    case = case_of(actor, request.GET["case"])
    if not may_transfer(actor, case):
        raise Http404
    decided = file_of(case).last("case_transferred")
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TransferForm(*given, case=case, initial={"to": decided.data.get("to") if decided else None})
    today = clock.today()
    hops = Chain.objects.filter(holdings__matter_id=case.matter_id, holdings__to_at=None).values_list(
        "hops", flat=True
    )
    hop = (hops.first() or 0) + 1
    return form_page(
        request,
        form=form,
        act=lambda: send_transfer(actor=actor, case=case, **form.cleaned_data),
        title="移送",
        button="签发移送函并发出",
        back="/transfers/new",
        done="移送函已签发，材料已封装发出。对方接收以前，本案仍由本机关负责。",
        crumbs=[HOME],
        then=lambda row: row.page,
        case=case,
        decided=decided,
        package=package_of(case) if request.method == "GET" else [],
        competence=competence_on(case.item_code, case.division_code, today),
        off=[each for each in clocks_of("transfer", case.domain, today) if each.off],
        hop=hop,
        limit=hop_limit(today),
    )


@login_required
@require_http_methods(["GET", "POST"])
def ask(http: HttpRequest, kind: str) -> HttpResponse:
    """A request of one of the four kinds in the name of one's own body."""
    actor = actor_of(http)
    if kind not in ASKED or not actor.can(HANDLE):
        raise Http404
    agency = actor.agency_code
    given = (http.POST, http.FILES) if http.method == "POST" else ()
    form = RequestForm(*given, agency=agency)
    paper = REQUESTS[kind]

    def act() -> Any:
        told = dict(form.cleaned_data)
        item = item_on(told["item"], clock.today()) if told["item"] else None
        about = told.pop("about").strip()
        case = case_rows(actor).filter(number=about).first() if about else None
        if about and case is None:
            raise InputFault({"about": f"没有找到本机关的案件“{about}”。请核对案号，或者不填。"})
        return request(
            actor=actor,
            agency_code=agency,
            kind=kind,
            **(told | {"to": list(told["to"])}),
            domain=item.domain if item else "",
            division_code=Agency.objects.get(code=agency).division_code,
            about=case.matter_id if case else "",
        )

    return form_page(
        http,
        form=form,
        act=act,
        title={
            "dispatch": "派单",
            "opinion": "征询专业意见",
            "joint": "商请联合执法",
            "assistance": "请求协助",
        }[kind],
        button=f"签发{paper.title}",
        back="/transfers",
        done=f"{paper.title}已签发并发出。",
        crumbs=[HOME],
        then=lambda rows: rows[0].page if len(rows) == 1 else "/transfers",
        note=f"依据：{paper.basis}。签发后编号，对方工作台即时收到。",
    )


@login_required
@require_http_methods(["GET", "POST"])
def dispute(request: HttpRequest) -> HttpResponse:
    """A dispute by itself, or about a transfer that was sent back (``?transfer=``)."""
    actor = actor_of(request)
    if not actor.can(HANDLE):
        raise Http404
    back = row_of(request, request.GET["transfer"]) if request.GET.get("transfer") else None
    agency, initial = actor.agency_code, {}
    if back is not None:
        agency = is_party(actor, back)
        if not agency or back.state != State.RETURNED:
            raise Http404
        initial = {
            "others": [code for code in (back.agency_id, back.to_id) if code != agency],
            "title": f"“{back.title}”由谁办理",
            "item": back.item_code,
            "division_code": back.division_code,
        }
    form = DisputeForm(request.POST if request.method == "POST" else None, agency=agency, initial=initial)

    def act() -> Any:
        told = dict(form.cleaned_data)
        item = item_on(told["item"], clock.today())
        return open_dispute(
            actor=actor,
            agency_code=agency,
            transfer=back,
            domain=item.domain if item else "",
            **(told | {"others": list(told["others"])}),
        )

    return form_page(
        request,
        form=form,
        act=act,
        title="提出争议",
        button="提出并开始协商",
        back=back.page if back else "/transfers",
        done="争议已提出，对方已收到。请协商并登记协商记录。",
        crumbs=[HOME],
        then=lambda row: row.page,
        note="先协商；协商不成的报请区司法局协调，各方不能取得一致的，由区人民政府决定（行政处罚法第二十五条、行政执法监督条例第十三条）。"
        "结果自确定之日起作为一行依据，查“谁有管辖权”时使用。",
    )

"""Self-check of the units, acceptance by the city, rectification."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.identity.models import Agency
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import put_faults
from plumbline.platform.ui.components import Figure, Tag

from .. import actions
from ..forms import AcceptanceForm, ProofForm, SelfCheckForm, VerdictForm
from ..models import Rectification, RectificationProof, SelfCheck, Share, Stage
from ..policies import may_fill, may_lead, may_prove, may_read_check, may_verify, reach_of
from ..reading import board_of
from ..scoring import latest_checks, unit_tasks
from .asking import kept_file, programme_for, small_form
from .tasks import line_for, unit_for

CHECK_TAGS = {
    "none": Tag("未报送", "gry"),
    "draft": Tag("填写中", "blu"),
    "sent": Tag("已报送，待审阅", "blu", "◐"),
    "returned": Tag("退回", "amb", "↩"),
    "accepted": Tag("通过", "grn"),
}
FIX_TAGS = {
    "open": Tag("待办", "blu"),
    "late": Tag("逾期未办", "red"),
    "sent": Tag("待核实", "blu", "◐"),
    "returned": Tag("证明退回", "amb", "↩"),
    "done": Tag("已通过", "grn"),
}


def check_state(row: SelfCheck | None) -> str:
    if row is None:
        return "none"
    if row.submitted_on is None:
        return "returned" if row.number > 1 else "draft"
    return "sent" if row.accepted is None else "accepted" if row.accepted else "returned"


def fix_state(row: Rectification, proofs: list[RectificationProof], day: Any) -> str:
    if any(p.accepted for p in proofs):
        return "done"
    if proofs and proofs[-1].accepted is None:
        return "sent"
    if day > row.due_on:
        return "late"
    return "returned" if proofs else "open"


@login_required
@require_safe
def stages(request: HttpRequest, key: str) -> HttpResponse:
    """How far self-check, acceptance, rectification and summary are."""
    actor, programme = programme_for(request, key)
    board = board_of(programme, actor)
    leads, whole = bool(may_lead(actor)), reach_of(actor) is None
    shares = Share.objects.visible_to(actor).filter(task__programme=programme, until_on=None)
    units = Agency.objects.filter(code__in=shares.values("agency_id")).order_by("code")
    latest: dict[str, SelfCheck] = {}
    for row in SelfCheck.objects.visible_to(actor).filter(programme=programme):
        latest[row.agency_id] = row
    scored = {u.share.agency_id for line in board.annex if line.term.points for u in line.units}
    # Where the notice says who checks itself, only those.
    checking = {
        u.share.agency_id for line in board.lines if line.term.stage == Stage.SELF_CHECK for u in line.units
    }
    scored = scored & checking if checking else scored
    checks = [
        (u, latest.get(u.code), CHECK_TAGS[check_state(latest.get(u.code))])
        for u in units
        if u.code in scored
    ]
    found = latest_checks(programme, board.day)
    items = [(line, found.get(line.task.pk)) for line in board.annex if line.term.points]
    fixes = _fixes(actor, programme, board.day)
    score, full = sum(r.score for r in found.values()), sum(r.full for r in found.values())
    sent = sum(1 for _, row, _ in checks if row and row.submitted_on)
    context = {
        "programme": programme,
        "board": board,
        "checks": checks,
        "items": items if whole else [],
        "fixes": fixes,
        "leads": leads,
        "whole": whole,
        "figures": [
            Figure("自查已报送", str(sent), "#self-checks", f"/ {len(checks)} 个单位"),
            Figure("验收得分", str(score), "#acceptance", f"/ {full}（已验收 {len(found)} 项）"),
            Figure("整改已通过", str(sum(1 for *_, state in fixes if state == "done")), "#rectification", f"/ {len(fixes)} 项"),
        ],
        "milestones": [(m, p["name"]) for p in programme.phases for m in p.get("milestones", ())],
    }  # fmt: skip
    return render(request, "programme/stages.html", context)


def _fixes(actor: Any, programme: Any, day: Any) -> list[tuple[Rectification, Tag, str]]:
    rows = (
        Rectification.objects.visible_to(actor)
        .filter(check_row__programme=programme)
        .select_related("agency", "check_row__task")
    )
    proofs: dict[int, list[RectificationProof]] = {}
    for proof in RectificationProof.objects.visible_to(actor).filter(
        rectification__check_row__programme=programme
    ):
        proofs.setdefault(proof.rectification_id, []).append(proof)
    told = [(row, fix_state(row, proofs.get(row.pk, []), day)) for row in rows]
    return [(row, FIX_TAGS[state], state) for row, state in told]


@login_required
@require_http_methods(["GET", "POST"])
def self_check(request: HttpRequest, key: str, agency: str) -> HttpResponse:
    """A unit scores itself, task by task, beside what it has handed in; or what it has sent."""
    actor, programme, unit = unit_for(request, key, agency)
    rows = list(SelfCheck.objects.visible_to(actor).filter(programme=programme, agency=unit))
    row = rows[-1] if rows else SelfCheck(programme=programme, agency=unit)
    board = board_of(programme, actor, unit=agency)
    lines = unit_tasks(programme, agency, board)
    if not lines:
        raise Http404
    fill = may_fill(actor, row)
    if request.method == "POST":
        fill.demand()
    form = SelfCheckForm(
        request.POST or None, lines=lines, answers=row.answers, initial={"summary": row.summary}
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_self_check(
                actor=actor, row=row, answers=form.answers, summary=form.cleaned_data["summary"]
            )
            if "submit" in request.POST:
                actions.submit_self_check(actor=actor, row=kept)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(
                request, "自查已报送区司法局。" if "submit" in request.POST else "已保存，还没有报送。"
            )
            return redirect("programme-self-check", key=key, agency=agency)
    own = {line.code: one for line, one in board.of_unit(agency)}
    context = {
        "programme": programme,
        "agency": unit,
        "row": row,
        "earlier": rows[:-1],
        "tag": CHECK_TAGS[check_state(row if row.pk else None)],
        "form": form,
        "items": [(*fields, own[fields[0].code]) for fields in form.rows()],
        "fill": fill,
        "may_review": bool(row.pk and may_read_check(actor, row)),
        "full": sum(line.term.points for line in lines),
        "sent": row.content.get("items", []),
    }
    return render(request, "programme/self_check.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def self_check_review(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    actor, programme = programme_for(request, key)
    row = get_visible(SelfCheck, actor, pk=pk, programme=programme)
    may_read_check(actor, row).demand()
    return small_form(
        request,
        VerdictForm(request.POST or None),
        lambda f: actions.review_self_check(
            actor=actor, row=row, accept=f.accepted, opinion=f.cleaned_data["opinion"]
        ),
        programme=programme,
        title=f"审阅自查：{row.agency.short_name}",
        about=f"自评 {row.content['score']} / {row.content['full']} 分 · {row.submitted_label} {row.submitted_on} 报送",
        button="提交",
        done="已审阅。",
        back=reverse("programme-stages", kwargs={"key": key}),
        context={"quoted": row.summary},
    )


@login_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """What 市司法局 found on a task is recorded here."""
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    board = board_of(programme, actor)
    line = line_for(board, code)
    if not line.term.points or not line.units:
        raise Http404
    line.task.programme = programme
    files = [(u.share.agency, f) for u in line.units for f in u.files]
    last = latest_checks(programme, board.day).get(line.task.pk)
    return small_form(
        request,
        AcceptanceForm(
            request.POST or None, line=line, initial={"inspectors": last.inspectors if last else ""}
        ),
        lambda f: actions.record_acceptance(actor=actor, task=line.task, **f.cleaned_data),
        programme=programme,
        title=f"登记验收：{code} {line.term.title}",
        about=f"市司法局检查验收 · 现在：{line.tag.word}，{line.said}",
        button="登记",
        done="已登记；扣分的已交负责单位整改。",
        back=reverse("programme-stages", kwargs={"key": key}),
        context={"evidence": files, "last": last},
    )


def demanded(actor: Any, programme: Any, pk: int) -> Rectification:
    """One row of this programme that the actor may see."""
    row = get_visible(Rectification, actor, pk=pk)
    if row.programme != programme:
        raise Http404
    return row


@login_required
@require_safe
def rectification(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One deduction from demand to proof."""
    actor, programme = programme_for(request, key)
    row = demanded(actor, programme, pk)
    proofs = list(RectificationProof.objects.visible_to(actor).filter(rectification=row))
    waiting = next((p for p in proofs if p.verified_on is None), None)
    context = {
        "programme": programme,
        "row": row,
        "tag": FIX_TAGS[fix_state(row, proofs, programme.today())],
        "proofs": [
            (p, FIX_TAGS["done" if p.accepted else "sent" if p.accepted is None else "returned"])
            for p in proofs
        ],
        "prove": bool(may_prove(actor, row)) and waiting is None,
        "waiting": waiting if waiting and may_verify(actor, waiting) else None,
    }
    return render(request, "programme/rectification.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    actor, programme = programme_for(request, key)
    row = demanded(actor, programme, pk)
    may_prove(actor, row).demand()
    return small_form(
        request,
        ProofForm(request.POST or None, request.FILES or None),
        lambda f: actions.prove_rectification(actor=actor, row=row, **f.cleaned_data),
        programme=programme,
        title=f"报送{row.word}证明：{row.source}",
        about=f"{row.demand} · 期限 {row.due_on}",
        button="报送",
        done="已报送，等待区司法局核实。",
        back=reverse("programme-rectification", kwargs={"key": key, "pk": pk}),
        context={"quoted": row.why},
    )


@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    actor, programme = programme_for(request, key)
    proof = get_visible(RectificationProof, actor, pk=pk)
    demanded(actor, programme, proof.rectification_id)
    may_verify(actor, proof).demand()
    row = proof.rectification
    return small_form(
        request,
        VerdictForm(request.POST or None),
        lambda f: actions.verify_rectification(
            actor=actor, proof=proof, accept=f.accepted, opinion=f.cleaned_data["opinion"]
        ),
        programme=programme,
        title=f"核实{row.word}：{row.source} {row.agency.short_name}",
        about=row.demand,
        button="提交",
        done="已核实。",
        back=reverse("programme-rectification", kwargs={"key": key, "pk": row.pk}),
        context={"quoted": proof.text, "proof": proof},
    )


@login_required
@require_safe
def proof_file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    actor, programme = programme_for(request, key)
    row = get_visible(RectificationProof, actor, pk=pk)
    demanded(actor, programme, row.rectification_id)
    return kept_file(row.sha256, row.name, row.content_type)

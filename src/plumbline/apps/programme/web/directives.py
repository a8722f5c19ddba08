"""领导小组和统筹: what was decided and done for the whole programme, and what became of what units were given to do."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import actions
from ..forms import DirectiveForm
from ..models import Directive, Rectification, RectificationProof
from ..policies import may_lead
from .asking import kept_file, programme_for, small_form
from .stages import FIX_TAGS, fix_state


@login_required
@require_safe
def directives(request: HttpRequest, key: str) -> HttpResponse:
    """Everybody who takes part reads what was decided; of what was given to do, a unit sees its own."""
    actor, programme = programme_for(request, key)
    day = programme.today()
    demands: dict[int, list[tuple[Rectification, object]]] = {}
    proofs: dict[int, list[RectificationProof]] = {}
    for proof in RectificationProof.objects.visible_to(actor).filter(
        rectification__directive__programme=programme
    ):
        proofs.setdefault(proof.rectification_id, []).append(proof)
    rows = Rectification.objects.visible_to(actor).filter(directive__programme=programme)
    for row in rows.select_related("agency"):
        tag = FIX_TAGS[fix_state(row, proofs.get(row.pk, []), day)]
        demands.setdefault(row.directive_id or 0, []).append((row, tag))
    kind = request.GET.get("kind", "")
    found = programme.directives.filter(on__lte=day)
    shown = found.filter(kind=kind) if kind in Directive.Kind.values else found
    context = {
        "programme": programme,
        "rows": [(row, demands.get(row.pk, [])) for row in shown],
        "kind": kind,
        "kinds": [
            (value, label, sum(1 for row in found if row.kind == value))
            for value, label in Directive.Kind.choices
        ],
        "total": len(found),
        "leads": bool(may_lead(actor)),
    }
    return render(request, "programme/directives.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def directive_new(request: HttpRequest, key: str) -> HttpResponse:
    actor, programme = programme_for(request, key)
    may_lead(actor).demand()
    return small_form(
        request,
        DirectiveForm(request.POST or None, request.FILES or None, programme=programme),
        lambda f: actions.record_directive(actor=actor, programme=programme, **f.cleaned_data),
        programme=programme,
        title="登记领导小组和统筹事项",
        about="会议、批示、调研、统筹、保障、争取支持和交流；参加方案的单位都能看到，交办的单位收到通知",
        button="登记",
        done="已登记。",
        back=reverse("programme-directives", kwargs={"key": key}),
    )


@login_required
@require_safe
def directive_file(request: HttpRequest, key: str, pk: int) -> FileResponse:
    _, programme = programme_for(request, key)
    row = get_object_or_404(Directive, pk=pk, programme=programme)
    if not row.sha256:
        raise Http404
    return kept_file(row.sha256, row.name, row.content_type)

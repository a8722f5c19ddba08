"""Articles that lists rest on and that have changed: the rows concerned, and the conclusion."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.law_library.contract import article_address
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.scope.querysets import get_visible
from plumbline.platform.ui.acting import actor_of, put_faults

from ..actions import settle_article
from ..forms import OutcomeForm
from ..models import ArticleWatch
from ..policies import may_settle
from ..queries import row_address
from .asking import list_of


@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """Every change that waits, and those settled lately."""
    rows = ArticleWatch.objects.visible_to(actor_of(request)).select_related("agency")
    context = {
        "waiting": [
            (each, list_of(each.register)) for each in rows.filter(settled_at=None).order_by("-noticed_at")
        ],
        "settled": [
            (each, list_of(each.register))
            for each in rows.exclude(settled_at=None).order_by("-settled_at")[:30]
        ],
    }
    return render(request, "registers/articles.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    watch = get_visible(ArticleWatch, actor, pk=pk)
    register = list_of(watch.register)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_article(actor=actor, watch=watch, outcome=form.cleaned_data["outcome"])
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已登记核对结论。")
            return redirect("register-articles")
    context = {
        "watch": watch,
        "register": register,
        "rows": [(key, row_address(register, watch.agency_id, key)) for key in watch.keys],
        "form": form,
        "may": bool(may_settle(actor, watch)),
        "text": article_address(watch.law, watch.article),
    }
    return render(request, "registers/article.html", context)

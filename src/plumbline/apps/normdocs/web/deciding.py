"""Publishing a major policy decision, and the year's catalogue of decisions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.apps.cases.contract import rules_of
from plumbline.platform.ui.acting import actor_of, tried

from ..actions import publish_catalogue, publish_policy
from ..actions.deciding import Announcement, unpublished_items
from ..kinds import POLICY
from ..models import NormDoc
from ..page import NormPage
from ..policies import may_publish_catalogue
from ..policy_forms import PublishCatalogueForm, PublishPolicyForm
from .answering import small_form


def announce(request: HttpRequest, doc: NormDoc) -> HttpResponse:
    """The form beside the text that the public will read; who may see it was asked before."""
    actor = actor_of(request)
    page = NormPage(actor, doc)
    form = PublishPolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = Announcement(**form.cleaned_data)
        if tried(form, lambda: publish_policy(actor=actor, doc=doc, announcement=told)):
            return redirect(doc.page)
    step = page.file.procedure.steps["published"]
    context = {
        "page": page,
        "doc": doc,
        "form": form,
        "button": page.button(step),
        "text": page.file.text,
        "rules": rules_of(step, page.today),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "normdocs/publish.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def open_catalogue(request: HttpRequest, year: int) -> HttpResponse:
    """Publish the year's catalogue, or what was added to it since."""
    actor = actor_of(request)
    items = unpublished_items(year)
    if not may_publish_catalogue(actor) or not items:
        raise Http404
    form = PublishCatalogueForm(request.POST or None)
    page = f"{POLICY.home}/catalogue"
    return small_form(
        request,
        form=form,
        act=lambda: publish_catalogue(actor=actor, year=year, approval=form.cleaned_data["approval"]),
        title=f"公布 {year} 年决策事项目录",
        button="公布",
        back=page,
        done=f"{len(items)} 项已向社会公布。",
        crumbs=[(POLICY.noun, POLICY.home), ("决策事项目录", page)],
        note=f"将公布 {len(items)} 项：{'、'.join(item.title for item in items[:10])}。公布以后调出的仍然列出，并写明理由。",
    )

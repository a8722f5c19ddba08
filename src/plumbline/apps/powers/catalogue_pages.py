"""The district's review catalogue with its conflicts, and the decision on one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.lists import CellFault, Money
from plumbline.platform.ui.acting import actor_of, put_faults
from plumbline.platform.ui.forms import LabelledForm

from .actions import settle_conflict
from .conflicts import Conflict, conflicts, district_catalogue
from .lists import penalty_kinds
from .models import CatalogueConflict
from .policies import may_settle_conflict


class SettleForm(LabelledForm):
    outcome = forms.CharField(
        label="处理意见",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="统一为什么标准，或者为什么可以不同；没有依据的，写明何时补上。",
    )
    fine_from = forms.CharField(
        label="统一的数额（元）",
        required=False,
        help_text="填写后，数额不同的机关会在待办里看到要修改目录；各自不变的空着。",
    )

    def clean_fine_from(self) -> int | None:
        said = str(self.cleaned_data["fine_from"] or "").strip()
        if not said:
            return None
        try:
            return Money().read(said)
        except CellFault as fault:
            raise forms.ValidationError(f"{fault}。") from None


@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """The union of the agencies' catalogues, and what does not go together in it."""
    today = clock.today()
    found = conflicts(today)
    context = {
        "lines": district_catalogue(today),
        "conflicts": found,
        "waiting": sum(each.settled is None for each in found),
        "past": CatalogueConflict.objects.all()[:20],
        "kinds": penalty_kinds(),
        "may": bool(may_settle_conflict(actor_of(request))),
        "today": today,
    }
    return render(request, "powers/catalogue.html", context)


def _one(mark: str) -> Conflict:
    found = next((each for each in conflicts(clock.today()) if each.mark == mark), None)
    if found is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, mark: str) -> HttpResponse:
    """The entries beside each other, and the decision of 区司法局."""
    actor = actor_of(request)
    conflict = _one(mark)
    form = SettleForm(request.POST or None)
    if conflict.kind != "threshold":
        del form.fields["fine_from"]
    if request.method == "POST" and form.is_valid():
        try:
            settle_conflict(actor=actor, mark=mark, **form.cleaned_data)
        except (InputFault, Refusal) as fault:
            put_faults(form, fault)
        else:
            messages.success(request, "已登记处理意见，有关机关会在待办里看到。")
            return redirect("review-catalogue")
    context = {
        "conflict": conflict, "form": form, "may": bool(may_settle_conflict(actor)), "kinds": penalty_kinds(),
    }  # fmt: skip
    return render(request, "powers/conflict.html", context)

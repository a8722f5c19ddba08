"""Several alerts at once: the same question, the same finding, or one letter for all of one agency's."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import ids_in
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.acting import actor_of, put_faults

from .. import actions
from ..forms import AskForm, ReasonForm
from ..models import Alert
from ..queries import by_gravity
from .alerts import alert_lines
from .days import working_days_on

MOST = 50
WAYS = {
    "ask": ("批量要求核实", "发出核实", "每件各发给承办单位一次，分别答复。"),
    "explained": ("批量记为解释属实", "确认解释属实", "同一理由写入每件预警的处置记录。"),
    "false_alarm": ("批量记为误报", "记为误报", "同一理由写入每件预警，分别计入各自规则的误报率。"),
}


@login_required
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest) -> HttpResponse:
    """One form for the picked alerts; either all of them move or none."""
    actor = actor_of(request)
    way = request.GET.get("do", "ask")
    picked = ids_in(request.GET.getlist("pick"))
    rows = Alert.objects.visible_to(actor).filter(pk__in=picked[:MOST]).select_related("agency", "owner")
    found = list(by_gravity(rows))
    if not found:
        messages.warning(request, "没有勾选预警。请在列表左侧勾选，再选择怎么处理。")
        return redirect("alerts")
    if way == "letter":
        return _one_letter(request, found)
    if way not in WAYS:
        raise Http404
    form = _form(request, way)
    if request.method == "POST" and form.is_valid() and _all_moved(actor, found, way, form):
        messages.success(request, f"{len(found)} 件预警已处理。")
        return redirect("alerts")
    heading, button, note = WAYS[way]
    context = {
        "form": form,
        "rows": alert_lines(actor, found),
        "heading": heading,
        "button": button,
        "note": note,
        "left_out": max(len(picked) - MOST, 0),
    }
    return render(request, "supervision/batch.html", context)


def _one_letter(request: HttpRequest, found: list[Alert]) -> HttpResponse:
    """The picked alerts go on to one letter's form; an instrument has one addressee."""
    if len({alert.agency_id for alert in found}) > 1:
        names = "、".join(sorted({alert.agency.short_name for alert in found}))
        messages.warning(request, f"一份督办函只发给一个机关，您勾选了{names}。请分别勾选后制发。")
        return redirect("alerts")
    first, *others = found
    query = urlencode({"also": [each.pk for each in others]}, doseq=True)
    return redirect(f"{reverse('alert-issue', args=[first.pk, 'letter'])}?{query}")


def _form(request: HttpRequest, way: str) -> django_forms.Form:
    if way == "ask":
        initial = {
            "text": "请核实所列情况是否属实，说明原因，并附有关材料。",
            "respond_by": working_days_on(2),
        }
        return AskForm(request.POST or None, initial=initial)
    return ReasonForm(request.POST or None)


def _all_moved(actor: Actor, found: list[Alert], way: str, form: django_forms.Form) -> bool:
    verbs: dict[str, Any] = {
        "ask": actions.ask,
        "explained": actions.accept_explanation,
        "false_alarm": actions.mark_false_alarm,
    }
    at = found[0]
    try:
        with transaction.atomic():
            for at in found:
                verbs[way](actor=actor, alert=at, **form.cleaned_data)
    except InputFault as fault:
        put_faults(form, fault)
        return False
    except Refusal as refusal:
        form.add_error(None, f"预警 {at.pk}：{refusal} 所选各件都没有改动。")
        return False
    return True

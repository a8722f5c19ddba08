"""The security administrator's pages: people, posts, administrators. Each form posts to its own page with ``do``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal
from plumbline.platform.filters import id_in
from plumbline.platform.identity.capabilities import ADMINISTRATOR_POWERS, CAPABILITIES
from plumbline.platform.identity.gate import administrators_only
from plumbline.platform.identity.models import AdministratorAppointment, Person, Post
from plumbline.platform.ui.acting import actor_of, put_faults

from . import accounts, appointing, queries
from .forms import (
    DeputyForm,
    EndForm,
    PersonForm,
    PostChangeForm,
    PostForm,
    PowerForm,
    ReasonForm,
    TenureForm,
)
from .policies import may_change_person

PAGE = 50
security = administrators_only("security")


def _try(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What ``act`` returns; None when it refuses, with its words on the form."""
    try:
        return act()
    except (InputFault, Refusal) as fault:
        put_faults(form, fault)
    return None


def _cut(rows: list[Any]) -> tuple[list[Any], str]:
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


@security
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    text, agency = request.GET.get("q", "").strip()[:60], request.GET.get("agency", "")
    state = request.GET.get("state", "")
    rows = queries.people(text=text, agency=agency, state=state)
    shown, following = _cut(list(rows.filter(pk__gt=id_in(request.GET.get("after", "")))[: PAGE + 1]))
    context = {
        "rows": shown,
        "next": following,
        "total": rows.count(),
        "agencies": queries.agencies_with_posts(),
        "states": queries.STATES.items(),
        "powers": ADMINISTRATOR_POWERS,
    }
    return render(request, "identity/rights/people.html", context)


@security
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: accounts.create_person(actor=actor_of(request), **form.cleaned_data))
        if made:
            person_made, password = made
            return _tell_password(request, person_made, password, "账号已建立")
    return render(request, "identity/rights/person_new.html", {"form": form})


def _tell_password(request: HttpRequest, person: Person, password: str, title: str) -> HttpResponse:
    """Shown in this answer only: it is stored nowhere but as a hash."""
    context = {"person": person, "password": password, "title": title}
    return render(request, "identity/rights/one_time.html", context)


ACCOUNT: dict[str, tuple[Callable[..., Any], str]] = {
    "enable": (accounts.enable_person, "账号已启用。"),
    "authenticator": (
        accounts.reset_authenticator,
        "动态口令已清除，已有的登录已结束。请通知本人登录后重新启用。",
    ),
    "sessions": (accounts.end_sessions, "该账号在各处的登录已结束。"),
}
GRANTS: dict[str, tuple[type[forms.Form], Callable[..., Any], str]] = {
    "disable": (ReasonForm, accounts.disable_person, "账号已停用，已有的登录已结束。"),
    "tenure": (TenureForm, appointing.start_tenure, "任职已登记，下一次操作起生效。"),
    "deputy": (DeputyForm, appointing.appoint_deputy, "代理已登记，按日期生效和失效。"),
    "power": (PowerForm, appointing.appoint_administrator, "管理员已任命，按日期生效。"),
}
ENDINGS: dict[str, tuple[str, str, Callable[..., Any], str]] = {
    "end_tenure": ("tenures", "tenure", appointing.end_tenure, "任职已结束。"),
    "end_deputy": ("deputyships", "deputy", appointing.end_deputy, "代理已结束。"),
    "end_power": ("appointments", "appointment", appointing.end_appointment, "管理员任命已结束。"),
}


@security
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Person, pk=pk)
    actor, do = actor_of(request), request.POST.get("do", "")
    offered = {
        key: kind(request.POST if do == key else None, prefix=key) for key, (kind, _, _) in GRANTS.items()
    }
    ending = EndForm(request.POST if do in ENDINGS else None, prefix="end")
    if do == "password":
        return _tell_password(request, row, accounts.reset_password(actor=actor, person=row), "密码已重置")
    if do in ACCOUNT:
        act, said = ACCOUNT[do]
        act(actor=actor, person=row)
        messages.success(request, said)
        return redirect("rights-person", pk=pk)
    if do in GRANTS and offered[do].is_valid():
        _, act, said = GRANTS[do]
        if _try(offered[do], lambda: act(actor=actor, person=row, **offered[do].cleaned_data)):
            messages.success(request, said)
            return redirect("rights-person", pk=pk)
    if do in ENDINGS and ending.is_valid():
        way, name, act, said = ENDINGS[do]
        number = request.POST.get("row", "")
        subject = get_object_or_404(getattr(row, way), pk=id_in(number))
        if _try(ending, lambda: act(actor=actor, on=ending.cleaned_data["on"], **{name: subject})):
            messages.success(request, said)
            return redirect("rights-person", pk=pk)
    today = clock.today()
    context = {
        "row": row,
        "today": today,
        "now": clock.now(),
        "may": may_change_person(actor, row),
        "forms": offered,
        "opened": do,
        "ending": ending,
        "tenures": row.tenures.select_related("post__agency").order_by("-from_on"),
        "deputies": row.deputyships.select_related("post__agency").order_by("-from_on"),
        "appointments": row.appointments.order_by("-from_on"),
        "powers": ADMINISTRATOR_POWERS,
    }
    return render(request, "identity/rights/person.html", context)


@security
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    text, agency = request.GET.get("q", "").strip()[:60], request.GET.get("agency", "")
    rows = queries.posts(text=text, agency=agency, vacant=request.GET.get("state") == "vacant")
    total = rows.count()
    before, _, number = request.GET.get("after", "").partition("~")
    if at := id_in(number):
        rows = rows.filter(Q(agency_id__gt=before) | Q(agency_id=before, pk__gt=at))
    shown = list(rows[: PAGE + 1])
    following = f"{shown[PAGE - 1].agency_id}~{shown[PAGE - 1].pk}" if len(shown) > PAGE else ""
    shown = shown[:PAGE]
    named = [(row, [CAPABILITIES.get(c, c) for c in row.capabilities]) for row in shown]
    context = {
        "rows": named,
        "next": following,
        "total": total,
        "agencies": queries.agencies_with_posts(),
    }
    return render(request, "identity/rights/posts.html", context)


@security
@require_http_methods(["GET", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    form = PostForm(request.POST or None, initial={"scope": "agency", "role": "officer"})
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: appointing.create_post(actor=actor_of(request), **form.cleaned_data))
        if made:
            messages.success(request, f"岗位“{made}”已设立。接着到人员页安排任职。")
            return redirect("rights-post", pk=made.pk)
    return render(request, "identity/rights/post_new.html", {"form": form})


@security
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Post.objects.select_related("agency"), pk=pk)
    form = PostChangeForm(
        request.POST or None, initial={"capabilities": row.capabilities, "scope": row.scope}
    )
    if request.method == "POST" and form.is_valid():
        if _try(form, lambda: appointing.change_post(actor=actor_of(request), post=row, **form.cleaned_data)):
            messages.success(request, "权能已变更，任职和代理的人下一次操作起生效。")
            return redirect("rights-post", pk=pk)
    context = {
        "row": row,
        "form": form,
        "today": clock.today(),
        "named": [CAPABILITIES.get(c, c) for c in row.capabilities],
        "tenures": row.tenures.select_related("person").order_by("-from_on")[:100],
        "deputies": row.deputies.select_related("person").order_by("-from_on")[:100],
    }
    return render(request, "identity/rights/post.html", context)


@security
@require_GET
def administrators(request: HttpRequest) -> HttpResponse:
    rows = AdministratorAppointment.objects.select_related("person").order_by("-from_on", "-pk")[:200]
    held = {row.power for row in rows if row.from_on <= clock.today() <= (row.to_on or clock.today())}
    context = {
        "rows": rows,
        "today": clock.today(),
        "powers": ADMINISTRATOR_POWERS,
        "missing": [name for power, name in ADMINISTRATOR_POWERS.items() if power not in held],
    }
    return render(request, "identity/rights/administrators.html", context)

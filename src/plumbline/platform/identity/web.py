"""Log-in with lock-out and one-time code, log-out, and the page about oneself."""

from __future__ import annotations

from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from plumbline.platform import clock
from plumbline.platform.events.access import keep_access
from plumbline.platform.events.models import AccessKind
from plumbline.platform.ui.acting import actor_of

from . import totp
from .actor import ANONYMOUS, Actor
from .capabilities import CAPABILITIES
from .forms import CodeForm, LoginForm, NewPasswordForm
from .models import Person

PENDING = "login_pending"
CODE_TRIES = 5


@never_cache
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """First factor. A person with an authenticator goes on to ``log_in_code``."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = authenticate(
            request, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
        )
        if isinstance(person, Person) and person.one_time_until and person.one_time_until < clock.now():
            _keep(request, person, AccessKind.LOG_IN_FAILED, "一次性密码已过期")
            form.add_error(None, "一次性密码已过期。请联系安全管理员重置。")
            return _log_in_page(request, form)
        if isinstance(person, Person):
            request.session[PENDING] = {"person": person.pk, "tries": 0, "next": _next(request)}
            if person.totp_secret:
                return redirect("log-in-code")
            return _enter(request, person)
        _keep_failure(request, form.cleaned_data["username"])
        form.add_error(None, "登录名或密码不对。连续 5 次不对，将锁定 15 分钟；忘记密码请联系安全管理员。")
    return _log_in_page(request, form)


def _log_in_page(request: HttpRequest, form: LoginForm) -> HttpResponse:
    context = {"form": form, "next": _next(request), "demo": settings.PLUMBLINE_DEMO}
    return render(request, "identity/log_in.html", context)


def _keep(request: HttpRequest, person: Person, kind: AccessKind, what: str = "") -> None:
    """Leave a record of a log-in or log-out with the address it came from."""
    source = f"来自 {request.META.get('REMOTE_ADDR', '')}"
    keep_access(
        actor=Actor.of(person, on=clock.today()),
        kind=kind,
        action=f"identity.{kind}",
        subject=person,
        reason=f"{what}；{source}" if what else source,
    )


def _keep_failure(request: HttpRequest, name: str) -> None:
    """A wrong password for an account there is; an unknown name may be a password in the wrong field and is not kept."""
    person = Person.objects.filter(login_name=name).first()
    if person is not None:
        _keep(request, person, AccessKind.LOG_IN_FAILED, "账号已停用" if not person.is_active else "密码不对")
    else:
        keep_access(
            actor=ANONYMOUS, kind=AccessKind.LOG_IN_FAILED, action="identity.login_failed", subject="",
            reason=f"没有这个登录名；来自 {request.META.get('REMOTE_ADDR', '')}",
        )  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def log_in_code(request: HttpRequest) -> HttpResponse:
    """Second factor. Five wrong codes send the person back to the first."""
    pending = request.session.get(PENDING)
    person = Person.objects.filter(pk=pending["person"], is_active=True).first() if pending else None
    if pending is None or person is None:
        return redirect("log-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if totp.accept(person, form.cleaned_data["code"]):
            return _enter(request, person)
        _keep(request, person, AccessKind.LOG_IN_FAILED, "动态口令不对")
        pending["tries"] += 1
        if pending["tries"] >= CODE_TRIES:
            del request.session[PENDING]
            messages.error(request, "动态口令连续 5 次不对，请重新输入密码。")
            return redirect("log-in")
        request.session[PENDING] = pending
        form.add_error("code", "动态口令不对或已用过。请等验证器显示下一个数字再输入，并核对手机时间。")
    return render(request, "identity/log_in_code.html", {"form": form})


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    target = (request.session.get(PENDING) or {}).get("next") or settings.LOGIN_REDIRECT_URL
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session.pop(PENDING, None)
    _keep(request, person, AccessKind.LOG_IN)
    return redirect(target)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else ""


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        _keep(request, request.user, AccessKind.LOG_OUT)
    logout(request)
    messages.success(request, "您已退出。公用电脑请同时关闭浏览器。")
    return redirect("log-in")


def locked_out(request: HttpRequest, credentials: object = None, *_: object, **__: object) -> HttpResponse:
    """Shown by the lock-out: five wrong passwords for one account from one source."""
    return render(request, "identity/locked_out.html", status=429)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here: posts, capabilities, deputies, certificate; password and authenticator."""
    person = cast(Person, request.user)
    tenures = person.tenures.select_related("post__agency").order_by("-from_on")
    rows = [
        {"tenure": each, "powers": [CAPABILITIES[c] for c in each.post.capabilities if c in CAPABILITIES]}
        for each in tenures
    ]
    return render(request, "identity/me.html", {"person": person, "rows": rows, "today": clock.today()})


@login_required
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(cast(Person, request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        Person.objects.filter(pk=person.pk).update(one_time_until=None)
        update_session_auth_hash(request, person)
        keep_access(
            actor=actor_of(request),
            kind=AccessKind.READ,
            action="identity.password_changed",
            subject=person,
        )
        messages.success(request, "密码已修改。")
        return redirect("me")
    return render(request, "identity/change_password.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: scan, type one code, done. The secret is stored only after a right code."""
    person = cast(Person, request.user)
    secret = request.session.setdefault("totp_offer", totp.new_secret())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offered = Person(pk=person.pk, totp_secret=secret)
        if totp.accept(offered, form.cleaned_data["code"]):
            Person.objects.filter(pk=person.pk).update(totp_secret=secret)
            del request.session["totp_offer"]
            keep_access(
                actor=actor_of(request),
                kind="read",
                action="identity.authenticator_set",
                subject=person,
            )
            messages.success(request, "已启用动态口令。下次登录时使用。")
            return redirect("me")
        form.add_error("code", "口令不对。请核对手机时间后输入最新的 6 位数字。")
    code_uri = segno.make(totp.provisioning_uri(person, secret)).svg_data_uri(scale=5, border=2)
    return render(
        request, "identity/authenticator.html", {"form": form, "secret": secret, "picture": code_uri}
    )

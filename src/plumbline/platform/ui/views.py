"""Error pages, the components page, and large type without script."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from plumbline.platform.ui.acting import actor_of

from .context import KEYS, LARGE_TYPE
from .errors import new_reference
from .navigation import every_link


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", {"reference": new_reference()}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    why = "页面停留太久或浏览器没有保存登录信息，这次提交没有写入任何内容。请返回上一页刷新后重新提交。"
    return render(request, "403.html", {"reason": why}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without context processors: it has to work when the database does not."""
    reference = getattr(request, "error_reference", None) or new_reference()
    return HttpResponse(get_template("500.html").render({"reference": reference}), status=500)


@login_required
@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Everything this person's posts open: what the rail and the phone's bar have no room for."""
    return render(request, "ui/menu.html", {"links": every_link(actor_of(request))})


def components(request: HttpRequest) -> HttpResponse:
    from .samples import samples

    return render(request, "ui/components.html", {"samples": samples()})


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Switch the root size between 100 % and 150 % by a cookie."""
    return _kept(request, LARGE_TYPE, "0" if request.COOKIES.get(LARGE_TYPE) == "1" else "1")


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Switch the single-letter keys off or on by a cookie; they are on at first (WCAG 2.1.4)."""
    return _kept(request, KEYS, "1" if request.COOKIES.get(KEYS) == "0" else "0")


def _kept(request: HttpRequest, name: str, value: str) -> HttpResponse:
    """Back to the page one came from, with a choice kept in this browser for a year."""
    target = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    response.set_cookie(
        name, value, max_age=31_536_000, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response

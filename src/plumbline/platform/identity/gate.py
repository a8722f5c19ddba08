"""The door of an administrator's pages: open to one of the three powers, and every other try is kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from plumbline.platform.actions import Refusal
from plumbline.platform.events.access import keep_access

from .capabilities import ADMINISTRATOR_POWERS

View = Callable[..., HttpResponse]


def administrators_only(power: str) -> Callable[[View], View]:
    """Let only holders of ``power`` in today. The pages hold rights and traces: no browser keeps them."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = request.actor  # type: ignore[attr-defined]
            if actor.administrator != power:
                name = ADMINISTRATOR_POWERS[power]
                keep_access(
                    actor=actor,
                    kind="refused",
                    action=f"open.{view.__name__}",
                    subject="",
                    reason=f"不是{name}",
                )
                raise Refusal(
                    f"只有{name}可以打开这一页",
                    basis="网络安全等级保护基本要求（GB/T 22239-2019）8.1.5",
                    next_step="系统、安全、审计管理员的权力互斥，各看各的页面。",
                )
            return view(request, *args, **kwargs)

        return never_cache(login_required(opened))

    return declare

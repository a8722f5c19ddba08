"""Limits by network, counted in the database: they hold across processes and survive a restart.

A window begins with the first request and is over after ``seconds``; one statement counts and tells. Instead of picture
puzzles a reader who is too fast is told how long to wait.
"""

from __future__ import annotations

import functools
import ipaddress
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from plumbline.platform import clock

from .models import RateCount

_COUNT = """
INSERT INTO rate_counts AS kept (key, began_at, count) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    began_at = CASE WHEN kept.began_at <= %(over)s THEN excluded.began_at ELSE kept.began_at END,
    count = CASE WHEN kept.began_at <= %(over)s THEN 1 ELSE kept.count + 1 END
RETURNING began_at, count
"""
_LONGEST = timedelta(days=2)  # rows of windows that are over for longer are of no use
_TIDY_EVERY = 256  # first requests of a window between two clearings


@dataclass(frozen=True)
class Lane:
    """What is counted together: at most ``limit`` requests of a network in ``seconds``."""

    name: str
    limit: int
    seconds: int = 60


def network_of(request: HttpRequest) -> str:
    """An IPv4 address, or the /64 that one subscriber holds in IPv6; the proxy's word was weighed before (``wsgi``)."""
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return told
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        return str(inner) if inner else str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def seconds_to_wait(lane: Lane, network: str, *, now: datetime | None = None) -> int:
    """Count one request; 0 when it may pass, else the whole seconds until the window is over."""
    now = now or clock.now()
    key = salted_hmac("plumbline.rates", f"{lane.name} {network}", algorithm="sha256").hexdigest()
    window = timedelta(seconds=lane.seconds)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "now": now, "over": now - window})
        began_at, count = cursor.fetchone()
    if count == 1 and secrets.randbelow(_TIDY_EVERY) == 0:
        RateCount.objects.filter(began_at__lt=now - _LONGEST).delete()
    return 0 if count <= lane.limit else max(1, math.ceil((began_at + window - now).total_seconds()))


def too_fast(request: HttpRequest, lane: Lane) -> HttpResponse | None:
    """The answer 429 with ``Retry-After`` for one who is too fast, else None."""
    wait = seconds_to_wait(lane, network_of(request))
    if not wait:
        return None
    answer = render(request, "429.html", {"wait": wait}, status=429)
    answer["Retry-After"] = str(wait)
    return answer


View = Callable[..., HttpResponseBase]


def limited(lane: Lane) -> Callable[[View], View]:
    """A view whose every request counts in ``lane``."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            return too_fast(request, lane) or view(request, *args, **kwargs)

        return run

    return wrap

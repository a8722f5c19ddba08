"""The shell of the field app: one page, its worker and its manifest. The same bytes for everybody, without any data."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

SHEETS = ("ui/tokens.css", "ui/plumbline.css", "ui/additions.css", "field/field.css")
MODULES = (
    "field/app.js",
    "field/backup.js",
    "field/checks.js",
    "field/clock.js",
    "field/dom.js",
    "field/draft.js",
    "field/keys.js",
    "field/link.js",
    "field/pack.js",
    "field/photos.js",
    "field/records.js",
    "field/second.js",
    "field/sending.js",
    "field/signature.js",
    "field/state.js",
    "field/store.js",
    "field/view_card.js",
    "field/view_inspect.js",
    "field/view_inspect_end.js",
    "field/view_lock.js",
    "field/view_outbox.js",
    "field/view_paper.js",
    "field/view_photos.js",
    "field/view_place.js",
    "field/view_spot.js",
    "field/view_today.js",
    "field/vendor/idb.js",
    "field/vendor/signature_pad.js",
)
OTHERS = ("ui/plumb.svg", "field/icon-192.png", "field/icon-512.png")


def _bytes(name: str) -> bytes:
    found = finders.find(name)
    return (Path(found) if isinstance(found, str) else Path(settings.STATIC_ROOT or "", name)).read_bytes()


@functools.cache
def version() -> str:
    """The fingerprint of everything the worker keeps: a changed file is a new version of the whole."""
    whole = hashlib.sha256()
    for name in (*SHEETS, *MODULES, *OTHERS, "field/sw.js"):
        whole.update(hashlib.sha256(_bytes(name)).digest())
    return whole.hexdigest()[:12]


@cache_control(no_cache=True)
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    context = {"version": version(), "base": settings.STATIC_URL, "sheets": SHEETS}
    return render(request, "field/shell.html", context)


@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told its version and what to keep."""
    kept = [
        "/field/",
        "/field/app.webmanifest",
        *(f"{settings.STATIC_URL}{name}" for name in (*SHEETS, *MODULES, *OTHERS)),
    ]
    head = f"const VERSION = {json.dumps(version())};\nconst KEPT = {json.dumps(kept)};\n"
    return HttpResponse(head + _bytes("field/sw.js").decode(), content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {"src": f"{settings.STATIC_URL}field/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": "准绳现场", "short_name": "准绳现场", "lang": "zh-CN", "start_url": "/field/", "scope": "/field/",
            "display": "standalone", "background_color": "#eaeff5", "theme_color": "#0b4a8f", "icons": icons,
        },
        content_type="application/manifest+json",
    )  # fmt: skip

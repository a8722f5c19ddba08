"""Requests through the real WSGI application, as a browser with a session sends them, timed and counted."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from plumbline.platform.identity.models import Person

Application = Callable[..., object]


@dataclass
class Measure:
    """One row of the table: who asks for which addresses. ``times`` in milliseconds, filled by ``Visitor.ask``."""

    words: str
    who: str
    addresses: Sequence[str]
    times: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def median(self) -> float:
        return statistics.median(self.times)


class Visitor:
    """Somebody logged in. The session is made as the log-in makes it, without the password."""

    def __init__(self, application: Application, login_name: str) -> None:
        self.application = application
        person = Person.objects.get(login_name=login_name)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session["seen_at"] = int(time.time())
        session.save()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def ask(self, address: str, measure: Measure | None = None) -> bytes:
        """The body of one page; its time, queries and time in the database go to ``measure``."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        told: list[str] = []
        counted = _Counted()
        began, busy = time.perf_counter(), time.process_time()
        with connection.execute_wrapper(counted):
            answer = self.application(environ, lambda status, headers, fault=None: told.append(status))
            body = b"".join(answer)  # type: ignore[call-overload]
            answer.close()  # type: ignore[attr-defined]
        took = (time.perf_counter() - began) * 1000
        if not told[0].startswith("200"):
            raise RuntimeError(f"{address}: {told[0]}")
        if measure is not None:
            measure.times.append(took)
            measure.queries.append(counted.number)
            measure.in_database.append(counted.seconds * 1000)
            measure.processor.append((time.process_time() - busy) * 1000)
            measure.slowest = max(measure.slowest, (took, address))
        return bytes(body)


class _Counted:
    def __init__(self) -> None:
        self.number, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., object], *words: object) -> object:
        self.number += 1
        began = time.perf_counter()
        try:
            return execute(*words)
        finally:
            self.seconds += time.perf_counter() - began


def listed(path: str, **query: str) -> str:
    return f"{path}?{urlencode(query)}" if query else path

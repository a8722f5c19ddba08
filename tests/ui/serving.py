"""Drawn pages behind a small server of their own, so that the browser keeps sheets and scripts from page to page.

Answering for the network in Playwright would switch off the browser's cache: every page would read every sheet anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

HOST = "plumbline.test"
ORIGIN = f"http://{HOST}"


class DrawnPages(ThreadingHTTPServer):
    """What the browser is shown: ``url``, with ``html`` under it; anything else but sheets and scripts is not there."""

    daemon_threads = True
    url = html = ""

    def asked_by(self, options: dict[str, Any]) -> dict[str, Any]:
        """Launch options of a Chromium that asks this server for ``ORIGIN``, and no proxy of the machine's."""
        rule = f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{self.server_port}"
        environment = {name: value for name, value in options["env"].items() if "proxy" not in name.lower()}
        return {**options, "args": [*options["args"], rule], "env": environment}


class _Answer(BaseHTTPRequestHandler):
    server: DrawnPages
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        if asked.path.startswith("/static/"):
            found = finders.find(asked.path.removeprefix("/static/"))
            if found:
                kind = guess_type(str(found))[0] or "application/octet-stream"
                return self._send(200, kind, Path(str(found)).read_bytes(), kept=True)
        elif unquote(self.path) == unquote(self.server.url):
            return self._send(200, "text/html; charset=utf-8", self.server.html.encode())
        return self._send(404, "text/plain", b"")

    def _send(self, status: int, kind: str, body: bytes, *, kept: bool = False) -> None:
        # Without a date: the tests' clock is not the browser's, and a sheet from last week would be asked for again.
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=86400, immutable" if kept else "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The tests say what is wrong themselves."""


@contextmanager
def served() -> Iterator[DrawnPages]:
    server = DrawnPages(("127.0.0.1", 0), _Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()

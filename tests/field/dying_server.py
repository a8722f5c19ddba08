"""A server that dies: one process answers requests; a kill takes it with its connections, and the next takes its place.

``python -m tests.field.dying_server PORT PLAN`` loads everything once and forks. PLAN is a file: when it names a fault
point, the process that reaches the point is gone at once, as by SIGKILL; an open transaction is then the database's to
undo. The one that takes over has a fresh connection.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIServer

PLAN = "PLUMBLINE_FAULT_PLAN"


def die_here(where: str, record_id: str) -> None:
    """The setting FIELD_FAULT_POINT: end this process when the plan names the point."""
    plan = Path(os.environ[PLAN])
    try:
        wanted = plan.read_text()
    except FileNotFoundError:
        return
    if wanted == where:
        plan.unlink(missing_ok=True)
        os._exit(9)


def main(port: int) -> None:
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a lost connection is what this is for."""

    server = WSGIServer(("127.0.0.1", port), Quiet)
    server.socket.listen(64)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print("ready", flush=True)
    while True:
        child = os.fork()
        if child == 0:
            server.handle_error = lambda *_: None  # type: ignore[method-assign]
            server.serve_forever(poll_interval=0.05)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFEXITED(status) or os.WEXITSTATUS(status) != 9:
            return  # ended from outside


if __name__ == "__main__":
    main(int(sys.argv[1]))

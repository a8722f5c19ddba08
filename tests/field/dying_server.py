"""A server that dies: one process answers requests; a kill takes it with its connections, and the next takes its place.

``python -m tests.field.dying_server PORT PLAN`` loads everything once and forks. PLAN is a file: when it names a fault
point, the process that reaches the point is gone at once, as by SIGKILL; an open transaction is then the database's to
undo. The one that takes over has a fresh connection. Each says its port and its number first, for those who kill by signal.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
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


def serve(*ports: int) -> None:
    """Answer requests on each port for ever, by one process after the other; Django is set up, nothing is connected yet."""
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing: a lost connection is what this is for."""

    app = StaticFilesHandler(get_wsgi_application())
    import_module(settings.ROOT_URLCONF)
    waiting = [WSGIServer(("127.0.0.1", port), Quiet) for port in ports]
    for server in waiting:
        server.socket.listen(64)
        server.set_app(app)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
    print("ready", flush=True)
    answering: dict[int, WSGIServer] = {}
    while True:
        for server in waiting:
            child = os.fork()
            if child == 0:
                # One write: ``print`` makes four of it when Python does not buffer, and two processes say it at once.
                os.write(sys.stdout.fileno(), f"{server.server_port} {os.getpid()}\n".encode())
                server.serve_forever(poll_interval=0.05)
                os._exit(0)
            answering[child] = server
        gone, status = os.wait()
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if not killed and not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 9):
            return  # ended from outside
        waiting = [answering.pop(gone)]


if __name__ == "__main__":
    import django

    django.setup()
    serve(int(sys.argv[1]))

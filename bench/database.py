"""A throw-away PostgreSQL with the project's tables, for benchmarks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_database() -> Iterator[None]:
    """Start the embedded server with its durable settings, migrate as its owner, and set Django up on it."""
    from plumbline.project.database_server import OWNER, DatabaseServer

    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # for root the server runs as another account, which has to get in
        server = DatabaseServer(Path(folder) / "postgres")
        server.start()
        try:
            os.environ["PLUMBLINE_DATABASE_URL"] = server.url(OWNER)
            os.environ["PLUMBLINE_DATA_DIR"] = folder
            os.environ["DJANGO_SETTINGS_MODULE"] = "plumbline.project.settings"
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            yield
            from django.db import connections

            connections.close_all()
        finally:
            server.stop()

"""A database of its own for a test that commits: the event log refuses the truncation that ends ``transactional_db``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database(name: str, *, template: str = "", kept_after: bool = False) -> Iterator[str]:
    """A copy of the empty test database, or of ``template``; its name. Dropped afterwards with whatever the story has
    written, unless it is to be a template itself.
    """
    from django.core.management import call_command
    from django.db import connection, connections

    kept = connection.settings_dict["NAME"]
    # pytest-django makes its database only when a test asks for one in its own way.
    made = bool(template) or str(kept).startswith("test_")
    template = template or (kept if made else "template0")
    # Where it has made none, test processes beside one another all know the server's first database.
    beside = "" if made else os.environ.get("PYTEST_XDIST_WORKER", "")
    name = f"{kept}{beside}_{name}"

    def on_server(*statements: str) -> None:
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    on_server(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",
        f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
        f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
    )
    connection.settings_dict["NAME"] = name
    try:
        if not made:
            call_command("migrate", verbosity=0)
        yield name
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept
        if not kept_after:
            on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

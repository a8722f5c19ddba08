"""A database of its own for a test that commits: the event log refuses the truncation that ends ``transactional_db``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A copy of the empty test database, dropped afterwards with whatever the story has written."""
    from django.core.management import call_command
    from django.db import connection, connections

    kept = connection.settings_dict["NAME"]
    # pytest-django makes its database only when a test asks for one in its own way.
    made = str(kept).startswith("test_")
    template = kept if made else "template0"
    name = f"{kept}_{name}"

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
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept
        on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

"""``python -m plumbline.project.recording``: write down anew what the migrations do to an empty database.

To be run after adding or changing a migration; a test compares. It starts a database server of its own.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .database_server import SUPERUSER, DatabaseServer

if TYPE_CHECKING:
    from .recorded import Step


def record() -> list[Step]:
    """Run every migration on an empty database and tell what each executed.

    Statements that only read are left out, and so are Django's own notes of what is applied.
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from .recorded import Step, source_of

    steps: list[Step] = []

    def note(action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_start":
            steps.append(Step(migration.app_label, migration.name, source_of(migration)))

    executor = MigrationExecutor(connection, progress_callback=note)  # type: ignore[arg-type]
    with _listening(steps):
        executor.migrate(executor.loader.graph.leaf_nodes())
    return steps


@contextmanager
def _listening(steps: list[Step]) -> Iterator[None]:
    from django.db import connection

    def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        if steps:
            text = str(sql) if params is None else connection.ops.compose_sql(str(sql), params)  # type: ignore[attr-defined]
            text = text.strip().rstrip(";")
            only_reads = text.upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
            if not only_reads and "django_migrations" not in text:
                steps[-1].statements.append(text)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="plumbline-recording-") as place:
        Path(place).chmod(0o755)  # the server runs as somebody else where it may not run as root
        server = DatabaseServer(Path(place) / "postgres", durable=False)
        server.start()
        try:
            # Without the extensions that the server puts into its own database: the migrations ask for them too.
            os.environ |= {
                "PLUMBLINE_ENV": "test",
                "DJANGO_SETTINGS_MODULE": "plumbline.project.settings",
                "PLUMBLINE_DATABASE_URL": server.url(SUPERUSER, "recording"),
            }
            import django
            from django.db import connection

            django.setup()
            with connection._nodb_cursor() as cursor:
                cursor.execute("CREATE DATABASE recording TEMPLATE template0")

            from .recorded import RECORDED, written

            steps = record()
            RECORDED.write_text(written(steps))
            print(f"{len(steps)} migrations in {RECORDED.name}")
            connection.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()

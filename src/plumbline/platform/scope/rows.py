"""Row-level security: the second wall behind ``visible_to``.

Tables with an agency column carry a policy that compares it with the setting ``plumbline.scope`` of the connection:
``*`` is everything, otherwise a comma list of agency codes; unset is nothing. The wall stands only when the process
connects as a role that is neither owner nor superuser, which a start-up check demands in production.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

EVERYTHING = "*"


def set_database_scope(agencies: frozenset[str] | None) -> None:
    """Set what this connection may see; None is the whole district."""
    _set(EVERYTHING if agencies is None else ",".join(sorted(agencies)))


@contextmanager
def whole_district() -> Iterator[None]:
    """Widen the connection to every agency, for system parts that act inside somebody's request."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('plumbline.scope', true), '')")
        before = cursor.fetchone()[0]
    _set(EVERYTHING)
    try:
        yield
    finally:
        _set(before)


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('plumbline.scope', %s, false)", [value])


def _start_with_process_scope(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    # A web process begins blind and is widened for each request; jobs and commands are parts of the system.
    if os.environ.get("PLUMBLINE_PROCESS") != "web":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('plumbline.scope', %s, false)", [EVERYTHING])


connection_created.connect(_start_with_process_scope, dispatch_uid="plumbline.scope")


class EnableRowSecurity(migrations.RunSQL):
    """Migration operation: put ``table`` behind the wall by its agency column ``column``."""

    def __init__(self, table: str, column: str) -> None:
        allowed = (
            "current_setting('plumbline.scope', true) = '*' OR "
            f"{column} = ANY (string_to_array(current_setting('plumbline.scope', true), ','))"
        )
        super().__init__(
            sql=[
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY plumbline_read ON {table} FOR SELECT USING ({allowed})",
                f"CREATE POLICY plumbline_add ON {table} FOR INSERT WITH CHECK (true)",
                f"CREATE POLICY plumbline_change ON {table} FOR UPDATE USING ({allowed})",
                f"CREATE POLICY plumbline_remove ON {table} FOR DELETE USING ({allowed})",
            ],
            reverse_sql=[
                *(f"DROP POLICY plumbline_{verb} ON {table}" for verb in ("read", "add", "change", "remove")),
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
        )
        self.table, self.column = table, column

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.table, self.column], {})

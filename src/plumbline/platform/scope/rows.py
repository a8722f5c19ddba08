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


def _within_scope(column: str) -> str:
    """The wall's condition. As sub-queries the setting is read once and not for every row, which took longer than the rows."""
    scope = "current_setting('plumbline.scope', true)"
    return f"(SELECT {scope}) = '*' OR {column} = ANY ((SELECT string_to_array({scope}, ','))::text[])"


class EnableRowSecurity(migrations.RunSQL):
    """Migration operation: put ``table`` behind the wall by its agency column ``column``."""

    @staticmethod
    def allowed(column: str) -> str:
        return _within_scope(column)

    def __init__(self, table: str, column: str) -> None:
        allowed = self.allowed(column)
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


class EnableSharedRowSecurity(EnableRowSecurity):
    """The same for rows of several agencies: ``column`` is an array of codes, and each of them reads and changes the row."""

    @staticmethod
    def allowed(column: str) -> str:
        scope = "current_setting('plumbline.scope', true)"
        return f"(SELECT {scope}) = '*' OR {column} && ((SELECT string_to_array({scope}, ','))::varchar[])"


class ScopedView(migrations.RunSQL):
    """Migration operation: a view of a table behind the wall, with the wall's own condition, where every index works.

    Behind row-level security PostgreSQL asks the policy first and uses an index only for operators that it knows not to
    leak; those of arrays, JSON and LIKE are not among them, so a search would read the whole table. A view belongs to the
    tables' owner, whom the policy does not bind; the same condition stands in the view instead. See
    docs/adr/0020-search-behind-the-wall.md. It cannot be written through. ``columns`` must not include one whose type is to
    change later: PostgreSQL refuses that while a view shows it.
    """

    def __init__(self, name: str, *, table: str, column: str, columns: str, where: str = "true") -> None:
        allowed = _within_scope(column)
        super().__init__(
            # Two sources make a view that nobody can insert into or update; the planner drops the second.
            sql=f"CREATE VIEW {name} AS SELECT {columns} FROM {table}, (SELECT 1) AS read_only"
            f" WHERE ({allowed}) AND ({where})",
            reverse_sql=f"DROP VIEW {name}",
        )
        self.given = {"table": table, "column": column, "columns": columns, "where": where}
        self.name = name

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (self.__class__.__qualname__, [self.name], dict(self.given))

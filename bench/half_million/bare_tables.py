"""Tables filled without their indexes and constraints, which are made again afterwards, exactly as they were."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg

#: Memory of one index being built; two are built at a time.
MEMORY = "768MB"


@dataclass(frozen=True)
class Taken:
    """What was taken from one table, as the statements that bring it back, in order."""

    table: str
    statements: tuple[str, ...]


def strip(connection: psycopg.Connection, tables: Sequence[str]) -> list[Taken]:
    """Drop foreign keys, unique constraints and indexes of ``tables``; primary keys and checks stay."""
    taken = []
    for table in tables:
        constraints = connection.execute(
            "SELECT conname, pg_get_constraintdef(oid), contype FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('u', 'f') ORDER BY contype DESC, conname",
            [table],
        ).fetchall()
        indexes = connection.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE i.indrelid = %s::regclass AND NOT i.indisprimary"
            " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype = 'u')",
            [table],
        ).fetchall()
        for name, _, _ in constraints:
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        back = [
            f'ALTER TABLE {table} ADD CONSTRAINT "{n}" {text}' for n, text, kind in constraints if kind == "u"
        ]
        back += [text for _, text in indexes]
        back += [
            f'ALTER TABLE {table} ADD CONSTRAINT "{n}" {text}' for n, text, kind in constraints if kind == "f"
        ]
        taken.append(Taken(table, tuple(back)))
    return taken


def restore(url: str, taken: Sequence[Taken], *, threads: int) -> None:
    """Bring everything back, ``threads`` tables at a time, and gather the statistics."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda each: _restore(url, each), taken))


def _restore(url: str, each: Taken) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET maintenance_work_mem = '{MEMORY}'")
        connection.execute("SET max_parallel_maintenance_workers = 0")
        for statement in each.statements:
            connection.execute(statement)
        connection.execute(f"VACUUM (ANALYZE) {each.table}")

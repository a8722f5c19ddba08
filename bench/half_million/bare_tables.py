"""Tables filled without their indexes and constraints, which are made again afterwards, exactly as they were."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import psycopg

#: Memory of one index being built; two are built at a time.
MEMORY = "1GB"
#: An index that takes longer is told, in seconds.
LONG = 10


@dataclass(frozen=True)
class Taken:
    """What was taken from one table, as the statements that bring it back: indexes, then what stands on them."""

    table: str
    indexes: tuple[str, ...]
    constraints: tuple[str, ...]


def without_foreign_keys(connection: psycopg.Connection, tables: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Drop the keys of ``tables`` to others, before anybody fills one: to drop one locks the table it leads to as well."""
    taken = {}
    for table in tables:
        found = connection.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f' ORDER BY conname",
            [table],
        ).fetchall()
        for name, _ in found:
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        taken[table] = tuple(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}' for name, text in found)
    return taken


def strip(connection: psycopg.Connection, table: str) -> Taken:
    """Write ``table`` anew and drop its indexes; checks stay, and a primary key that other tables refer to.

    A table written anew in this transaction can be filled with rows that need neither a log nor a VACUUM (COPY … FREEZE).
    """
    connection.execute(f"CLUSTER {table} USING {table}_pkey")
    constraints = connection.execute(
        "SELECT conname, contype, pg_get_indexdef(conindid) FROM pg_constraint c"
        " WHERE conrelid = %s::regclass AND contype IN ('p', 'u') AND NOT (contype = 'p'"
        " AND EXISTS (SELECT FROM pg_constraint r WHERE r.contype = 'f' AND r.confrelid = c.conrelid)) ORDER BY conname",
        [table],
    ).fetchall()
    indexes = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass AND NOT i.indisprimary"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype = 'u')",
        [table],
    ).fetchall()
    for name, *_ in constraints:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    kinds = {"p": "PRIMARY KEY", "u": "UNIQUE"}
    return Taken(
        table,
        indexes=(*(text for _, text in indexes), *(index for *_, index in constraints)),
        constraints=tuple(
            f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {kinds[kind]} USING INDEX "{name}"'
            for name, kind, _ in constraints
        ),
    )


class Restoring:
    """Brings back what was taken, ``threads`` indexes at a time, beginning with tables that are filled while others are not."""

    def __init__(self, url: str, *, threads: int, say: Callable[[str], None]) -> None:
        self._url, self._say = url, say
        self._pool = ThreadPoolExecutor(threads)
        self._taken: list[Taken] = []
        self._waiting: list[Future[None]] = []

    def begin(self, taken: Sequence[Taken]) -> None:
        """Have the indexes of some tables made, those over arrays first: they take longest."""
        self._taken += taken
        statements = [text for each in taken for text in each.indexes]
        for text in sorted(statements, key=lambda text: "USING gin" not in text):
            self._waiting.append(self._pool.submit(self._run, [text]))

    def finish(self, foreign_keys: Mapping[str, tuple[str, ...]]) -> None:
        """Wait for the indexes, then make keys and gather statistics, a table at a time in each thread."""
        for each in self._waiting:
            each.result()
        own = [[*each.constraints, f"ANALYZE {each.table}"] for each in self._taken]
        list(self._pool.map(self._run, own))
        list(self._pool.map(self._run, foreign_keys.values()))
        self._pool.shutdown()

    def _run(self, statements: Sequence[str]) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(f"SET maintenance_work_mem = '{MEMORY}'")
            connection.execute("SET max_parallel_maintenance_workers = 0")
            for statement in statements:
                began = time.monotonic()
                connection.execute(statement)
                if (took := time.monotonic() - began) > LONG:
                    self._say(f"  {took:.0f} s: {statement[:100]}")

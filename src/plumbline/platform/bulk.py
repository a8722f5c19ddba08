"""Writing thousands of rows in one statement: the rows travel as one JSON document and the database unfolds it.

Django's ``bulk_create`` and ``bulk_update`` quote one parameter a value, which costs more than the write itself. COPY is
not to be had: PostgreSQL refuses it on tables behind row-level security. See docs/adr/0007-bulk-writes.md.

Neither function sets primary keys on the objects or sends signals; database defaults fill the columns left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import orjson
from django.db import connection, models
from psycopg import sql

CHUNK = 5000
M = TypeVar("M", bound=models.Model)


def insert_rows(rows: Sequence[M], *, ignore_conflicts: bool = False) -> int:
    """Insert new objects of one model; returns how many rows were written.

    ``ignore_conflicts`` leaves out rows that an existing one forbids. Raises as ``bulk_create`` does otherwise.
    """
    if not rows:
        return 0
    model = type(rows[0])
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]
    columns = _columns(fields)
    statement = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, %s){conflict}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        columns=columns,
        conflict=sql.SQL(" ON CONFLICT DO NOTHING" if ignore_conflicts else ""),
    )
    return _run(statement, rows, fields, add=True)


def update_rows(rows: Sequence[M], fields: Sequence[str]) -> int:
    """Write the named fields of existing objects, found by primary key; returns how many rows were there."""
    if not rows:
        return 0
    model = type(rows[0])
    key: Any = model._meta.pk
    changed: list[Any] = [model._meta.get_field(name) for name in fields]
    changes: list[sql.Composable] = [
        sql.SQL("{0} = given.{0}").format(sql.Identifier(field.column)) for field in changed
    ]
    statement = sql.SQL(
        "UPDATE {table} SET {changes} FROM json_populate_recordset(NULL::{table}, %s) AS given"
        " WHERE {table}.{key} = given.{key}"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        key=sql.Identifier(key.column),
        changes=sql.SQL(", ").join(changes),
    )
    return _run(statement, rows, [key, *changed], add=False)


def _run(statement: sql.Composed, rows: Sequence[models.Model], fields: Sequence[Any], *, add: bool) -> int:
    written = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            document = list(_documents(rows[start : start + CHUNK], fields, add=add))
            cursor.execute(statement, [orjson.dumps(document, default=_plain).decode()])
            written += cursor.rowcount
    return written


def _documents(
    rows: Sequence[models.Model], fields: Sequence[Any], *, add: bool
) -> Iterator[dict[str, object]]:
    stamped = [
        f for f in fields if getattr(f, "auto_now", False) or (add and getattr(f, "auto_now_add", False))
    ]
    names = [(field.column, field.attname) for field in fields]
    for row in rows:
        for field in stamped:
            field.pre_save(row, add)
        values = row.__dict__
        yield {column: values[name] for column, name in names}


def _columns(fields: Sequence[Any]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)


def _plain(value: object) -> object:
    """What orjson does not write by itself: sums keep every digit, sets and tuples of an array become lists."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")

"""The words of the rows of lists under an index, so that a search reads the rows it finds and not the whole list.

What a row says is made of its declared columns, as they are shown; so it cannot be a column of the owner's own table. It is kept
here beside the row's ``xmin``: a row that was written anew, by whatever action, is read again with the next search. What a
column borrows from elsewhere (the name of an agency, of an item) changes without that; when it does, the list is read again.
"""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import islice
from typing import Any

import orjson
from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from plumbline.platform.bigrams import grams_of, grams_wanted, normal
from plumbline.platform.lists import Kept, Register, registers, remembering

from .models import ListText

AT_ONCE = 1000


def read_all(on: date) -> int:
    """Read the words of every list as it stands on a day, before anybody waits for a search; returns how many rows."""
    return sum(
        refresh(each, each.table.standing(None, on)) for each in registers() if isinstance(each.table, Kept)
    )


def narrowed(register: Register, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The rows of a list that say some words in one of their columns; after ``refresh`` of the same rows."""
    wanted = normal(words)
    grams = sorted({gram for word in wanted.split(" ") for gram in grams_wanted(word)})
    found = ListText.objects.filter(register=register.key, text__contains=wanted)
    if grams:
        found = found.filter(grams__contains=grams)
    return rows.filter(pk__in=found.values("row"))


def refresh(register: Register, rows: QuerySet[Any]) -> int:
    """Read what the index does not have yet, or has as it was before; returns how many rows."""
    name = rows.model._meta.db_table
    stamp = RawSQL(f'"{name}"."xmin"::text::bigint', [], output_field=BigIntegerField())  # noqa: S611 - the name of our own table
    read = 0
    with remembering():
        wording = _wording(register)
        known = ListText.objects.filter(
            register=register.key, row=OuterRef("pk"), stamp=OuterRef("stamp"), wording=wording
        )
        stale = rows.annotate(stamp=stamp).exclude(Exists(known)).order_by("pk").iterator(chunk_size=AT_ONCE)
        while some := list(islice(stale, AT_ONCE)):
            told = [_words(register, row) for row in some]
            with connection.cursor() as cursor:
                cursor.execute(_KEEP, [register.key, wording, orjson.dumps(told).decode()])
            read += len(some)
    return read


#: As one document: as many parameters as there are rows would take several times as long (ADR 0007).
_KEEP = """
    INSERT INTO list_texts (register, wording, row, stamp, text, grams)
    SELECT %s, %s, row, stamp, text, string_to_array(grams, E'\\n')
    FROM json_to_recordset(%s) AS given(row bigint, stamp bigint, text text, grams text)
    ON CONFLICT (register, row) DO UPDATE
    SET wording = excluded.wording, stamp = excluded.stamp, text = excluded.text, grams = excluded.grams"""


def _wording(register: Register) -> str:
    """Stands for the columns of a list and the words they borrow: another one when any of these has changed."""
    said = [(column.name, sorted(column.cell.borrowed().items())) for column in register.columns]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def _words(register: Register, row: Any) -> dict[str, Any]:
    table = register.table
    assert isinstance(table, Kept)
    values = table.row_of(row).values
    # A line a column: what is looked for has no line break in it, so that it is never found across two columns.
    text = "\n".join(normal(column.show(values)) for column in register.columns)
    return {"row": row.pk, "stamp": row.stamp, "text": text, "grams": "\n".join(grams_of(text))}

"""The words of the rows of lists under an index, so that a search reads the rows it finds and not the whole list.

What a row says is made of its declared columns, as they are shown; so it cannot be a column of the owner's own table. It is kept
here beside the row's ``xmin``: a row that was written anew, by whatever action, is read again with the next search.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from plumbline.platform.bigrams import grams_of, grams_wanted, normal
from plumbline.platform.lists import Kept, Register, remembering

from .models import ListText

AT_ONCE = 1000


def narrowed(register: Register, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """The rows of a list that say some words in one of their columns."""
    refresh(register, rows)
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
    known = ListText.objects.filter(register=register.key, row=OuterRef("pk"), stamp=OuterRef("stamp"))
    stale = rows.annotate(stamp=stamp).exclude(Exists(known)).order_by("pk").iterator(chunk_size=AT_ONCE)
    read = 0
    with remembering():
        while some := list(islice(stale, AT_ONCE)):
            ListText.objects.bulk_create(
                [_text(register, row) for row in some],
                update_conflicts=True, unique_fields=["register", "row"], update_fields=["stamp", "text", "grams"],
            )  # fmt: skip
            read += len(some)
    return read


def _text(register: Register, row: Any) -> ListText:
    table = register.table
    assert isinstance(table, Kept)
    values = table.row_of(row).values
    # A line a column: what is looked for has no line break in it, so that it is never found across two columns.
    text = "\n".join(normal(column.show(values)) for column in register.columns)
    return ListText(register=register.key, row=row.pk, stamp=row.stamp, text=text, grams=grams_of(text))

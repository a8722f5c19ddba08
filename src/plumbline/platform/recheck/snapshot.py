"""Taking a snapshot: events, registers and stored verdicts as one transaction sees them, as Parquet files.

The rows are streamed in batches by a cursor of the server, so that memory does not grow with the district. Both tables are
in the order of the matters' code points, so that they can be read side by side.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction

from plumbline.platform import clock
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.registers import current_registers

BATCH = 10_000
_TEXT = pa.string()
EVENTS = pa.schema(
    [("seq", pa.int64())]
    + [(name, _TEXT) for name in ("id", "matter", "kind", "activity", "occurred_at", "recorded_at", "agency")]
    + [(name, _TEXT) for name in ("actors", "data", "links", "source")]  # JSON
)
VERDICTS = pa.schema([(name, _TEXT) for name in ("matter", "rule", "subject", "verdict", "due", "overlay")])
AFFAIRS = pa.schema([("party", _TEXT), ("act", _TEXT), ("matters", pa.list_(_TEXT))])
OWED = pa.schema([("matter", _TEXT)])
REGISTERS = pa.schema([("register", _TEXT), ("rows", _TEXT)])

_EVENTS_SQL = """
    SELECT seq, event_id, matter_id, kind, activity, occurred_at, recorded_at, agency_code,
        actors::text, data::text, links::text, source::text
    FROM events WHERE in_contract ORDER BY matter_id COLLATE "C", seq"""
_VERDICTS_SQL = """
    SELECT matter_id, rule, subject, verdict, due, overlay FROM verdicts ORDER BY matter_id COLLATE "C" """
#: Matters with new events whose evaluation is still owed: what is stored of them is known to be behind.
_OWED_SQL = "SELECT key FROM outbox WHERE subscriber = 'verdicts'"
#: A party and an act that more than one matter states: what ``matters_about`` answers beyond the asking matter itself.
_AFFAIRS_SQL = """
    WITH acts AS (SELECT DISTINCT matter_id, data #>> '{violation,act}' AS act FROM events
                  WHERE in_contract AND data ? 'violation'),
      parties AS (SELECT DISTINCT matter_id, data #>> '{party,id}' AS party FROM events
                  WHERE in_contract AND data ? 'party')
    SELECT party, act, array_agg(matter_id ORDER BY matter_id) FROM acts JOIN parties USING (matter_id)
    WHERE act IS NOT NULL AND party IS NOT NULL GROUP BY party, act HAVING count(*) > 1"""

Told = Callable[[int, str], None]


def folder() -> Path:
    return Path(settings.DATA_DIR) / "snapshots"


def snapshots() -> list[Path]:
    """The finished snapshots, oldest first; their names are their moments."""
    return sorted(path for path in folder().glob("20*") if (path / "manifest.json").exists())


def take_snapshot(told: Told = lambda *_: None) -> Path:
    """Write a snapshot of this moment and remove those past their days; gives its folder.

    ``told(rows, what)`` hears how far it is and may raise to stop. Raises inside another transaction: that one may have
    seen an older state already.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole_district(), _one_state():
        moment = clock.now()
        target = folder() / f"{moment:%Y%m%d-%H%M%S-%f}"
        unfinished = target.with_name(f".{target.name}")
        unfinished.mkdir(mode=0o700)
        try:
            # Registers first: they are read through the models, and the first query fixes the state for all.
            document = current_registers()[0].document
            counts = {
                "registers": _write(unfinished, "registers", REGISTERS, [_registers(document)], told),
                "events": _write(unfinished, "events", EVENTS, _rows(_EVENTS_SQL), told),
                "verdicts": _write(unfinished, "verdicts", VERDICTS, _rows(_VERDICTS_SQL), told),
                "owed": _write(unfinished, "owed", OWED, _rows(_OWED_SQL), told),
                "affairs": _write(unfinished, "affairs", AFFAIRS, _rows(_AFFAIRS_SQL), told),
                "matters": _count_matters(),
            }
            manifest = {"taken_at": moment.isoformat(), "counts": counts}
            (unfinished / "manifest.json").write_bytes(orjson.dumps(manifest))
            unfinished.rename(target)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    remove_old(keep=target)
    return target


def remove_old(*, keep: Path) -> None:
    """Remove snapshots older than the setting's days, and what a killed process left unfinished a day ago."""
    now = clock.now()
    limit = f"{now - timedelta(days=settings.RECHECK_KEEP_DAYS):%Y%m%d-%H%M%S}"
    for path in folder().iterdir():
        left = path.name.startswith(".") and path.name[1:] < f"{now - timedelta(days=1):%Y%m%d-%H%M%S}"
        if path != keep and (left or (path.name.startswith("20") and path.name < limit)):
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _one_state() -> Iterator[None]:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _rows(statement: str) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(BATCH):
            yield rows


def _registers(document: Any) -> list[tuple[str, str]]:
    return [(name, orjson.dumps(rows).decode()) for name, rows in document.items()]


def _count_matters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT matter_id) FROM events WHERE in_contract")
        return int(cursor.fetchone()[0])


def _write(place: Path, name: str, schema: pa.Schema, batches: Any, told: Told) -> int:
    """One file of row groups as large as a batch, so that a matter is found again without reading the whole."""
    written = 0
    with pq.ParquetWriter(place / f"{name}.parquet", schema, compression="zstd") as writer:
        for rows in batches:
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array(
                    [clock.as_instant(v) for v in column] if field.name == "recorded_at" else column,
                    field.type,
                )
                for field, column in zip(schema, columns, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            written += len(rows)
            told(written, name)
    return written

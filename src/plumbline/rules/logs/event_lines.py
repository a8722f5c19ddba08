"""A log as the lines of a file of events, so that a check reads both alike and with the same errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from .contract_xes import contract_events, is_contract_log
from .conversion import Conversion, convert
from .event_table_lines import is_event_table, table_events
from .mapping import LogMapping
from .reading import LogFault, open_log

LOG_SUFFIXES = (".xes", ".csv", ".parquet")


def is_log(path: Path) -> bool:
    """Whether a file is a log by its name, and no file of events."""
    return path.name.lower().removesuffix(".gz").endswith(LOG_SUFFIXES)


@dataclass
class EventLines:
    """The events of a log as lines, read once from front to back (``readline`` is all that a reader of events asks)."""

    events: Iterator[Mapping[str, Any]]
    done: Conversion = field(default_factory=Conversion)

    def readline(self, _limit: int = -1, /) -> bytes:
        for event in self.events:
            # Joined, it is a copy of its own size: what the writer returns sits in a buffer ten times as large.
            return orjson.dumps(event) + b"\n"
        return b""


def lines_of_log(path: Path, mapping: LogMapping | None, *, every: int = 1) -> EventLines:
    """The lines of a log by its mapping; a log that ``check`` wrote itself, and a table of events, need none.

    ``every`` keeps every n-th case, cases counted as they first appear.
    """
    if mapping is None:
        if path.name.lower().removesuffix(".gz").endswith(".xes") and is_contract_log(path):
            return EventLines(_thinned(contract_events(path), ("matter",), every))
        if is_event_table(path):
            return EventLines(_thinned(table_events(path), ("matter",), every))
        raise LogFault(
            f"{path.name} 是别的系统的日志。请用 --mapping 写明映射文件（YAML），说明各列和各活动的含义。"
        )
    log = open_log(path, only=mapping.columns)
    if log.columns is not None:
        mapping.check_columns(log.columns)
    done = Conversion()
    rows = _thinned(log.rows, mapping.case, every)
    return EventLines(_at_least_one(convert(rows, mapping, done=done), done), done)


def _thinned(
    rows: Iterator[Mapping[str, Any]], case: Sequence[str], every: int
) -> Iterator[Mapping[str, Any]]:
    """Those rows that belong to every n-th case; one without a case is kept, for it has to be refused."""
    if every == 1:
        yield from rows
        return
    places: dict[Any, int] = {}
    for row in rows:
        name = next((row[key] for key in case if row.get(key) not in {None, ""}), None)
        if name is None or places.setdefault(name, len(places)) % every == 0:
            yield row


def _at_least_one(events: Iterable[dict[str, Any]], done: Conversion) -> Iterator[dict[str, Any]]:
    yield from events
    done.demand_something()

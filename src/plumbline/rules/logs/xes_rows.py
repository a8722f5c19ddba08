"""The events of an XES log as flat rows, and as Parquet, which the kernel reads by columns.

The parser's own calls fill the columns, with no tree of elements between: of an attribute only key, value and type are wanted,
and a log has millions of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from .fault import LogFault

Row = dict[str, Any]
Opened = Callable[[Path], AbstractContextManager[BinaryIO]]
_READ_AT_ONCE = 1 << 18
_EVENTS_OF_A_BLOCK = 1 << 14
#: In a log, depth 1, stand traces, in these events, in these their attributes; what attributes have inside is left out.
_TRACE, _EVENT, _ATTRIBUTE = 2, 3, 4


class _Forbidden(Exception):
    """An entity is defined, with which a small file grows without end, or another file is fetched."""


@dataclass
class Block:
    """Some events: for each key its values, as written, and the numbers of the events that have them."""

    events: int = 0
    columns: dict[str, tuple[list[str | None], list[int]]] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        rows: list[Row] = [{} for _ in range(self.events)]
        for name, (values, places) in self.columns.items():
            for value, place in zip(values, places, strict=True):
                rows[place][name] = value
        return rows


class XesRows:
    """Reads one XES log: the trace's name as ``case``, its other attributes as ``case:`` and their key.

    ``kinds`` says, by name, with which types of XES (string, date, int, float …) it stood so far.
    """

    def __init__(self, path: Path, opened: Opened) -> None:
        self._path, self._opened = path, opened
        self.kinds: dict[str, set[str]] = {}

    def rows(self) -> Iterator[Row]:
        """The events in file order; a value is None where the attribute is a list or a container."""
        for block in self.blocks():
            yield from block.rows()

    def blocks(self) -> Iterator[Block]:
        """The events in file order, some thousands at a time."""
        parsing = _Parsing(self.kinds)
        with self._opened(self._path) as source:
            try:
                while data := source.read(_READ_AT_ONCE):
                    parsing.parser.Parse(data, False)
                    parsing.forget_the_ended()
                    yield from parsing.taken()
                parsing.parser.Parse(b"", True)
            except expat.ExpatError as fault:
                raise LogFault(
                    f"{self._path.name} 不是完整的 XES（XML 有误：{fault}）。请重新导出。"
                ) from None
            except _Forbidden:
                raise LogFault(
                    f"{self._path.name} 含有 XML 实体定义，为安全起见不予读取。请去掉 DOCTYPE 后再转换。"
                ) from None
            except (LookupError, ValueError) as fault:  # an encoding that the parser has not
                raise LogFault(
                    f"{self._path.name} 的编码无法读取（{fault}）。请另存为 UTF-8 的 XES。"
                ) from None
        yield from parsing.taken(last=True)


class _Parsing:
    """The parser and what it has found."""

    def __init__(self, kinds: dict[str, set[str]]) -> None:
        self._kinds = kinds
        self._full: list[Block] = []
        self._block = Block()
        self.parser = expat.ParserCreate()
        # The end of an element only counts, so that no function of ours is called for it.
        ended: list[str] = []
        self.parser.EndElementHandler = ended.append
        self.parser.StartElementHandler, self.forget_the_ended = self._handlers(ended)
        for name in ("EntityDeclHandler", "UnparsedEntityDeclHandler", "ExternalEntityRefHandler"):
            setattr(self.parser, name, _refuse)

    def taken(self, *, last: bool = False) -> list[Block]:
        """The blocks that are complete; with ``last`` all there is."""
        taken, self._full = self._full, []
        return [*taken, self._block] if last and self._block.events else taken

    def _handlers(self, ended: list[str]) -> tuple[Callable[[str, dict[str, str]], None], Callable[[], None]]:
        started, place = 0, -1
        in_trace = in_event = False
        trace: dict[str, str | None] = {}
        columns = self._block.columns
        noted: dict[str, str] = {}
        note = self._note

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal started, place, in_trace, in_event, trace, columns
            started += 1
            depth = started - len(ended)
            if depth == _ATTRIBUTE:
                if in_event and (key := attributes.get("key")) is not None:
                    try:
                        values, places = columns[key]
                    except KeyError:
                        values, places = columns[key] = [], []
                    values.append(attributes.get("value"))
                    places.append(place)
                    if noted.get(key) != tag:
                        noted[key] = tag
                        note(key, tag)
            elif depth == _EVENT and in_trace:
                in_event = _local(tag) == "event"
                if in_event:
                    if self._block.events >= _EVENTS_OF_A_BLOCK:
                        self._full.append(self._block)
                        self._block = Block()
                        columns = self._block.columns
                    place = self._block.events
                    self._block.events += 1
                    for name, value in trace.items():
                        values, places = columns.setdefault(name, ([], []))
                        values.append(value)
                        places.append(place)
                elif key := attributes.get("key"):
                    name = "case" if key == "concept:name" else f"case:{key}"
                    trace[name] = attributes.get("value")
                    note(name, tag)
            elif depth == _TRACE:
                in_trace, in_event, trace = _local(tag) == "trace", False, {}

        def forget_the_ended() -> None:
            nonlocal started
            started -= len(ended)
            ended.clear()

        return start, forget_the_ended

    def _note(self, name: str, tag: str) -> None:
        self._kinds.setdefault(name, set()).add(_local(tag))


def _local(tag: str) -> str:
    """The name of an element without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def _refuse(*_: object) -> None:
    raise _Forbidden


def write_parquet(log: XesRows, out: Path) -> int:
    """The log's rows as Parquet; gives how many there are. Keys become columns, types of XES those of the columns.

    A time stands as the log's own clock had it, and beside it, in ``KEY:offset``, the minutes by which that clock was ahead of
    universal time. A key with several types, or with a value that is not of its type, stays text. The columns of the whole
    log are held, each different text once.
    """
    import pyarrow as pa
    from pyarrow import parquet

    texts = [_table(block) for block in log.blocks()]
    columns: dict[str, pa.ChunkedArray] = {}
    if texts:
        whole = pa.concat_tables(texts, promote_options="default").unify_dictionaries()
        for name in whole.column_names:
            columns |= _typed(name, whole.column(name), log.kinds[name])
    parquet.write_table(pa.table(columns), out)
    return sum(table.num_rows for table in texts)


def _table(block: Block) -> Any:
    """The texts of a block, each different one once."""
    import numpy as np
    import pyarrow as pa

    columns = {}
    for name, (values, places) in block.columns.items():
        coded = pa.array(values, pa.string()).dictionary_encode()
        if len(places) == block.events and places[-1] == block.events - 1 and len(set(places)) == len(places):
            columns[name] = coded
            continue
        codes = np.full(block.events, -1, dtype=np.int32)
        codes[places] = coded.indices.fill_null(-1).to_numpy()  # of a key that stands twice the last counts
        columns[name] = pa.DictionaryArray.from_arrays(
            pa.array(codes, pa.int32(), mask=codes < 0), coded.dictionary
        )
    return pa.table(columns)


def _typed(name: str, column: Any, kinds: set[str]) -> dict[str, Any]:
    """A column of texts in the type that XES says: each different text is read once."""
    import pyarrow as pa

    (kind,) = kinds if len(kinds) == 1 else ("string",)
    if kind not in {"date", "int", "float", "boolean"}:
        return {name: column}
    values = column.chunk(0).dictionary.to_pylist()

    def by_value(read: list[Any], of: Any) -> Any:
        made = pa.array(read, of)
        return pa.chunked_array([made.take(chunk.indices) for chunk in column.chunks], of)

    try:
        if kind == "date":
            times = [datetime.fromisoformat(value) for value in values]
            offsets = [at.utcoffset() for at in times]
            ahead = [None if offset is None else int(offset.total_seconds()) // 60 for offset in offsets]
            clock = [at.replace(tzinfo=None) for at in times]
            return {
                name: by_value(clock, pa.timestamp("us")),
                f"{name}:offset": by_value(ahead, pa.int64()),
            }
        if kind == "boolean":
            return {name: by_value([{"true": True, "false": False}[value] for value in values], pa.bool_())}
        number, of = (int, pa.int64()) if kind == "int" else (float, pa.float64())
        return {name: by_value([number(value) for value in values], of)}
    except (ValueError, KeyError, OverflowError):
        return {name: column}

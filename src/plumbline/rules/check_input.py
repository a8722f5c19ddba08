"""The input of a check: each line validated, then grouped by matter.

Lines are kept as they came, a tenth of the size of the events made of them; a matter's events are made when it is
judged. A large input is validated by several processes, in blocks and in order.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

import orjson

from plumbline.vocabulary import (
    MAX_ERRORS,
    AcrossLines,
    Event,
    InputError,
    Vocabulary,
    bad_void,
    bounded_lines,
    read_line,
)

from .processes import answered

BLOCK = 2000
FEW_BLOCKS = 10
GZIP_MAGIC = b"\x1f\x8b"


class LineSource(Protocol):
    """What lines are read from: a binary file, or a log that is turned into lines as it is read."""

    def readline(self, limit: int = -1, /) -> bytes: ...


Progress = Callable[[str, int, int], None]
#: Of a valid line: event id, matter, kind, the target of an ``event_voided``, and the numbers of the party and the
#: violation it states. None for an empty or wrong one.
Head = tuple[str, str, str, str | None, str | None, str | None]
Block = tuple[int, list[bytes]]


class Unreadable(Exception):
    """The file cannot be read at all; the message says why and what to do."""


@dataclass
class CheckInput:
    """Valid lines by matter, each once, or what is wrong with the input."""

    errors: list[InputError] = field(default_factory=list)
    events: int = 0
    # Line number and line in turn: a flat list is half the size of a list of pairs.
    _lines: dict[str, list[Any]] = field(default_factory=dict)
    _of_party: dict[str, set[str]] = field(default_factory=dict)
    _of_act: dict[str, set[str]] = field(default_factory=dict)
    # Found once each: many matters may be about one affair, and each of them asks.
    _of_affair: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def matters(self) -> list[str]:
        return sorted(self._lines)

    def events_of(self, matter: str) -> list[Event]:
        """The events of a matter in line order; empty for one that is not in the input."""
        flat = self._lines.get(matter, ())
        return [Event.from_json(orjson.loads(flat[n + 1]), flat[n]) for n in range(0, len(flat), 2)]

    def matters_about(self, party: str, act: str) -> list[str]:
        """The matters of the input in which both a party and a violation are stated, by their numbers."""
        found = self._of_affair.get((party, act))
        if found is None:
            both = self._of_party.get(party, set()) & self._of_act.get(act, set())
            found = self._of_affair[party, act] = sorted(both)
        return found

    def _add(self, matter: str, number: int, line: bytes, party: str | None, act: str | None) -> None:
        self._lines.setdefault(matter, []).extend((number, line))
        self.events += 1
        if party is not None:
            self._of_party.setdefault(party, set()).add(matter)
        if act is not None:
            self._of_act.setdefault(act, set()).add(matter)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file of events, plain or gzip by its first bytes; ``-`` is standard input."""
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as raw:
            reader = cast(BufferedReader, raw)
            if reader.peek(2)[:2] == GZIP_MAGIC:
                with gzip.open(reader, "rb") as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                yield reader
    except FileNotFoundError:
        raise Unreadable(f"找不到文件 {path}。请核对路径。") from None
    except IsADirectoryError:
        raise Unreadable(f"{path} 是文件夹。请指定其中的一个文件。") from None
    except PermissionError:
        raise Unreadable(f"没有读取 {path} 的权限。请换一个账户，或修改文件权限。") from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise Unreadable(f"{path} 的压缩内容不完整或已损坏（{fault}）。请重新导出或重新传输。") from None
    except OSError as fault:
        raise Unreadable(f"文件 {path} 无法读取（{fault.strerror or fault}）。") from None


def read_input(
    source: LineSource, vocabulary: Vocabulary, *, processes: int, progress: Progress = lambda *_: None
) -> CheckInput:
    """Read and validate everything; with any error there are no matters to judge."""
    found = CheckInput()
    across = AcrossLines()
    voiding: list[tuple[int, str, str, str]] = []
    for (start, lines), (heads, errors) in _validated(source, vocabulary, processes):
        found.errors.extend(errors)
        if len(found.errors) >= MAX_ERRORS:
            break
        for number, (line, head) in enumerate(zip(lines, heads, strict=True), start=start):
            if head is None:
                continue
            event, matter, kind, voids, party, act = head
            clash = across.clash_of(event, matter, kind, line, number)
            if clash is not None:
                found.errors.append(clash)
            elif across.is_new:
                found._add(matter, number, line, party, act)
                if voids is not None:
                    voiding.append((number, event, matter, voids))
        progress("读取并核对", start + len(lines) - 1, 0)
    if not found.errors:
        found.errors = [
            bad_void(number, event, target)
            for number, event, matter, target in voiding
            if across.matter_of(target) != matter
        ]
    found.errors.sort(key=lambda error: error.line)
    del found.errors[MAX_ERRORS:]
    return found


def _validated(
    source: LineSource, vocabulary: Vocabulary, processes: int
) -> Iterator[tuple[Block, tuple[list[Head | None], list[InputError]]]]:
    """Blocks of lines with what validation says of them, in order."""
    global _vocabulary
    _vocabulary = vocabulary
    blocks = _blocks(source)
    few = list(islice(blocks, FEW_BLOCKS))
    if len(few) < FEW_BLOCKS or processes < 2:
        yield from ((block, _validate(block)) for block in chain(few, blocks))
        return
    yield from answered(_validate, chain(few, blocks), processes=processes)


def _blocks(source: LineSource) -> Iterator[Block]:
    lines = bounded_lines(cast(BinaryIO, source))  # which asks it for lines and nothing else
    start = 1
    while block := list(islice(lines, BLOCK)):
        yield start, block
        start += len(block)


_vocabulary: Vocabulary


def _validate(block: Block) -> tuple[list[Head | None], list[InputError]]:
    start, lines = block
    heads: list[Head | None] = []
    errors: list[InputError] = []
    for number, line in enumerate(lines, start=start):
        document, wrong = read_line(_vocabulary, line, number)
        errors += wrong
        if document is None:
            heads.append(None)
            continue
        data = document.get("data") or {}
        voids = data["voids"] if document["activity"] == "event_voided" else None
        party, violation = data.get("party") or {}, data.get("violation") or {}
        affair = party.get("id"), violation.get("act")
        heads.append((document["id"], document["matter"], document["kind"], voids, *affair))
        if len(errors) >= MAX_ERRORS:
            heads += [None] * (len(lines) - len(heads))
            break
    return heads, errors

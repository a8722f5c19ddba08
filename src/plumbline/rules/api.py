"""Judging a log from a program or a notebook: words, a mapping, rules, verdicts. For people who write rules of their own.

    log = read_log("fines.parquet", MAPPING, vocabulary=WORDS)
    for verdict in judge([RULE], log, as_of=date(2013, 6, 18)):
        print(verdict.matter, verdict.verdict, verdict.due)
    write_report([RULE], log, as_of=date(2013, 6, 18), out="fines.html")

``docs/how-to/judge-another-log.md`` goes through it. Nothing here knows the platform or its database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plumbline.law import Calendar
from plumbline.lawbook import RuleFacts
from plumbline.vocabulary import (
    MAX_ERRORS,
    Registers,
    Vocabulary,
    end_of,
    extended_vocabulary,
    load_vocabulary,
)

from .book import RuleBook
from .check_input import CheckInput, opened, read_input
from .judging import Judging
from .logs import LogFault, LogMapping, is_log, lines_of_log, load_mapping, read_mapping
from .output import output
from .reports import About, Totals, begun, formats
from .rule import Rule
from .verdict import Verdict


@dataclass(frozen=True)
class EventLog:
    """A log that was read and found right: its matters with their events, held as lines.

    ``left_out`` counts, by name, the log's activities that the mapping does not name.
    """

    name: str
    vocabulary: Vocabulary
    input: CheckInput
    left_out: Mapping[str, int]

    @property
    def matters(self) -> int:
        return len(self.input.matters)

    @property
    def events(self) -> int:
        return self.input.events


def vocabulary(
    kind: str,
    activities: Mapping[str, Mapping[str, str]],
    *,
    enums: Mapping[str, Sequence[str]] | None = None,
) -> Vocabulary:
    """The contract's words and those of a log of its own kind: each activity with its fields and their types.

    Types are the contract's (``int``, ``bool``, ``text``, ``date``, ``id`` …), a name in ``enums``, or a list (``[id]``);
    a ``?`` after a type allows a null, which says that there is none. A word that the contract has already is refused.
    """
    known = {name: {value: value for value in values} for name, values in (enums or {}).items()}
    return extended_vocabulary(
        {
            "enums": {"kind": {kind: kind}, **known},
            "activities": {
                name: {
                    "zh": name,
                    "kinds": [kind],
                    "data": {field: {"type": type_name, "zh": field} for field, type_name in fields.items()},
                }
                for name, fields in activities.items()
            },
        }
    )


def duty(
    rule_id: str, *, source: str, article: str = "", severity: str = "yellow", bound: str = "agency"
) -> RuleFacts:
    """Where a rule that stands in no lawbook comes from: a paper, a contract, a handbook. In force at all times.

    ``severity`` is red, yellow or blue; ``bound`` says whom it binds (agency or party).
    """
    return RuleFacts(
        id=rule_id,
        law=source,
        article=article,
        area="",
        trigger="",
        requirement="",
        limit="",
        n=None,
        unit="",
        extend="",
        suspend="",
        severity=severity,
        effective_from=None,
        effective_to=None,
        tier="X",
        domain="",
        core=False,
        bound=bound,
        dates_verified=True,
    )


def read_log(
    path: str | Path,
    mapping: str | Path | LogMapping | Mapping[str, Any] | None = None,
    *,
    vocabulary: Vocabulary | None = None,
    every: int = 1,
    processes: int = 1,
) -> EventLog:
    """Read a log (XES, CSV, Parquet) by a mapping, or a file of events (JSON Lines) without one.

    ``mapping`` is a YAML file or a dictionary with the same keys; ``vocabulary`` the words it maps to (else those the
    YAML names, else the contract's). ``every=10`` keeps every tenth matter, in the order of the file, for a first look.
    Raises LogFault at the first thing that is wrong, and says where.
    """
    place = Path(path)
    known = _mapping(mapping, vocabulary)
    words = vocabulary or (known.vocabulary if known else load_vocabulary())
    left_out: Mapping[str, int] = {}
    if known is None and not is_log(place):
        with opened(place) as source:
            read = read_input(source, words, processes=processes)
    else:
        lines = lines_of_log(place, known, every=every)
        read, left_out = read_input(lines, words, processes=processes), lines.done.unmapped
    if read.errors:
        first, more = read.errors[0], len(read.errors) - 1
        count = f"（另有 {more}{' 处以上' if more + 1 >= MAX_ERRORS else ' 处'}）" if more else ""
        raise LogFault(f"{first.message_zh}{count}。{first.message_en}")
    return EventLog(place.name, words, read, dict(left_out))


def judge(
    rules: Iterable[Rule],
    log: EventLog,
    *,
    as_of: date | datetime,
    registers: Registers | None = None,
    calendar: Calendar | None = None,
) -> Iterator[Verdict]:
    """The verdicts of some rules on every matter of a log, as the history stood at the end of ``as_of``.

    They come matter by matter, sorted by rule and subject. ``calendar`` is needed for working days only; without one,
    what needs a working day is ``unknown``.
    """
    return _judging(rules, log, as_of, registers, calendar).verdicts()


def write_report(
    rules: Iterable[Rule],
    log: EventLog,
    *,
    as_of: date | datetime,
    out: str | Path,
    format: str | None = None,
    registers: Registers | None = None,
    calendar: Calendar | None = None,
    processes: int = 1,
) -> Totals:
    """Judge and write a report; the end of the file's name says the format (csv, xlsx, html, xes, jsonl, parquet) unless given.

    The file is there only when it is whole. Returns what was counted.
    """
    place = Path(out)
    known = formats()
    chosen = format or next((n for n, r in known.items() if place.suffix.lower() in r.suffixes), None)
    if chosen not in known:
        raise ValueError(f"no format for {place.name}; there are {', '.join(known)}")
    judging = _judging(rules, log, as_of, registers, calendar)
    with output(place) as opened_:
        report = known[chosen](judging.about)
        with begun(report, opened_.sink, opened_.scratch):
            return judging.write(report, processes=processes)


def _judging(
    rules: Iterable[Rule],
    log: EventLog,
    as_of: date | datetime,
    registers: Registers | None,
    calendar: Calendar | None,
) -> Judging:
    stated = registers or Registers.none()
    book = rules if isinstance(rules, RuleBook) else RuleBook(rules)
    about = About(
        source=log.name,
        as_of=end_of(as_of),
        as_of_text=as_of.isoformat(),
        packs=tuple(rule.id for rule in book.rules),
        book=book,
        vocabulary=log.vocabulary,
        registers=stated,
        calendar=calendar or Calendar.from_registers(stated.holidays),
        has_law_texts=False,
    )
    return Judging(input=log.input, about=about)


def _mapping(
    given: str | Path | LogMapping | Mapping[str, Any] | None, words: Vocabulary | None
) -> LogMapping | None:
    if given is None or isinstance(given, LogMapping):
        return given
    if isinstance(given, Mapping):
        return read_mapping(given, words or load_vocabulary())
    return load_mapping(Path(given), words)

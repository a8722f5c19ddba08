"""The finished program as one array: where the rules, the registers, the calendar and the constants lie in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from plumbline.vocabulary import MISSING

from . import opcodes as op
from .encoding import packed, scalar
from .fusing import fuse
from .kinds import CODE, Kind

if TYPE_CHECKING:
    from .program import Layout, Program


def finished(program: Program) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Everything as one array of integers; the program can be written no further."""
    fuse(program)
    for place, words in program.widths:
        program.code[place] = words()
    for place, words in program.memory_widths:
        program.memory[place] = words()
    _place_registers(program)
    _place_calendar(program)
    memory = program.memory
    rules = program.reserve(len(program.rules) * op.RULE_WORDS)
    for number, (entry, subjects, kinds) in enumerate(program.rules):
        here = rules + number * op.RULE_WORDS
        memory[here : here + op.RULE_WORDS] = [
            entry,
            program.constants(subjects),
            len(subjects),
            program.constants(kinds),
            len(kinds),
            *_needs(program, number),
        ]
    memory[op.P_RULES], memory[op.P_RULE] = len(program.rules), rules
    memory[op.P_ACTIVITIES] = len(program.activities)
    memory[op.P_ACTIVITY_CODE] = program.constants(program.dictionary.number(a) for a in program.activities)
    memory[op.P_KIND_CODE] = program.constants(program.dictionary.number(k) for k in program.kinds)
    memory[op.P_VERDICT_CODE] = program.constants(program.dictionary.number(v) for v in op.VERDICTS)
    memory[op.P_DOMAIN] = program.constants(program.attribute_path("domain")[:2])
    memory[op.P_DAY_KIND] = _place_day_kinds(program)
    memory[op.P_SLOT] = _place_slots(program)
    memory[op.P_BIT] = program.constants(program.bits.get(a, 0) for a in program.activities.values())
    memory[op.P_CODE] = len(memory)
    return np.array(memory + program.code, dtype=np.int64)


def _needs(program: Program, number: int) -> tuple[int, int]:
    """Whether a rule writes down intervals, and whether it keeps notes. Its code ends where the next rule's begins."""
    ends = [entry for entry, _, _ in program.rules[number + 1 :]] or [len(program.code)]
    codes = program.code[program.rules[number][0] : ends[0] : op.WIDTH]
    notes = any(code >= op.FIRST_OF_CLOCK or code in op.WITH_NOTES for code in codes)
    return int(not op.WITH_INTERVALS.isdisjoint(codes)), int(notes)


def _place_slots(program: Program) -> int:
    slots = [-1] * (len(program.paths) * len(program.activities))
    layouts = program.layouts()
    for name, number in program.activities.items():
        for slot, path in enumerate(layouts[name]):
            slots[program.paths[path] * len(program.activities) + number] = slot
    return program.constants(slots)


def _place_calendar(program: Program) -> None:
    calendar = program.calendar
    if calendar is None:
        program.memory[op.P_CALENDAR] = program.constants([0, 0, 0, 0])
        return
    first, last = calendar.covers_from.toordinal(), calendar.covers_to.toordinal()
    through, working = calendar.tables()
    program.memory[op.P_CALENDAR] = program.constants([1, first, last, len(working), *through, *working])


def _place_day_kinds(program: Program) -> int:
    """What each day of the calendar is, if some rule asks."""
    calendar = program.calendar
    if calendar is None or not program.asks_for_day_kinds:
        return 0
    days = range(calendar.covers_from.toordinal(), calendar.covers_to.toordinal() + 1)
    return program.constants(
        program.dictionary.number(calendar.kind(date.fromordinal(d)).value) for d in days
    )


def _place_registers(program: Program) -> None:
    """Rows and their indexes. Encoding the rows may name further layouts, never further columns."""
    for (register, key), place in program.indexes.items():
        stated = program.registers.stated(register)
        by_key: dict[int, list[int]] = {}
        layout = program.rows[register]
        for address in _row_addresses(program, register):
            number = program.memory[(address ^ op.IN_PROGRAM) + list(layout.kinds).index(key)]
            by_key.setdefault(op.NULL if number == op.UNKNOWN else number, []).append(address)
        keys = sorted(by_key)
        starts, addresses = [0], []
        for number in keys:
            addresses += by_key[number]
            starts.append(len(addresses))
        slots = [
            list(layout.kinds).index(name) if name in layout.kinds else -1
            for name in ("valid_from", "valid_to")
        ]
        program.memory[place : place + 7] = [
            int(stated),
            len(keys),
            program.constants(keys),
            program.constants(starts),
            program.constants(addresses),
            *slots,
        ]


def _row_addresses(program: Program, register: str) -> list[int]:
    placed = program.placed_rows
    if register not in placed:
        rows = program.registers.rows(register) if program.registers.stated(register) else []
        placed[register] = [_record(program, row, program.rows[register]) | op.IN_PROGRAM for row in rows]
    return placed[register]


def _record(program: Program, row: Mapping[str, Any], layout: Layout) -> int:
    values = [_value(program, row, path, kind) for path, kind in list(layout.kinds.items())]
    place = program.reserve(max(1, len(values)))
    program.memory[place : place + len(values)] = values
    return place


def _value(program: Program, row: Mapping[str, Any], path: str, kind: Kind) -> int:
    from ..nodes.field import walk

    value = walk(row, tuple(path.split(".")))
    if value is MISSING:
        return op.UNKNOWN
    if value is None:
        return op.NULL
    if kind.what != "list":
        return scalar(value, kind, program.dictionary)
    inner = kind.inner or CODE
    if inner.what != "object":
        place = program.constants([scalar(each, inner, program.dictionary) for each in value])
        return packed(place | op.IN_PROGRAM, len(value))
    layout = program.elements[inner.name]
    width = max(1, len(layout.kinds))
    place = program.reserve(width * len(value))
    for number, element in enumerate(value):
        held = [_value(program, element, p, k) for p, k in list(layout.kinds.items())]
        program.memory[place + number * width : place + number * width + len(held)] = held
    return packed(place | op.IN_PROGRAM, len(value))

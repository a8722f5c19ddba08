"""Instructions that often follow each other as one: the first of them does the work of all and goes on behind the last.

The others stay where they are, so no target moves. What is read together is the same as what it stands for; the comparison
with the reader of one matter goes over both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import opcodes as op

if TYPE_CHECKING:
    from .program import Program

W = op.WIDTH


def fuse(program: Program) -> None:
    """Put one instruction in the place of each sequence that has one."""
    for place in range(0, len(program.code), W):
        _fuse_pick(program, place) or _fuse_count(program, place)


def _codes(program: Program, place: int, number: int) -> list[int]:
    return program.code[place : place + number * W : W]


def _is_plain(program: Program, selection: int) -> bool:
    """A search without joined fields, for events on one side of the subject or anywhere."""
    memory = program.memory
    return memory[selection + op.L_JOINS] == 0 and memory[selection + op.L_PLACE] <= op.AFTER


def _fuse_pick(program: Program, place: int) -> bool:
    """A field or the date of the first or last event found, with a fixed value where there is none."""
    code = program.code
    found = _codes(program, place, 6)
    value, end = place + 2 * W, place + 6 * W
    if found[:2] + found[3:] != [op.FIND, op.END_PICK, op.END_PICKED, op.JUMP, op.CONST]:
        return False
    if found[2] == op.IT_FIELD and code[value + 1] >= 0:
        path = code[value + 1]
    elif found[2] == op.DAY and code[value + 1] == 1:
        path = -1
    else:
        return False
    targets = (code[place + W + 2], code[place + W + 3], code[place + 4 * W + 1])
    if targets != (end, end - W, end) or not _is_plain(program, code[place + 1]):
        return False
    if any(place < target < end - W for target in program.targets):
        return False
    code[place : place + W] = [op.PICKED_VALUE, code[place + 1], code[place + W + 1], path, end]
    return True


def _fuse_count(program: Program, place: int) -> bool:
    """Natural days that nothing interrupts, extends or rolls on, until one search finds what stops them."""
    code = program.code
    if _codes(program, place, 3) != [op.RECKON, op.STOP_PLAIN, op.AGAINST]:
        return False
    days, unit, roll = code[place + 1 : place + 4]
    selection, flag = code[place + W + 1 : place + W + 3]
    if unit != op.CD or roll or not _is_plain(program, selection):
        return False
    if program.targets & {place + W, place + 2 * W} or not _counts_alone(program, place):
        return False
    code[place : place + W] = [op.COUNT_PLAIN, days, selection, flag, code[place + 2 * W + 1]]
    return True


def _counts_alone(program: Program, place: int) -> bool:
    """Whether nothing before in the rule gathers intervals or has found a stop already."""
    entry = max(entry for entry, _, _ in program.rules if entry <= place)
    before = program.code[entry:place:W]
    return (op.WITH_INTERVALS | {op.STOP_FIRST, op.STOP_PLAIN, op.COUNT_PLAIN, op.AGAINST}).isdisjoint(before)

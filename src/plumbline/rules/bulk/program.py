"""The flat program: rules written down as instructions, with the constants they use.

The operators' files say which instructions stand for them (``emit``); this is the desk they write on. What an
expression leaves on the stack has a kind, so that a text is never compared with a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plumbline.law.calendar import Calendar
from plumbline.vocabulary import Registers, Vocabulary

from . import opcodes as op
from .encoding import Dictionary, packed, scalar
from .kinds import (
    BOOL,
    CODE,
    INT,
    MOMENT,
    NOTHING,
    Kind,
    NotInColumns,
    field_kind,
    fields_of,
    kind_at,
    one_kind,
)

if TYPE_CHECKING:
    from ..expression import Expression
    from ..nodes.selection import Selection

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Layout:
    """Which paths of a record are kept, in the order of their places."""

    kinds: dict[str, Kind] = field(default_factory=dict)

    def slot(self, path: str, kind: Kind) -> int:
        self.kinds.setdefault(path, kind)
        return list(self.kinds).index(path)


@dataclass(frozen=True)
class Around:
    """What ``it`` and ``item`` stand for at this place of a rule."""

    subject: tuple[str, ...] = ()
    it: str = ""
    it_activities: tuple[str, ...] = ()
    it_register: str = ""
    item: Kind | None = None


class Program:
    """A program under construction. ``finished`` gives the one array that the kernel reads."""

    def __init__(self, vocabulary: Vocabulary, registers: Registers, calendar: Calendar | None) -> None:
        self.vocabulary = vocabulary
        self.registers = registers
        self.calendar = calendar
        self.dictionary = Dictionary()
        self.activities = {name: number for number, name in enumerate(sorted(vocabulary.activities))}
        self.kinds = {name: number for number, name in enumerate(sorted(vocabulary.kinds))}
        self.paths: dict[tuple[str, Kind], int] = {}
        self.attributes: dict[str, int] = {}
        self.bits: dict[int, int] = {}
        self.elements: dict[str, Layout] = {}
        self.rows: dict[str, Layout] = {}
        self.joined: dict[Any, int] = {}
        self.joined_at: dict[Any, set[str]] = {}
        self.overlays: list[str] = []
        self.code: list[int] = []
        self.targets: set[int] = set()
        self.memory: list[int] = [0] * op.P_HEADER
        self.rules: list[tuple[int, list[int], list[int]]] = []
        self.around = Around()
        self.asks_for_day_kinds = False
        self.needs_ids = False
        self.clock_runs = False
        self.widths: list[tuple[int, Callable[[], int]]] = []
        self.memory_widths: list[tuple[int, Callable[[], int]]] = []
        self._power_items: int | None = None
        self.placed_rows: dict[str, list[int]] = {}
        self.indexes: dict[tuple[str, str], int] = {}
        self._constants: dict[tuple[int, ...], int] = {}

    # -- writing -------------------------------------------------------------------------------------------------------

    def op(self, code: int, a: int = 0, b: int = 0, c: int = 0, d: int = 0) -> int:
        """One instruction; gives its place, for filling in a target later."""
        place = len(self.code)
        self.code += (code, a, b, c, d)
        return place

    def here(self) -> int:
        """The place of the next instruction: what a jump goes to."""
        return len(self.code)

    def land(self, place: int, operand: int) -> None:
        """Let an operand of the instruction at ``place`` name the next instruction."""
        self.code[place + operand] = self.here()
        self.targets.add(self.here())

    def constants(self, values: Iterable[int]) -> int:
        """The address of some numbers, each sequence kept once."""
        wanted = tuple(values)
        found = self._constants.get(wanted)
        if found is None:
            found = self._constants[wanted] = self.reserve(len(wanted))
            self.memory[found : found + len(wanted)] = wanted
        return found

    def reserve(self, words: int) -> int:
        place = len(self.memory)
        self.memory += [0] * words
        return place

    # -- what surrounds an expression ----------------------------------------------------------------------------------

    @contextmanager
    def where(self, **changes: Any) -> Iterator[None]:
        """Within it, ``it`` or ``item`` stands for something else."""
        outer = self.around
        self.around = Around(**{**outer.__dict__, **changes})
        try:
            yield
        finally:
            self.around = outer

    def candidates(self, activities: tuple[str, ...]) -> Any:
        """``it`` is an event of these activities."""
        return self.where(it="event", it_activities=activities)

    # -- values --------------------------------------------------------------------------------------------------------

    def emit(self, part: Expression) -> Kind:
        return part.emit(self)

    def condition(self, part: Expression) -> None:
        """An expression that answers yes or no."""
        kind = self.emit(part)
        if kind.what not in {"bool", "nothing"}:
            raise NotInColumns(f"a condition is wanted and {part.phrase()} is a {kind}")

    def emit_like(self, part: Expression, kind: Kind) -> Kind:
        """An expression that has to give a value of a kind; a fixed value is read as one."""
        from ..nodes.literal import Literal

        if isinstance(part, Literal):
            return self.literal(part.value, kind)
        return one_kind(self.emit(part), kind)

    def literal(self, value: Any, like: Kind | None = None) -> Kind:
        """Push a fixed value; ``like`` is the kind of what it is compared with."""
        number, kind = self.encoded(value, like)
        self.op(op.CONST, number)
        return kind

    def encoded(self, value: Any, like: Kind | None = None) -> tuple[int, Kind]:
        """A fixed value as a number, with its kind."""
        if value is None:
            return op.NULL, like or NOTHING
        if isinstance(value, bool):
            return int(value), BOOL
        if isinstance(value, int):
            return value, INT
        if isinstance(value, str):
            kind = like if like is not None and like.what in {"code", "moment"} else None
            kind = kind or (MOMENT if _DATE.fullmatch(value) else CODE)
            return scalar(value, kind, self.dictionary), kind
        if isinstance(value, (tuple, list, frozenset)):
            inner = like.inner if like is not None else None
            elements = [self.encoded(each, inner) for each in value]
            kinds = {kind for _, kind in elements}
            if len(kinds) > 1:
                raise NotInColumns(f"a list of different kinds: {value}")
            place = self.constants([number for number, _ in elements])
            return packed(place | op.IN_PROGRAM, len(elements)), Kind(
                "list", next(iter(kinds), inner or CODE)
            )
        raise NotInColumns(f"a fixed value of {type(value).__name__}")

    def paths_of(self, path: str, activities: Sequence[str]) -> list[tuple[int, Kind]]:
        """The numbers of a path in the data of some activities, one for each kind of value it has there."""
        kinds = (field_kind(self.vocabulary, name, path) for name in activities)
        found = dict.fromkeys(kind for kind in kinds if kind is not None)
        for kind in found:
            self.element_layout(kind)
        return [(self.paths.setdefault((path, kind), len(self.paths)), kind) for kind in found]

    def path(self, path: str, activities: Sequence[str]) -> tuple[int, Kind]:
        """The number of a path in the data of some activities (-1 where none has it), and its kind there."""
        found = self.paths_of(path, activities)
        if len(found) > 1:
            raise NotInColumns(f"{path} is not the same kind of value in {'、'.join(activities)}")
        return found[0] if found else (-1, NOTHING)

    def element_layout(self, kind: Kind) -> Layout | None:
        """The layout of a list's elements, when they are objects."""
        inner = kind.inner if kind.what == "list" else kind
        if inner is None or inner.what != "object":
            return None
        return self.elements.setdefault(inner.name, Layout())

    def element_slot(self, kind: Kind, path: str) -> tuple[int, Kind]:
        """The place of a path in a list's element."""
        in_registers = kind.name.startswith("registers.")
        found = kind_at(self.vocabulary, fields_of(self.vocabulary, kind), path, in_registers=in_registers)
        if found is None:
            raise NotInColumns(f"{kind} has no {path}")
        self.element_layout(found)
        return self.elements.setdefault(kind.name, Layout()).slot(path, found), found

    def row_slot(self, register: str, path: str) -> tuple[int, Kind]:
        """The place of a column in the rows of a register."""
        found = kind_at(self.vocabulary, self.vocabulary.registers[register], path, in_registers=True)
        if found is None:
            raise NotInColumns(f"the register {register} has no {path}")
        self.element_layout(found)
        return self.rows.setdefault(register, Layout()).slot(path, found), found

    def attribute(self, name: str) -> int:
        return self.attributes.setdefault(name, len(self.attributes))

    def attribute_path(self, path: str) -> tuple[int, int, Kind]:
        """The numbers of a case attribute and of a path in it, and its kind; it may stand in any activity."""
        name = path.partition(".")[0]
        stating = [a.name for a in self.vocabulary.activities.values() if name in a.fields]
        number, kind = self.path(path, stating)
        return self.attribute(name), number, kind

    def width(self, kind: Kind | None) -> Callable[[], int]:
        """The words of a list's element; known once every rule is written."""
        if kind is None or kind.what != "object":
            return lambda: 1
        layout = self.elements.setdefault(kind.name, Layout())
        return lambda: max(1, len(layout.kinds))

    def later(self, place: int, operand: int, words: Callable[[], int]) -> None:
        """Fill in the width of an element when all layouts are known."""
        self.widths.append((place + operand, words))

    # -- selections ----------------------------------------------------------------------------------------------------

    def selection(self, wanted: Selection) -> int:
        """The address of what a search goes by, but for its condition."""
        numbers = [self.activities[name] for name in wanted.activities]
        mask = 0
        if len(numbers) != 1:
            flags = [int(n in numbers) for n in range(len(self.activities))]
            mask = self.constants(flags)
        same = []
        for name in wanted.same:
            here, kind = self.path(name, self.around.subject)
            there, other = self.path(name, wanted.activities)
            if here >= 0 and there >= 0 and kind != other:
                raise NotInColumns(f"{name} is another kind of value in the subject")
            same += [there, here]
        place = op.PLACES.index(wanted.place)
        only = numbers[0] if len(numbers) == 1 else -1
        return self.constants([only, mask, place, self.bits_of(numbers), len(wanted.same), *same])

    def bits_of(self, activities: Sequence[int]) -> int:
        """The bits of some activities, which get one now if they have none; 0 when there are no more bits to give."""
        for number in activities:
            if number not in self.bits and len(self.bits) < op.BITS:
                self.bits[number] = 1 << len(self.bits)
        if not all(number in self.bits for number in activities):
            return 0
        return sum(self.bits[number] for number in set(activities))

    def search(
        self, wanted: Selection, *, one_is_enough: bool = False, then: Callable[[], object] | None = None
    ) -> None:
        """Open a frame and go through the events that match; ``then`` is written for each match.

        Leaves the frame open, with the number of matches, the first, the last, and whether one is uncertain.
        """
        place = self.selection(wanted)
        if wanted.where is None and then is None:
            self.op(op.FIND, place)
            return
        loop = self.op(op.LOOP, place)
        body = self.here()
        with self.candidates(wanted.activities):
            if wanted.where is not None:
                self.condition(wanted.where)
            else:
                self.op(op.CONST, 1)
            match = self.op(op.MATCH, 0, int(one_is_enough))
            if then is not None:
                then()
        self.land(match, 1)
        self.op(op.NEXT, body)
        self.land(loop, 2)

    def each_event(
        self, activity: str, then: Callable[[], None], *, when: Callable[[], None] | None = None
    ) -> None:
        """Write ``then`` for each event of an activity in the matter, where ``when`` leaves a yes on the stack."""
        number = self.activities[activity]
        place = self.constants([number, 0, op.PLACES.index("anywhere"), self.bits_of([number]), 0])
        loop = self.op(op.LOOP, place)
        body = self.here()
        with self.candidates((activity,)):
            if when is not None:
                when()
            else:
                self.op(op.CONST, 1)
            match = self.op(op.MATCH)
            then()
        self.land(match, 1)
        self.op(op.NEXT, body)
        self.land(loop, 2)
        self.op(op.CLOSE)

    @contextmanager
    def running_clock(self) -> Iterator[None]:
        """Within it, a count stands in the pad and must not be overwritten by another."""
        outer, self.clock_runs = self.clock_runs, True
        yield
        self.clock_runs = outer

    # -- registers -----------------------------------------------------------------------------------------------------

    def index(self, register: str, key: str) -> tuple[int, Kind]:
        """The address of a register's rows by a column, and the kind of the column."""
        _, kind = self.row_slot(register, key)
        self.row_slot(register, "valid_from") if "valid_from" in self.vocabulary.registers[register] else None
        self.row_slot(register, "valid_to") if "valid_to" in self.vocabulary.registers[register] else None
        place = self.indexes.get((register, key))
        if place is None:
            place = self.indexes[(register, key)] = self.reserve(7)
        return place, kind

    def power_items(self) -> int:
        """The address of what the comparison of an item's versions reads (see ``kernel.required_version``)."""
        if self._power_items is None:
            index, _ = self.index("power_items", "item")
            ranges, held = self.row_slot("power_items", "ranges")
            inner = held.inner or NOTHING
            bounds = [self.element_slot(inner, n)[0] for n in ("party", "max", "min", "max_rate", "min_rate")]
            parties = [self.dictionary.number(n) for n in ("natural_person", "organization", "any")]
            item, violation, party = (
                self.attribute_path(path)[:2] for path in ("item", "violation.ended_on", "party.kind")
            )
            words = [index, *item, 0, ranges, *bounds, *parties, 0, *violation, *party]
            self._power_items = self.reserve(len(words))
            self.memory[self._power_items : self._power_items + len(words)] = words
            self.memory_widths.append((self._power_items + 13, self.width(inner)))
        return self._power_items

    # -- rules ---------------------------------------------------------------------------------------------------------

    def rule(self, entry: int, subjects: Sequence[str], kinds: Sequence[str]) -> None:
        self.rules.append(
            (
                entry,
                [self.activities[name] for name in subjects if name in self.activities],
                [self.kinds[name] for name in kinds],
            )
        )

    def join(self, node: Any) -> int:
        """The column of a fact that is worked out before the kernel runs, because it looks beyond the matter."""
        self.joined_at.setdefault(node, set()).update(self.around.subject)
        return self.joined.setdefault(node, len(self.joined))

    def layouts(self) -> Mapping[str, list[tuple[str, Kind]]]:
        """For each activity the paths of its events that some rule reads, in the order of their places."""
        held: dict[str, list[tuple[str, Kind]]] = {}
        for name in self.activities:
            held[name] = [
                each for each in self.paths if field_kind(self.vocabulary, name, each[0]) == each[1]
            ]
        return held

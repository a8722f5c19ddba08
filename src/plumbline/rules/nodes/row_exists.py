"""Whether a register has a row: by key, in force on the subject's date, and by a condition on ``it``.

A register not stated leaves the answer unknown. In a *complete* register a row not found does not exist; in a *lookup*
register an entry not found is not stated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import in_force_on

from ..bulk import opcodes as op
from ..bulk.kinds import BOOL, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import path_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class RowExists(Expression):
    register: str
    key: str
    value: Expression
    where: Expression | None = None
    dated: bool = True

    def compile(self) -> Value:
        return self._by_key() if self.where is None else self._by_condition()

    def _by_condition(self) -> Value:
        find = compile_rows(self)
        name = self.register

        def value(scope: Scope) -> Any:
            rows, unknown, entry = find(scope)
            if rows:
                return True
            if unknown is None and not entry and name not in scope.registers.complete:
                return Unknown(f"registers.{name}.{self.key}")
            return False if unknown is None else unknown

        return value

    def _by_key(self) -> Value:
        """As above without a condition: the shape that is asked of every officer in every step."""
        name, key, dated, wanted = self.register, self.key, self.dated, self.value.compile()
        not_stated, no_entry = Unknown(f"registers.{name}"), Unknown(f"registers.{name}.{key}")

        def value(scope: Scope) -> Any:
            registers = scope.registers
            if name not in registers.document:
                return not_stated
            sought = wanted(scope)
            if sought.__class__ is Unknown:
                return sought
            entries = registers.where(name, key, sought)
            if not entries:
                return False if name in registers.complete else no_entry
            if not dated:
                return True
            day = scope.subject.on.isoformat()
            for row in entries:  # in_force, without a call for each row
                if row["valid_from"] <= day:
                    until = row.get("valid_to")
                    if until is None or day <= until:
                        return True
            return False

        return value

    def emit(self, program: Program) -> Kind:
        complete = int(self.register in program.registers.complete)
        if self.where is None:
            index = emit_key(program, self)
            program.op(op.KEY_EXISTS, index, int(self.dated), complete)
            return BOOL
        loop_over_rows(program, self)
        program.op(op.END_ROW_EXISTS, complete)
        return BOOL

    def children(self) -> Sequence[Expression]:
        return (self.value,)

    def reads(self) -> Iterator[str]:
        yield f"registers.{self.register}.{self.key}"
        yield from self.value.reads()
        if self.where is not None:
            for path in self.where.reads():
                head, _, rest = path.partition(".")
                yield f"registers.{self.register}.{rest}" if head == "it" else path

    def activities(self) -> Iterator[str]:
        yield from super().activities()
        if self.where is not None:
            yield from self.where.activities()

    def phrase(self) -> str:
        condition = f"且{self.where.phrase()}" if self.where is not None else ""
        return f"{path_zh('registers.' + self.register)}当日有{self.value.phrase()}的有效记录{condition}"


def compile_rows(node: Any) -> Any:
    """Rows of ``node.register`` that match, what is unknown, and whether the key has any row at all."""
    name, key, dated = node.register, node.key, node.dated
    wanted = node.value.compile()
    where = node.where.compile() if node.where is not None else None
    not_stated = Unknown(f"registers.{name}")

    def find(scope: Scope) -> tuple[list[Any], Unknown | None, bool]:
        if not scope.registers.stated(name):
            return [], not_stated, False
        value = wanted(scope)
        if value.__class__ is Unknown:
            return [], value, False
        entries = scope.registers.where(name, key, value)
        if dated and entries:
            day = scope.subject.on.isoformat()
            valid = [row for row in entries if in_force_on(row, day)]
        else:
            valid = entries
        if where is None or not valid:
            return valid, None, bool(entries)
        matching: list[Any] = []
        unknown: Unknown | None = None
        outer = scope.it
        for row in valid:
            scope.it = row
            answer = where(scope)
            if answer is True:
                matching.append(row)
            elif answer.__class__ is Unknown:
                named = Unknown(*(p.replace("registers.", f"registers.{name}.", 1) for p in answer.paths))
                unknown = named if unknown is None else unknown.joined(named)
        scope.it = outer
        return matching, unknown, bool(entries)

    return find


def emit_key(program: Program, node: Any) -> int:
    """Push the key that ``node`` looks up; gives the address of the register's index."""
    index, kind = program.index(node.register, node.key)
    program.emit_like(node.value, kind)
    return index


def loop_over_rows(program: Program, node: Any) -> None:
    """Go through the rows of ``node.register`` with its key, in force that day if it is dated, that meet its condition."""
    index = emit_key(program, node)
    loop = program.op(op.LOOP_ROWS, index, int(node.dated))
    body = program.here()
    with program.where(it="row", it_register=node.register):
        if node.where is None:
            program.op(op.CONST, 1)
        else:
            program.condition(node.where)
    match = program.op(op.MATCH)
    program.land(match, 1)
    program.op(op.NEXT, body)
    program.land(loop, 3)

"""A field of the subject event (``field``) or of the candidate of a selection (``it``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import MISSING, Event

from ..bulk import opcodes as op
from ..bulk.kinds import CODE, NOTHING, Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import field_zh

if TYPE_CHECKING:
    from ..bulk.program import Program


def walk(value: Any, parts: tuple[str, ...]) -> Any:
    """The value under a nested path; MISSING when some part is not stated, None when some part is known not to exist."""
    for part in parts:
        if value is None or value is MISSING:
            return value
        value = value.get(part, MISSING)
    return value


@dataclass(frozen=True)
class Field(Expression):
    """``path`` in the data of the subject event."""

    path: str

    def compile(self) -> Value:
        parts = tuple(self.path.split("."))
        path = self.path
        if len(parts) == 1:

            def read(scope: Scope) -> Any:
                value = scope.subject.data.get(path, MISSING)
                return Unknown(f"{scope.subject.activity}.{path}") if value is MISSING else value

            return read

        def read_nested(scope: Scope) -> Any:
            value = walk(scope.subject.data, parts)
            return Unknown(f"{scope.subject.activity}.{path}") if value is MISSING else value

        return read_nested

    def compile_then(self, test: Callable[[Any], Any]) -> Value:
        path = self.path
        if "." in path:
            return super().compile_then(test)

        def tested(scope: Scope) -> Any:
            value = scope.subject.data.get(path, MISSING)
            return Unknown(f"{scope.subject.activity}.{path}") if value is MISSING else test(value)

        return tested

    def emit(self, program: Program) -> Kind:
        path, kind = program.path(self.path, program.around.subject)
        if path < 0:
            program.op(op.CONST, op.UNKNOWN)
        else:
            program.op(op.FIELD, path)
        return kind

    def reads(self) -> Iterator[str]:
        yield f"subject.{self.path}"

    def phrase(self) -> str:
        return field_zh(self.path)


@dataclass(frozen=True)
class ItField(Expression):
    """``path`` of the candidate: an event's data, a register row's column, or an actor's ``id`` or ``role``."""

    path: str

    def compile(self) -> Value:
        parts = tuple(self.path.split("."))
        path = self.path

        nested = len(parts) > 1

        def read(scope: Scope) -> Any:
            it = scope.it
            if it.__class__ is Event:
                value = walk(it.data, parts) if nested else it.data.get(path, MISSING)
                return Unknown(f"{it.activity}.{path}") if value is MISSING else value
            value = walk(it, parts) if isinstance(it, dict) else getattr(it, path)
            return Unknown(f"registers.{path}") if value is MISSING else value

        return read

    def compile_then(self, test: Callable[[Any], Any]) -> Value:
        path = self.path
        otherwise = super().compile_then(test)
        if "." in path:
            return otherwise

        def tested(scope: Scope) -> Any:
            it = scope.it
            if it.__class__ is not Event:
                return otherwise(scope)
            value = it.data.get(path, MISSING)
            return Unknown(f"{it.activity}.{path}") if value is MISSING else test(value)

        return tested

    def emit(self, program: Program) -> Kind:
        around = program.around
        if around.it == "row":
            slot, kind = program.row_slot(around.it_register, self.path)
            program.op(op.ROW_FIELD, slot)
            return kind
        if around.it == "actor":
            program.op(op.ACTOR_FIELD, ("id", "role").index(self.path))
            return CODE
        path, kind = program.path(self.path, around.it_activities)
        program.op(op.IT_FIELD, path)
        return kind

    def reads(self) -> Iterator[str]:
        yield f"it.{self.path}"

    def phrase(self) -> str:
        return field_zh(self.path)


@dataclass(frozen=True)
class Item(Expression):
    """The element of the list that ``every`` or ``some`` goes through; ``path`` reads inside an object."""

    path: str = ""

    def compile(self) -> Value:
        parts = tuple(self.path.split(".")) if self.path else ()
        if not parts:
            return lambda scope: scope.item

        def read(scope: Scope) -> Any:
            value = walk(scope.item, parts)
            return Unknown(f"item.{self.path}") if value is MISSING else value

        return read

    def emit(self, program: Program) -> Kind:
        kind = program.around.item or NOTHING
        if kind == NOTHING:
            program.op(op.CONST, op.UNKNOWN)
            return NOTHING
        slot = 0
        if self.path:
            slot, kind = program.element_slot(kind, self.path)
        program.op(op.ITEM, slot)
        return kind

    def phrase(self) -> str:
        return field_zh(self.path) if self.path else "该项"

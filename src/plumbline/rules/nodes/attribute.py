"""A case attribute at the subject: item, domain, party, violation (own, else latest earlier, else first later)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plumbline.vocabulary import MISSING

from ..bulk import opcodes as op
from ..bulk.kinds import Kind
from ..expression import Expression, Value
from ..scope import Scope, Unknown
from ..words import field_zh
from .field import walk

if TYPE_CHECKING:
    from ..bulk.program import Program


@dataclass(frozen=True)
class Attribute(Expression):
    path: str

    def compile(self) -> Value:
        name, *rest = self.path.split(".")
        parts = tuple(rest)
        not_stated = Unknown(f"case.{self.path}")

        def read(scope: Scope) -> Any:
            value = scope.matter.attribute(name, scope.subject)
            if parts and value is not MISSING:
                value = walk(value, parts)
            return not_stated if value is MISSING else value

        return read

    def emit(self, program: Program) -> Kind:
        name, path, kind = program.attribute_path(self.path)
        program.op(op.ATTRIBUTE, name, path)
        return kind

    def reads(self) -> Iterator[str]:
        yield f"case.{self.path}"

    def phrase(self) -> str:
        return f"案件的{field_zh(self.path)}"

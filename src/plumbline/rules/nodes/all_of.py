"""Conjunction. One condition known to fail is enough, whatever is missing in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..expression import Expression, Value
from ..scope import Scope, Unknown


@dataclass(frozen=True)
class AllOf(Expression):
    parts: tuple[Expression, ...]

    def compile(self) -> Value:
        parts = tuple(part.compile() for part in self.parts)

        def value(scope: Scope) -> Any:
            unknown: Unknown | None = None
            for part in parts:
                result = part(scope)
                if result is False:
                    return False
                if result.__class__ is Unknown:
                    unknown = result if unknown is None else unknown.joined(result)
            return True if unknown is None else unknown

        return value

    def children(self) -> Sequence[Expression]:
        return self.parts

    def phrase(self) -> str:
        return "，并且".join(part.phrase() for part in self.parts)

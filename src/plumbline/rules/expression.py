"""The base of all expressions: a node says what it reads, what it means in Chinese, and compiles to a closure.

Operators live in ``nodes``, one file each. The methods here are the vocabulary in which rules combine them, so that a
rule reads as a sentence: ``field("outcome").eq("penalty")``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .scope import Scope, Unknown

if TYPE_CHECKING:
    from .bulk.kinds import Kind
    from .bulk.program import Program

Value = Callable[[Scope], Any]


class Expression:
    """A node of the tree. Subclasses are frozen dataclasses and hold nothing but data and other nodes."""

    def compile(self) -> Value:
        """The node as a closure over its children's closures. Three-valued: a result may be ``Unknown``."""
        raise NotImplementedError

    def compile_then(self, test: Callable[[Any], Any]) -> Value:
        """The node's value passed through ``test``; what is unknown stays unknown.

        Nodes that read a fact override it: most conditions compare one fact with one value, and half their time was
        spent in calling each other.
        """
        read = self.compile()

        def tested(scope: Scope) -> Any:
            value = read(scope)
            return value if value.__class__ is Unknown else test(value)

        return tested

    def compile_negated(self) -> Value:
        """The opposite of the node's answer; what is unknown stays unknown."""
        return self.compile_then(operator.not_)

    def emit(self, program: Program) -> Kind:
        """Write the node's instructions for the array kernel; its value is left on the stack. Gives the value's kind."""
        raise NotImplementedError

    def children(self) -> Sequence[Expression]:
        return ()

    def reads(self) -> Iterator[str]:
        """Field paths of the contract that the value depends on (``decision_made.outcome``, ``case.party`` …)."""
        for child in self.children():
            yield from child.reads()

    def activities(self) -> Iterator[str]:
        """Activities, other than the subject's own, whose events the value depends on."""
        for child in self.children():
            yield from child.activities()

    def phrase(self) -> str:
        """The node in Chinese, as part of a sentence."""
        raise NotImplementedError

    # -- combining -----------------------------------------------------------------------------------------------------

    def eq(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("eq", self, literal(other))

    def ne(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("ne", self, literal(other))

    def lt(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("lt", self, literal(other))

    def le(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("le", self, literal(other))

    def gt(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("gt", self, literal(other))

    def ge(self, other: Any) -> Expression:
        from .nodes.compare import Compare

        return Compare("ge", self, literal(other))

    def one_of(self, *options: Any) -> Expression:
        from .nodes.one_of import OneOf

        return OneOf(self, options)

    def holds(self, value: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(value), "any")

    def holds_any(self, *values: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(values), "any")

    def holds_any_of(self, values: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(values), "any")

    def holds_all(self, *values: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(values), "all")

    def holds_only(self, *values: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(values), "only")

    def holds_only_of(self, values: Any) -> Expression:
        from .nodes.holds import Holds

        return Holds(self, literal(values), "only")

    def or_unknown(self, path: str) -> Expression:
        from .nodes.or_unknown import OrUnknown

        return OrUnknown(self, path)

    def is_stated(self) -> Expression:
        from .nodes.stated import Stated

        return Stated(self)

    def is_true(self) -> Expression:
        return self.eq(True)

    def is_false(self) -> Expression:
        return self.eq(False)

    def or_if_missing(self, fallback: Any) -> Expression:
        from .nodes.fallback import Fallback

        return Fallback(self, literal(fallback))

    def plus(self, other: Any) -> Expression:
        from .nodes.plus import Plus

        return Plus(self, literal(other))

    def times(self, other: Any) -> Expression:
        from .nodes.times import Times

        return Times(self, literal(other))


def literal(value: Any) -> Expression:
    """``value`` as a node; nodes pass through."""
    from .nodes.literal import Literal

    return value if isinstance(value, Expression) else Literal(value)

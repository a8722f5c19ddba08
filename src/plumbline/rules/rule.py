"""A rule: which events it looks at, when it applies, what it requires, and where it stands in the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from plumbline.lawbook import RuleFacts, rule_facts

from .expression import Expression, Value
from .forms.outcome import Evaluated, Form


@dataclass(frozen=True)
class Overlay:
    """A domain or superseded row that replaces the general one: it applies in ``domain`` while it is in force.

    ``applies`` is a further condition; ``require`` the form under this row's text. ``until`` ends a superseded row.
    """

    row: str
    require: Form
    domain: str = ""
    applies: Expression | None = None
    when: Expression | None = None

    @cached_property
    def facts(self) -> RuleFacts:
        return rule_facts()[self.row]


CompiledOverlay = tuple[Overlay, Evaluated, Value | None, Value | None]


def _asked_in(overlay: Overlay, domain: str) -> bool:
    """Whether a subject in ``domain`` has to ask an overlay: those of other domains need not be.

    An overlay whose condition looks at events is always asked, since the verdict names the events looked at.
    """
    if overlay.domain in {"", domain}:
        return True
    return overlay.applies is not None and any(overlay.applies.activities())


@dataclass(frozen=True)
class Example:
    """A small history and what the rule says of it; every example is a test.

    ``events`` are short forms of contract events (``examples.expand``), ``registers`` a registers document.
    """

    title: str
    verdict: str
    events: tuple[dict[str, Any], ...]
    as_of: str
    registers: dict[str, Any] = field(default_factory=dict)
    due: str | None = None
    overlay: str | None = None
    subject: str | None = None


@dataclass(frozen=True)
class Rule:
    """One duty. Where a rule looks at nearly every activity, ``counts`` says which of the events it speaks of at all:
    the others give no verdict. ``gate`` marks a 不得 rule that is asked before the step and refuses it.

    ``duty_zh`` says the duty in our own words, ``breach_zh`` names its breach in a few (an alert's title), ``remedy_zh`` what to do when it is not met. ``own_facts`` serve packs
    whose rules are not in the lawbook (demonstration packs).
    """

    id: str
    subject: tuple[str, ...]
    require: Form
    duty_zh: str
    breach_zh: str = ""
    when: Expression | None = None
    counts: Expression | None = None
    gate: bool = False
    remedy_zh: str = ""
    kinds: tuple[str, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    examples: tuple[Example, ...] = ()
    own_facts: RuleFacts | None = None

    @cached_property
    def facts(self) -> RuleFacts:
        return self.own_facts or rule_facts()[self.id]

    @cached_property
    def compiled_when(self) -> Value | None:
        return self.when.compile() if self.when is not None else None

    @cached_property
    def compiled_counts(self) -> Value | None:
        return self.counts.compile() if self.counts is not None else None

    @cached_property
    def compiled(self) -> Evaluated:
        return self.require.compile()

    @cached_property
    def ready(self) -> tuple[RuleFacts, date | None, date | None, Value | None, Evaluated]:
        """What every evaluation asks for first: the facts, the first and the last day in force, condition and form."""
        facts = self.facts
        return facts, facts.effective_from, facts.effective_to, self.compiled_when, self.compiled

    @cached_property
    def subjects(self) -> frozenset[str]:
        return frozenset(self.subject)

    @cached_property
    def compiled_overlays(self) -> tuple[CompiledOverlay, ...]:
        return tuple(
            (
                overlay,
                overlay.require.compile(),
                overlay.applies.compile() if overlay.applies is not None else None,
                overlay.when.compile() if overlay.when is not None else None,
            )
            for overlay in self.overlays
        )

    def overlays_in(self, domain: str) -> tuple[CompiledOverlay, ...]:
        """The overlays that may apply in a domain, in order."""
        return self._overlays_by_domain.get(domain, self._overlays_of_no_domain)

    @cached_property
    def _overlays_of_no_domain(self) -> tuple[CompiledOverlay, ...]:
        return tuple(each for each in self.compiled_overlays if _asked_in(each[0], ""))

    @cached_property
    def _overlays_by_domain(self) -> dict[str, tuple[CompiledOverlay, ...]]:
        return {
            domain: tuple(each for each in self.compiled_overlays if _asked_in(each[0], domain))
            for domain in {overlay.domain for overlay in self.overlays if overlay.domain}
        }

    def reads(self) -> frozenset[str]:
        """Every field path the rule depends on, the subject's own under the names of its activities."""
        return frozenset(self._reads())

    def _reads(self) -> Iterator[str]:
        parts: list[Any] = [self.require, *(overlay.require for overlay in self.overlays)]
        parts += [
            e
            for e in (
                self.when,
                self.counts,
                *(o.applies for o in self.overlays),
                *(o.when for o in self.overlays),
            )
            if e
        ]
        for part in parts:
            for path in part.reads():
                head, _, rest = path.partition(".")
                if head == "subject":
                    yield from (f"{activity}.{rest}" for activity in self.subject)
                elif head != "it":
                    yield path

    def touched_by(self) -> frozenset[str]:
        """The activities that can change this rule's verdicts; ``*`` when a case attribute is read."""
        activities = set(self.subject)
        parts: list[Any] = [self.require, *(overlay.require for overlay in self.overlays)]
        parts += [
            e
            for e in (
                self.when,
                self.counts,
                *(o.applies for o in self.overlays),
                *(o.when for o in self.overlays),
            )
            if e
        ]
        for part in parts:
            activities.update(part.activities())
        return frozenset(activities)

    def reads_case(self) -> bool:
        """Whether a case attribute (item, domain, party, violation) matters to the rule."""
        return bool(self.overlays) or any(path.startswith("case.") for path in self.reads())

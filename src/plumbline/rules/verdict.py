"""A verdict, exactly as the event contract writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plumbline.lawbook import RuleFacts
from plumbline.vocabulary import Event

from .forms.outcome import Form, Outcome
from .scope import Scope

if TYPE_CHECKING:
    from .rule import Rule

QuoteOf = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the text applied stands. ``quote`` is the loaded article, or empty when no text is loaded."""

    law: str
    article: str
    quote: str = ""


@dataclass(frozen=True, init=False)
class Verdict:
    """What a rule says about one subject. What follows from its parts is worded only when it is asked for."""

    definition: Rule
    event: Event | None
    outcome: Outcome
    overlay: str | None
    facts: RuleFacts
    history: Scope
    fault: str = ""
    quote_of: QuoteOf | None = None

    def __init__(
        self,
        definition: Rule,
        event: Event | None,
        outcome: Outcome,
        overlay: str | None,
        facts: RuleFacts,
        history: Scope,
        fault: str = "",
        quote_of: QuoteOf | None = None,
    ) -> None:
        # By hand, past the guard against later change: it costs a call for each part, and verdicts are made by the hundred.
        parts = self.__dict__
        parts["definition"] = definition
        parts["event"] = event
        parts["outcome"] = outcome
        parts["overlay"] = overlay
        parts["facts"] = facts
        parts["history"] = history
        parts["fault"] = fault
        parts["quote_of"] = quote_of

    @property
    def form(self) -> Form:
        """The requirement as it was applied: that of the overlay where one replaced the general row."""
        applied = (row.require for row in self.definition.overlays if row.row == self.overlay)
        return next(applied, self.definition.require)

    @property
    def matter(self) -> str:
        return self.history.matter.id

    @property
    def rule(self) -> str:
        return self.definition.id

    @property
    def subject(self) -> str | None:
        return self.event.id if self.event is not None else None

    @property
    def verdict(self) -> str:
        return self.outcome.verdict

    @property
    def due(self) -> date | datetime | None:
        return self.outcome.due

    @property
    def due_text(self) -> str | None:
        due = self.outcome.due
        if isinstance(due, datetime):
            return due.isoformat(timespec="seconds")
        return due.isoformat() if due is not None else None

    @property
    def days_used(self) -> int | None:
        return self.outcome.used

    @property
    def days_limit(self) -> int | None:
        return self.outcome.limit

    @property
    def unit(self) -> str | None:
        return self.outcome.unit

    @cached_property
    def events(self) -> tuple[str, ...]:
        """The subject first, then the events the answer rests on, each once."""
        first = (self.subject,) if self.subject else ()
        return tuple(dict.fromkeys((*first, *(event.id for event in self.outcome.events))))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.outcome.missing)) if self.verdict == "unknown" else ()

    @property
    def flags(self) -> tuple[str, ...]:
        return self.outcome.flags

    @property
    def severity(self) -> str:
        return self.facts.severity

    @property
    def citation(self) -> Citation:
        quote = self.quote_of(self.facts.law, self.facts.article) if self.quote_of else ""
        return Citation(self.facts.law, self.facts.article, quote)

    @cached_property
    def explanation_zh(self) -> str:
        from .explain import explanation_zh

        return explanation_zh(self)

    def scope(self) -> Scope:
        """A fresh scope at the subject, for asking single conditions again."""
        fresh = self.history.of_matter(self.history.matter)
        if self.event is not None:
            fresh.subject = self.event
        return fresh

    def to_json(self) -> dict[str, Any]:
        citation = self.citation
        document: dict[str, Any] = {
            "matter": self.matter,
            "rule": self.rule,
            "subject": self.subject,
            "verdict": self.verdict,
            "due": self.due_text,
            "days_used": self.days_used,
            "days_limit": self.days_limit,
            "unit": self.unit,
            "events": list(self.events),
            "citation": {"law": citation.law, "article": citation.article, "quote": citation.quote},
            "overlay": self.overlay,
            "severity": self.severity,
            "explanation_zh": self.explanation_zh,
        }
        if self.missing:
            document["missing"] = list(self.missing)
        if self.flags:
            document["flags"] = list(self.flags)
        return document

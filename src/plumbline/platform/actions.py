"""Actions: the only way anything is written.

An action is a function with a required keyword ``actor``. The decorator runs it in one transaction after asking its
policy; whatever it records (``events.record``) stands or falls with it. A refusal is an answer, not a failure: it says
what is refused, on which article, and what to do next; the attempt itself is kept outside the transaction.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from plumbline.platform.identity.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


class Refusal(Exception):
    """The law or a policy says no. Shown to the user as it stands."""

    def __init__(self, reason: str, *, basis: str = "", next_step: str = "", next_url: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.basis = basis
        self.next_step = next_step
        self.next_url = next_url

    def __str__(self) -> str:
        basis = f"（{self.basis}）" if self.basis else ""
        return f"{self.reason}{basis}。{self.next_step}"


class InputFault(Exception):
    """A field needs another value. ``faults`` maps field name to a Chinese sentence; ``""`` is the form as a whole."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("；".join(faults.values()))
        self.faults = dict(faults)


@dataclass(frozen=True)
class Decision:
    """A policy's answer. A denial always carries its reason."""

    allowed: bool
    reason: str = ""
    basis: str = ""
    next_step: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def demand(self) -> None:
        """Refuse with the policy's own words, unless it allows."""
        if not self.allowed:
            raise Refusal(self.reason, basis=self.basis, next_step=self.next_step)


ALLOWED = Decision(True)


def denied(reason: str, *, basis: str = "", next_step: str = "") -> Decision:
    return Decision(False, reason, basis, next_step)


Policy = Callable[..., Decision]


@dataclass(frozen=True)
class ActionSpec:
    """An entry of the action registry; the structural tests walk it."""

    name: str
    function: Callable[..., Any]
    policy: Policy
    on: str
    records: tuple[str, ...]
    basis: str


_ACTIONS: dict[str, ActionSpec] = {}


def registered_actions() -> dict[str, ActionSpec]:
    return dict(_ACTIONS)


def action(
    name: str, *, policy: Policy, on: str = "", records: tuple[str, ...], basis: str
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare an action.

    ``policy(actor, subject)`` is asked first, where ``subject`` is the keyword argument named by ``on`` (no subject
    when ``on`` is empty). ``records`` are the event activities it may write, ``basis`` the article or duty it rests on.
    """

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        parameter = signature.parameters.get("actor")
        if (
            parameter is None
            or parameter.kind is not inspect.Parameter.KEYWORD_ONLY
            or parameter.default is not parameter.empty
        ):
            raise TypeError(f"action {name}: `actor` must be a required keyword-only argument")
        if name in _ACTIONS:
            raise ValueError(f"action {name} is declared twice")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError(f"action {name}: actor is {actor!r}")
            from plumbline.platform.submissions.once import keep_current, refuse_current

            verdict = policy(actor, kwargs[on]) if on else policy(actor)
            if not verdict:
                refuse_current()
                _keep_refusal(actor, name, kwargs.get(on) if on else None, verdict.reason)
                verdict.demand()
            try:
                with transaction.atomic():
                    answer = function(*args, **kwargs)
                    keep_current()
                    return answer
            except Refusal as refusal:
                refuse_current()
                _keep_refusal(actor, name, kwargs.get(on) if on else None, str(refusal))
                raise

        _ACTIONS[name] = ActionSpec(name, run, policy, on, records, basis)
        return run

    return declare


def _keep_refusal(actor: Actor, name: str, subject: object, reason: str) -> None:
    from plumbline.platform.events.access import keep_access

    keep_access(actor=actor, kind="refused", action=name, subject=subject, reason=reason)

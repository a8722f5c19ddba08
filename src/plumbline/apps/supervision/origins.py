"""Where a paper of supervision is made out from, and what is known there already; other apps register their matters here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plumbline.platform.identity.actor import Actor


@dataclass(frozen=True)
class Origin:
    """First values of a paper: ``only`` are the agencies it may go to, ``page`` and ``named`` lead back to where it comes from."""

    title: str
    facts: str
    agency: str
    only: tuple[str, ...]
    page: str
    named: str
    people: str


Provider = Callable[[Actor, str, str, Mapping[str, str]], Origin | None]
_PROVIDERS: dict[str, Provider] = {}


def record_origin(prefix: str) -> Callable[[Provider], Provider]:
    """Register ``provider(actor, matter, kind of paper, query)`` for matters whose ids begin so."""

    def register(provider: Provider) -> Provider:
        if _PROVIDERS.setdefault(prefix, provider) is not provider:
            raise ValueError(f"{prefix} has two providers")
        return provider

    return register


def origin_of(actor: Actor, matter_id: str, kind: str, given: Mapping[str, str]) -> Origin | None:
    """What is known where the paper comes from; None for a matter nobody speaks for or that the actor does not see."""
    for prefix, provider in _PROVIDERS.items():
        if matter_id.startswith(prefix):
            return provider(actor, matter_id, kind, given)
    return None

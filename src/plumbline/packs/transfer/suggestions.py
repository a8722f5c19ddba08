"""Procuratorial suggestions: the reply that both of their rules wait for, and events for their examples."""

from typing import Any

from plumbline.rules.examples import step
from plumbline.rules.language import event

REPLIED = event("reply_sent", place="after")


def received(on: str, suggestion: str, **data: Any) -> dict[str, Any]:
    """A suggestion of a kind reaching the body it is addressed to."""
    return step(
        "procuratorial_suggestion_received", on, kind="procuratorial", suggestion_kind=suggestion, **data
    )


def replied(on: str) -> dict[str, Any]:
    return step("reply_sent", on, kind="procuratorial")

"""What a record may be. Each kind is a function ``(actor, row, occurred) -> Outcome`` that acts through the apps' verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from .outcome import Conflict, Outcome, Waiting

__all__ = ["HANDLERS", "Conflict", "Outcome", "Waiting"]

Handler = Callable[[Any, Any, datetime], Outcome]


def _handlers() -> dict[str, Handler]:
    from .cosign import take_cosign
    from .inspection import take_inspection
    from .number_void import take_number_void
    from .spot_penalty import take_spot_penalty

    return {
        "inspection": take_inspection,
        "spot_penalty": take_spot_penalty,
        "cosign": take_cosign,
        "number_void": take_number_void,
    }


HANDLERS = _handlers()

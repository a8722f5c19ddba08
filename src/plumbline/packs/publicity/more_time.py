"""Grants of more time, which count only if the one who waits was told of them."""

from typing import Any

from plumbline.rules.examples import step
from plumbline.rules.language import it

TOLD = it("party_told").is_true()


def extended(on: str, days: int, *, kind: str, clock: str, **data: Any) -> dict[str, Any]:
    """A grant of ``days`` more for a clock, for examples."""
    return step("extension_approved", on, kind=kind, clock=clock, days=days, **data)

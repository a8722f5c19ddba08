"""Laws that another text has ended, and from which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from . import data_file
from .titles import text_title


@dataclass(frozen=True, slots=True)
class Replaced:
    """``ended_from`` is the first day on which ``law`` is no longer in force; ``by`` and ``article`` say what ended it."""

    law: str
    ended_from: date
    by: str
    article: str


@cache
def replaced_laws() -> dict[str, Replaced]:
    """By short title."""
    rows = yaml.safe_load(data_file("replaced.yaml").read_text(encoding="utf-8"))
    return {law: Replaced(law, row["from"], row["by"], row["article"]) for law, row in rows.items()}


def replaced_law(law: str, on: date) -> Replaced | None:
    """What ended a cited law by the day ``on``; None while nothing has, as far as the lawbook knows."""
    found = replaced_laws().get(text_title(law).title)
    return found if found is not None and found.ended_from <= on else None

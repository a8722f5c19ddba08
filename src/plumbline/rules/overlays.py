"""Overlays of a clock from the contract's own table: domain rows with another number, extensions and exclusions."""

from __future__ import annotations

from typing import Any

from plumbline.vocabulary import load_vocabulary

from .forms.clock import Exclusion, ExtensionStep
from .forms.within import Within
from .rule import Overlay


def contract_overlays(rule_id: str, general: Within) -> tuple[Overlay, ...]:
    """One overlay for each row the contract lists for ``rule_id``; only the text differs, the duty stays."""
    return tuple(_overlay(row, general) for row in load_vocabulary().overlays[rule_id])


def _overlay(row: Any, general: Within) -> Overlay:
    extensions = tuple(
        ExtensionStep(step["by"], step["days"] if isinstance(step["days"], int) else None)
        for step in row.get("extensions", ())
    )
    excludes = tuple(
        Exclusion("test", tuple(entry["test"])) if isinstance(entry, dict) else Exclusion(entry)
        for entry in row.get("excludes", ())
    )
    form = general.with_clock(row["n"], row["unit"], extensions=extensions, excludes=excludes)
    return Overlay(row["row"], form, domain=row.get("domain", ""))

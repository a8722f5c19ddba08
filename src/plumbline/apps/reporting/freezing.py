"""What is signed: one document of figures, words and sources, with its hash. All forms are made from it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from plumbline.platform import clock

from .checking import TEXT_PARTS, reconciled
from .figures import Line
from .layout import layout
from .models import AnnualReport
from .settings import values_on


def content_of(report: AnnualReport, line: Line, before: Mapping[str, int | None]) -> dict[str, Any]:
    """The content of a version. Money is in fen; a figure that is not known is null, never 0."""
    form = layout()
    tables = []
    for table in form.tables:
        columns = []
        for column in table.columns:
            cell = line.cells[column.cell]
            entry = cell.entry
            columns.append(
                {
                    "cell": column.cell,
                    "label": column.label,
                    "unit": column.unit,
                    "counted": cell.counted,
                    "entered": cell.entered,
                    "known": cell.known,
                    "partial": cell.partial,
                    "source": entry.source if entry else "",
                    "reason": entry.reason if entry else "",
                    "entered_by": entry.by_label if entry else "",
                    "last_year": before.get(column.cell),
                    "explanation": str(report.explanations.get(column.cell, "")),
                }
            )
        tables.append({"id": table.id, "name": table.name, "note": table.note, "columns": columns})
    return {
        "year": report.year,
        "agency": report.agency_id,
        "agency_name": report.agency.name,
        "form": dict(form.form),
        "rules": dict(form.rules),
        "difference": dict(values_on(clock.today(), "difference")),
        "sources": {
            key: {"label": form.sources[key]["label"], **(report.sources.get(key) or {"complete": None})}
            for key in form.asked
        },
        "tables": tables,
        "text": {key: str(report.text.get(key, "")).strip() for key in TEXT_PARTS},
        "elsewhere": [
            {
                "cell": each.elsewhere.cell,
                "label": each.elsewhere.label,
                "unit": each.elsewhere.unit,
                "ours": each.ours,
                "theirs": each.theirs,
                "reason": each.reason,
            }
            for each in reconciled(report, line)
        ],
    }


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: keys sorted, so that equal content has one fingerprint."""
    return hashlib.sha256(orjson.dumps(dict(content), option=orjson.OPT_SORT_KEYS)).hexdigest()

"""First words of the other yearly reports, from the year's figures; what only the body knows is asked for in brackets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .duties import Duty
from .duty_models import DutyReport
from .figures import counts, value_of
from .freezing import digest
from .measures import measures


def figures_of(report: DutyReport, duty: Duty) -> dict[str, dict[str, Any]]:
    """The measures of a report's parts, this year and the year before; money in fen."""
    agency = report.agency_id
    now, then = (counts(year, agencies=[agency]).get(agency, {}) for year in (report.year, report.year - 1))
    return {
        name: {
            "measure": name,
            "label": measures()[name].label,
            "unit": measures()[name].unit,
            "value": value_of(measures()[name], now),
            "before": value_of(measures()[name], then),
        }
        for part in duty.parts
        for name in part.figures
    }


def drafted(report: DutyReport, duty: Duty, figures: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Each part with its figures told; nothing of anybody's merit."""
    return {
        part.key: "".join(
            (
                f"{report.year} 年，平台登记的{_told(figures[name] for name in part.figures)}。"
                if part.figures
                else "",
                f"（{part.ask}。）",
            )
        )
        for part in duty.parts
    }


def _told(figures: Any) -> str:
    return "，".join(
        f"{each['label']} {said(each)} {each['unit']}（上年 {said(each, 'before')}）" for each in figures
    )


def said(figure: Mapping[str, Any], key: str = "value") -> str:
    """A figure in words: money in yuan."""
    value = figure[key]
    return f"{value // 100:,}" if figure["unit"] == "元" else f"{value:,}"


def content_of(report: DutyReport, duty: Duty) -> dict[str, Any]:
    """What is signed: words and figures as they are now."""
    figures = figures_of(report, duty)
    return {
        "kind": duty.key,
        "title": duty.title,
        "basis": duty.basis,
        "year": report.year,
        "agency": report.agency_id,
        "agency_name": report.agency.name,
        "parts": [
            {
                "key": part.key,
                "label": part.label,
                "text": str(report.text.get(part.key, "")).strip(),
                "figures": [figures[name] for name in part.figures],
            }
            for part in duty.parts
        ],
    }


__all__ = ["content_of", "digest", "drafted", "figures_of", "said"]

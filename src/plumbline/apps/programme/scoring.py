"""Scores of self-checks and acceptance: which tasks count for a unit, and what a self-check looked at."""

from __future__ import annotations

from datetime import date
from typing import Any

from .models import AcceptanceCheck, Programme, SelfCheck
from .reading import Board, TaskLine, board_of


def unit_tasks(programme: Programme, agency: str, board: Board | None = None) -> list[TaskLine]:
    """The tasks with points that a unit has a share in."""
    board = board or board_of(programme, unit=agency)
    return [line for line, _ in board.of_unit(agency) if line.term.points]


def frozen_check(row: SelfCheck, day: date) -> dict[str, Any]:
    """The self-check as it is sent: for each task score, words, how it stands, and the fingerprints of its files."""
    board = board_of(row.programme, on=day, unit=row.agency_id)
    items = []
    for line, unit in board.of_unit(row.agency_id):
        if not line.term.points:
            continue
        told = row.answers[line.code]
        items.append(
            {
                "code": line.code,
                "title": line.term.title,
                "full": line.term.points,
                "score": told["score"],
                "words": told["words"],
                "state": unit.tag.word,
                "files": [
                    {"title": f.title, "version": f.version, "name": f.name, "sha256": f.sha256}
                    for f in unit.files
                ],
            }
        )
    return {
        "programme": row.programme.key,
        "agency": row.agency_id,
        "number": row.number,
        "on": day.isoformat(),
        "summary": row.summary,
        "items": items,
        "full": sum(each["full"] for each in items),
        "score": sum(each["score"] for each in items),
    }


def latest_checks(programme: Programme, on: date) -> dict[int, AcceptanceCheck]:
    """The acceptance result of each task that counts on a day."""
    return {row.task_id: row for row in programme.acceptance.filter(on__lte=on).select_related("task")}

"""One check in every format: the outside case, and a few more matters that hold what it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from plumbline.project import demo
from plumbline.rules.check_command import main

FOLDER = Path(demo.__file__).parent
EVENTS, REGISTERS = FOLDER / "outside_case.jsonl", FOLDER / "outside_case_registers.json"
USUAL = ["--registers", str(REGISTERS), "--as-of", "2026-05-20"]

#: A matter with what tries a format: a null, a list, a link, an own field, a bare date, a voided event, two persons, marks.
ODD: list[dict[str, Any]] = [
    {
        "id": "B-1", "matter": "B", "kind": "penalty", "activity": "case_filed", "occurred_at": "2026-03-02",
        "recorded_at": "2026-03-02T10:01+08:00", "agency": "AG-ST-003",
        "actors": [{"id": "HB17ST00301", "role": "officer"}, {"id": "HB17ST00302", "role": "officer"}],
        "data": {
            "item": "CG-102", "domain": "housing_construction", "party": {"id": "P-9", "kind": "natural_person"},
            "violation": {"act": "ACT-9", "ended_on": None},
            "x_note": {"=1+1": ["<a> & \"b\"\n", 1.5, None]},
        },
        "links": [{"matter": "WZ-CG-2026-0107", "rel": "related"}, {"matter": "ELSEWHERE-1", "rel": "arises_from"}],
        "source": {"system": "street-case", "seq": 1},
    },
    {
        "id": "B-2", "matter": "B", "kind": "penalty", "activity": "evidence_preregistered",
        "occurred_at": "2026-03-03T09:00+08:00", "recorded_at": "2026-03-03T09:30:00+08:00", "agency": "AG-ST-003",
        "actors": [], "data": {"measure": "M1"},
    },
    {
        "id": "B-3", "matter": "B", "kind": "penalty", "activity": "case_not_filed", "occurred_at": "2026-03-04",
        "recorded_at": "2026-03-04T09:30:00+08:00", "agency": "AG-ST-003", "data": {"reason": "=HYPERLINK(\"x\")\u0001"},
    },
    {
        "id": "B-4", "matter": "B", "kind": "penalty", "activity": "event_voided", "occurred_at": "2026-03-05",
        "recorded_at": "2026-03-05T09:30:00+08:00", "agency": "AG-ST-003", "data": {"voids": "B-3", "reason": "误报"},
    },
]  # fmt: skip


def many(path: Path, matters: int = 3) -> Path:
    """The outside case under several ids, and the odd matter."""
    text = EVENTS.read_text("utf-8")
    with path.open("wb") as sink:
        for number in range(matters):
            name = "WZ-CG-2026-0107" if not number else f"WZ-{number:05d}"
            sink.write(text.replace("WZ-CG-2026-0107", name).encode())
        sink.writelines(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE) for event in ODD)
    return path


def written(folder: Path, name: str, *more: str, source: Path | None = None) -> Path:
    """The path of a report of ``many`` in a format."""
    out = folder / f"report.{name}"
    given = source or many(folder / "events.jsonl")
    assert main([str(given), *USUAL, "--format", name, "--out", str(out), *more]) == 0
    return out


def verdicts(folder: Path, source: Path | None = None) -> list[dict[str, Any]]:
    """What the contract's own format says of the same events."""
    lines = written(folder, "jsonl", source=source).read_bytes().splitlines()
    return [orjson.loads(line) for line in lines]

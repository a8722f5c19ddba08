"""The check of a file sees that two agencies fined one party for one violation, whatever the order of the lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from plumbline.rules import check_input, judging
from plumbline.rules.check_command import main
from plumbline.rules.examples import expand, fined, step


def lines(*, filler: int = 0) -> list[dict[str, Any]]:
    """Two fines on one party for one violation; the first case states party and violation apart."""
    party, violation = {"id": "P-1", "kind": "legal_person"}, {"act": "W-1"}
    first = [
        step("clue_received", "2026-05-01", violation=violation),
        step("case_filed", "2026-05-04", item="X-1", domain="other", party=party),
        fined("2026-06-01"),
    ]
    second = [fined("2026-06-10", party=party, violation=violation)]
    others = [
        [fined("2026-06-05", party={**party, "id": f"P-1{n}"}, violation=violation)] for n in range(filler)
    ]
    found = []
    for number, matter in enumerate([first, second, *others]):
        for document in expand(matter, "penalty"):
            found.append({**document, "id": f"M{number}-{document['id']}", "matter": f"M-{number:04}"})
    return found


def judged(
    tmp_path: Path, capture: pytest.CaptureFixture[bytes], documents: list[dict[str, Any]]
) -> dict[str, Any]:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, documents)))
    assert main([str(path), "--as-of", "2026-07-01", "--processes", "2"]) == 0
    verdicts = map(orjson.loads, capture.readouterr().out.splitlines())
    return {v["matter"]: v for v in verdicts if v["rule"] == "APL-29-no-double-fine"}


def test_the_later_fine_is_the_second(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    found = judged(tmp_path, capfdbinary, lines())
    assert {matter: v["verdict"] for matter, v in found.items()} == {"M-0000": "met", "M-0001": "breached"}
    assert found["M-0001"]["events"] == ["M1-e1", "M0-e3"]
    assert judged(tmp_path, capfdbinary, lines()[::-1]) == found


def test_several_processes_see_it_too(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "MANY_EVENTS", 10)
    monkeypatch.setattr(judging, "CHUNK", 1)
    monkeypatch.setattr(check_input, "BLOCK", 3)
    found = judged(tmp_path, capfdbinary, lines(filler=40))
    assert [m for m, v in found.items() if v["verdict"] == "breached"] == ["M-0001"]
    assert len(found) == 42

"""The how-to for researchers is true: its blocks run, its numbers and its plots are what they give."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.fines_by_hand import LOG, log_path

from .notebook import IMAGES, PAGE, blocks, run

TWENTY = 20


@pytest.mark.exhaustive
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    not log_path().exists(),
    reason=f"THE HOW-TO WAS NOT RUN: {log_path()} is not there; set {LOG} to road_traffic_fines.parquet",
)
def test_every_block_runs_and_the_plots_are_the_committed_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOG, str(log_path()))  # so that what the page needs is undone afterwards
    names = run(tmp_path)
    assert names["counts"]["breached"] == sum(v.verdict == "breached" for v in names["verdicts"]) > 1000
    drawn = sorted((tmp_path / "images").iterdir())
    assert [image.name for image in drawn] == ["fines-days-over.svg", "fines-late-by-year.svg"]
    for image in drawn:
        assert image.read_text("utf-8") == (IMAGES / image.name).read_text("utf-8"), (
            f"{image.name} is not what the page draws: python -m tests.exchange.notebook --renew"
        )
    assert (tmp_path / "fines.html").read_text("utf-8").startswith("<!doctype html>")


def test_every_block_is_python_and_the_pack_is_as_short_as_it_says() -> None:
    found = blocks()
    assert len(found) >= 8
    for line, block in found:
        ast.parse(block, f"{PAGE.name}:{line}")
    pack = next(block for _, block in found if "MAPPING = {" in block)
    assert len([line for line in pack.splitlines() if line.strip()]) <= TWENTY

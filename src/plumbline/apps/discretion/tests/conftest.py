"""The lawful world of casework, with a benchmark of three steps for its item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def world(db: None) -> Iterator[Any]:
    # Imported here: this file is read before Django is set up.
    from plumbline.apps.cases.tests.world import DEPARTMENT, ITEM, REGISTERS, World, stated_registers

    steps = [
        {"code": "S1", "min": 100_000, "max": 1_000_000},
        {"code": "S2", "min": 1_000_000, "max": 4_000_000},
        {"code": "S3", "min": 4_000_000, "max": 10_000_000},
    ]
    benchmark = {
        "id": "B-1", "maker": DEPARTMENT, "item": ITEM, "published_on": "2023-01-10", "valid_from": "2023-02-01",
        "valid_to": None, "steps": steps,
    }  # fmt: skip
    with stated_registers({**REGISTERS, "benchmarks": [benchmark]}):
        yield World().build()

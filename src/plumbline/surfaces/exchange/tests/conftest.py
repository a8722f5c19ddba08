"""A district that knows three agencies and the lists it keeps itself; officers and items come with the import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import plumbline

FOLDER = Path(plumbline.__file__).parent / "project" / "demo"


@pytest.fixture
def outside_case() -> list[bytes]:
    return (FOLDER / "outside_case.jsonl").read_bytes().splitlines(keepends=True)


@pytest.fixture
def outside_registers() -> bytes:
    return (FOLDER / "outside_case_registers.json").read_bytes()


@pytest.fixture
def district(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Imported here: this file is read before Django is set up.
    from plumbline.platform.verdicts import registers

    from .district import build

    settings.DATA_DIR = tmp_path
    # What an earlier test gathered is gone with its transaction, the revision number it bears is not.
    monkeypatch.setattr(registers, "_kept", None)
    build()

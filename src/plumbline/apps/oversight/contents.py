"""The 45 points that 新政办[2022]14号 二(二) has supervision look at, read from the project's data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

DATA = Path(__file__).parent / "data" / "contents.yaml"
BY: Final = {"system": "系统核查", "aided": "系统列出，人来判断", "person": "人工"}


@dataclass(frozen=True)
class Point:
    """One point: the notice's words, how it is looked at, by whom, how often, on which article, on which pages."""

    code: str
    text: str
    how: str
    by: str
    every: str
    basis: str
    where: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """One of the six kinds of 监督内容."""

    code: str
    name: str
    points: tuple[Point, ...]


@cache
def contents() -> tuple[Content, ...]:
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))["kinds"]
    return tuple(
        Content(row["id"], row["name"], tuple(_point(each) for each in row["points"])) for row in told
    )


def _point(row: dict[str, str]) -> Point:
    return Point(
        row["id"], row["text"], row["how"], BY[row["by"]], row["every"], row.get("basis", ""), tuple(row.get("where", ()))
    )  # fmt: skip


@cache
def point_texts() -> dict[str, str]:
    """The points' words by their codes."""
    return {point.code: point.text for content in contents() for point in content.points}


def in_words(recorded: str) -> str:
    """What a record says of chosen points: older records name them by their codes only, a reader knows them by their words."""
    codes = recorded.split("、")
    known = point_texts()
    return "；".join(known[code] for code in codes) if all(code in known for code in codes) else recorded

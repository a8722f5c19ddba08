"""View models of the parts: what a partial needs, and nothing else. Pages build these; templates only draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

SHAPES = {"red": "▲", "amb": "◆", "blu": "●", "grn": "✓", "gry": "○", "out": "▲"}


@dataclass(frozen=True)
class Tag:
    """A status: shape, word and colour, always all three."""

    word: str
    colour: str
    shape: str = ""

    @property
    def mark(self) -> str:
        return self.shape or SHAPES[self.colour]


@dataclass(frozen=True)
class Figure:
    """A number that is a link to its rows."""

    label: str
    value: str
    url: str = ""
    unit: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """An entry of a timeline."""

    on: date
    at: str
    what: str
    who: str = ""
    received: str = ""


@dataclass(frozen=True)
class Empty:
    """Why there is nothing, and what to do next."""

    why: str
    next_step: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Sparkline:
    """Counts over time as a small line; ``sentence`` says in words what it shows."""

    values: Sequence[int]
    sentence: str
    points: str = field(init=False, default="")

    def __post_init__(self) -> None:
        top = max([*self.values, 1])
        last = max(len(self.values) - 1, 1)
        drawn = " ".join(
            f"{round(100 * i / last, 1)},{round(28 - 24 * value / top, 1)}"
            for i, value in enumerate(self.values)
        )
        object.__setattr__(self, "points", drawn)


VERDICT_TAGS = {
    "met": Tag("符合", "grn"),
    "breached": Tag("违反", "red"),
    "pending": Tag("未到期", "blu"),
    "unknown": Tag("缺少事实", "gry", "？"),
    "not_applicable": Tag("不适用", "gry", "–"),
    "error": Tag("出错", "red", "！"),
}
SEVERITY_TAGS = {"red": Tag("红", "red"), "yellow": Tag("黄", "amb"), "blue": Tag("蓝", "blu")}

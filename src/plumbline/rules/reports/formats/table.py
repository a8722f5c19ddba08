"""Verdicts counted by rule, as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..base import VERDICTS, Judged, Report, Totals


class Table(Report):
    name = "table"
    zh = "按规则计数"
    suffixes = (".txt",)
    by_kernel = True
    rank = 2

    def render(self, judged: Sequence[Judged]) -> None:
        """Nothing: what is counted by rule is counted in any case."""

    def render_answers(self, answers: Any) -> None:
        """The same."""

    def add(self, part: None) -> None:
        pass

    def end(self, totals: Totals) -> None:
        lines = [f"{'规则':<28}" + "".join(f"{name:>16}" for name in VERDICTS)]
        for rule in self.about.book.rules:
            row = [totals.counts[rule.id, verdict] for verdict in VERDICTS]
            if any(row):
                lines += [
                    f"{rule.id:<30}" + "".join(f"{number:>16,}" for number in row),
                    f"    {rule.duty_zh}",
                ]
        self.write("".join(f"{line}\n" for line in lines).encode())

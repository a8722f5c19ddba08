"""A verdict a line, as the event contract writes it (section 6)."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from ..base import Judged, Report


class JsonLines(Report):
    name = "jsonl"
    zh = "一行一条结论（默认）"
    suffixes = (".jsonl", ".ndjson")
    row_by_row = True
    rank = 1

    def render(self, judged: Sequence[Judged]) -> bytes:
        lines = [orjson.dumps(verdict.to_json()) for each in judged for verdict in each.verdicts]
        return b"\n".join([*lines, b""]) if lines else b""

    def add(self, part: bytes) -> None:
        self.write(part)

"""``plumbline check EVENTS``: verdicts on a file of events, without a database or a server.

Exit code 0: the check ran, whatever it found; 2: the input was refused (one error a line on standard error);
1: the program failed. Verdicts are sorted by matter, rule and subject.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson

from plumbline.law import Calendar
from plumbline.law.texts import article_number, read_statutes, short_title
from plumbline.vocabulary import (
    Event,
    Matter,
    Registers,
    check_voids,
    end_of,
    group_by_matter,
    load_vocabulary,
    read_events,
)

from .book import RuleBook
from .evaluate import evaluate
from .verdict import Verdict

PACKS = ("plumbline.packs.penalty", "plumbline.packs.supervision")
VERDICTS = ("met", "breached", "pending", "unknown", "not_applicable", "error")
CHUNK = 2000
MANY_EVENTS = 20_000


class Refused(Exception):
    """The input is refused; the errors are printed."""


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    began = time.monotonic()
    try:
        check = _Check(chosen)
    except Refused:
        return 2
    except OSError as fault:
        print(f"没有检查：文件无法读取（{fault}）。", file=sys.stderr)
        return 2
    counts: Counter[tuple[str, str]] = Counter()
    for part in check.parts():
        for rule, verdict, line in part:
            counts[rule, verdict] += 1
            if chosen.format == "jsonl":
                sys.stdout.buffer.write(line)
                sys.stdout.buffer.write(b"\n")
    if chosen.format == "table":
        _print_table(counts, check)
    spent = time.monotonic() - began
    print(
        f"{len(check.groups)} 个事项，{check.events} 个事件，{sum(counts.values())} 条结论，{spent:.1f} 秒",
        file=sys.stderr,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="plumbline check", description="不用数据库，对照规则检查事件文件")
    parser.add_argument("events", type=Path, help="事件文件（JSON Lines，可以是 .gz）")
    parser.add_argument("--registers", type=Path, help="登记册（JSON）")
    parser.add_argument(
        "--as-of", default=date.today().isoformat(), help="截至日期或时刻；日期表示当日结束（默认今天）"
    )
    parser.add_argument("--format", choices=["jsonl", "table"], default="jsonl")
    parser.add_argument("--all", action="store_true", help="没有触发的规则也各列一行")
    parser.add_argument("--laws", type=Path, help="法规原文文件夹，装载后结论附原文")
    parser.add_argument("--pack", action="append", help="规则包（可以多次）；默认处罚和监督")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    return parser


class _Check:
    """Input read, validated and grouped; rules loaded."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen = chosen
        packs = chosen.pack or list(PACKS)
        self.book = RuleBook.load(packs)
        vocabulary = load_vocabulary(_own_words(packs))
        try:
            as_of = chosen.as_of
            self.as_of = end_of(
                datetime.fromisoformat(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
            )
        except ValueError:
            print(
                f"没有检查：--as-of 应为 2026-05-20 或带 +08:00 的时刻，收到 {chosen.as_of}。",
                file=sys.stderr,
            )
            raise Refused from None
        self.registers = Registers.none()
        if chosen.registers:
            try:
                document = orjson.loads(chosen.registers.read_bytes())
            except orjson.JSONDecodeError as fault:
                print(f"没有检查：登记册不是 JSON（{fault}）。", file=sys.stderr)
                raise Refused from None
            self.registers, errors = Registers.parse(vocabulary, document)
            _refuse(errors)
        opened = gzip.open(chosen.events, "rb") if chosen.events.suffix == ".gz" else chosen.events.open("rb")
        with opened as lines:
            reading = read_events(vocabulary, lines)
        _refuse(reading.errors or check_voids(reading.events))
        self.events = len(reading.events)
        self.groups: dict[str, list[Event]] = group_by_matter(reading.events)
        self.calendar = Calendar.from_registers(self.registers.holidays)
        self.articles = _articles(chosen.laws) if chosen.laws else {}

    def parts(self) -> Iterator[list[tuple[str, str, bytes]]]:
        """Results in chunks of matters, in order; on several processes when there is much to do."""
        global _current
        _current = self
        names = sorted(self.groups)
        chunks = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
        if self.events < MANY_EVENTS or self.chosen.processes < 2:
            yield from map(_judge, chunks)
            return
        with multiprocessing.get_context("fork").Pool(self.chosen.processes) as pool:
            yield from pool.imap(_judge, chunks)

    def judge(self, names: Sequence[str]) -> list[tuple[str, str, bytes]]:
        found: list[tuple[str, str, bytes]] = []
        wants_lines = self.chosen.format == "jsonl"
        for name in names:
            matter = Matter.of(self.groups[name], self.as_of)
            if not matter.events and not self.chosen.all:
                continue
            verdicts = evaluate(
                self.book,
                matter,
                registers=self.registers,
                calendar=self.calendar,
                as_of=self.as_of,
                quote_of=self._quote,
                with_untriggered=self.chosen.all,
                others=self.groups.get,
            )
            verdicts.sort(key=_order)
            found += [
                (v.rule, v.verdict, orjson.dumps(v.to_json()) if wants_lines else b"") for v in verdicts
            ]
        return found

    def _quote(self, law: str, article: str) -> str:
        return self.articles.get((short_title(law), article_number(article)), "")


_current: _Check


def _judge(names: Sequence[str]) -> list[tuple[str, str, bytes]]:
    return _current.judge(names)


def _order(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule, verdict.subject or ""


def _own_words(packs: Sequence[str]) -> Path | None:
    """The vocabulary file of a pack that brings its own words; at most one pack may."""
    files = []
    for pack in packs:
        place = import_module(pack).__file__
        found = Path(place).with_name("vocabulary.yaml") if place else None
        if found is not None and found.exists():
            files.append(found)
    if len(files) > 1:
        print("没有检查：一次只能使用一个自带词汇的规则包。", file=sys.stderr)
        raise Refused
    return files[0] if files else None


def _refuse(errors: Sequence[Any]) -> None:
    if errors:
        for error in errors[:1000]:
            sys.stderr.buffer.write(orjson.dumps(error.to_json()) + b"\n")
        sys.stderr.flush()
        raise Refused


def _articles(folder: Path) -> dict[tuple[str, str], str]:
    return {
        (statute.short_title, article.number): article.text
        for statute in read_statutes(folder)
        if not statute.superseded
        for article in statute.articles
    }


def _print_table(counts: Counter[tuple[str, str]], check: _Check) -> None:
    print(f"{'规则':<28}" + "".join(f"{name:>16}" for name in VERDICTS))
    for rule in check.book.rules:
        row = [counts[rule.id, verdict] for verdict in VERDICTS]
        if any(row):
            print(f"{rule.id:<30}" + "".join(f"{number:>16,}" for number in row))
            print(f"    {rule.duty_zh}")

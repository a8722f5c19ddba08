"""``plumbline check EVENTS``: verdicts on a file of events, without a database or a server.

Exit code 0: the check ran, whatever it found (also when the reader of the output stopped early); 2: the input or the
command line was refused (one error a line on standard error); 1: the program failed; 130: stopped by Ctrl-C.
Verdicts are sorted by matter, rule and subject.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, NoReturn

import orjson

from plumbline.law import Calendar
from plumbline.law.texts import article_number, read_statutes, short_title
from plumbline.vocabulary import CHINA, InputError, Matter, Registers, Vocabulary, end_of, load_vocabulary

from .book import STANDARD_PACKS, RuleBook
from .check_input import CheckInput, Unreadable, opened, read_input
from .evaluate import evaluate
from .verdict import Verdict

VERDICTS = ("met", "breached", "pending", "unknown", "not_applicable", "error")
FORMATS = ("jsonl", "table")
CHUNK = 500
MANY_EVENTS = 20_000
INTERRUPTED = 130


class Refused(Exception):
    """The input is refused; the errors have been printed, or the message is yet to be."""


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    began = time.monotonic()
    show = _Progress(shown=chosen.progress or sys.stderr.isatty())
    try:
        return _check(chosen, began, show)
    except (Refused, Unreadable) as why:
        show.clear()
        if str(why):
            print(f"没有检查：{why}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read the output has seen enough (`… | head`). What Python would still flush has no reader.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        show.clear()
        print("已停止，结论不完整。", file=sys.stderr)
        return INTERRUPTED


def _check(chosen: argparse.Namespace, began: float, show: _Progress) -> int:
    if chosen.events is None:
        raise Refused("请写明事件文件，例如 plumbline check 事件.jsonl --registers 登记册.json。")
    as_of, book = chosen.as_of, _book(chosen.pack or STANDARD_PACKS)
    vocabulary = load_vocabulary(_own_words(chosen.pack or STANDARD_PACKS))
    registers = _registers(chosen.registers, vocabulary)
    articles = _articles(chosen.laws) if chosen.laws else {}
    with opened(chosen.events) as source:
        read = read_input(source, vocabulary, processes=chosen.processes, progress=show)
    _refuse(read.errors, show)
    check = _Check(
        input=read,
        book=book,
        registers=registers,
        calendar=Calendar.from_registers(registers.holidays),
        articles=articles,
        as_of=end_of(as_of),
        wants_lines=chosen.format == "jsonl",
        with_untriggered=chosen.all,
    )
    counts: Counter[tuple[str, str]] = Counter()
    judged = 0
    for matters, part, lines in check.parts(chosen.processes):
        counts += part
        judged += matters
        _write(sys.stdout.buffer, lines)
        show("对照规则", judged, len(read.matters))
    if chosen.format == "table":
        _print_table(counts, book)
    sys.stdout.flush()
    show.clear()
    spent = time.monotonic() - began
    print(
        f"{len(read.matters)} 个事项，{read.events} 个事件，{sum(counts.values())} 条结论，{spent:.1f} 秒",
        file=sys.stderr,
    )
    return 0


# -- the command line --------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"没有检查：命令参数有误（{message}）。用法见 plumbline check --help。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="plumbline check",
        description="不用数据库，对照规则检查事件文件",
        epilog="退出码：0 已检查（无论结论如何）；2 输入或参数有误，没有检查；1 程序故障；130 被中断。",
    )
    parser.add_argument(
        "events", type=Path, nargs="?", help="事件文件（JSON Lines，可以是 gzip）；- 表示标准输入"
    )
    parser.add_argument("--registers", type=Path, help="登记册（JSON）")
    parser.add_argument(
        "--as-of",
        type=_as_of,
        default=datetime.now(CHINA).date(),
        help="截至日期或带 +08:00 的时刻；日期表示当日结束（默认今天）",
    )
    parser.add_argument(
        "--format", type=_format, default="jsonl", help="jsonl（默认，一行一条结论）或 table（按规则计数）"
    )
    parser.add_argument("--all", action="store_true", help="没有触发的规则也各列一行")
    parser.add_argument("--laws", type=Path, help="法规原文文件夹，装载后结论附原文")
    parser.add_argument("--pack", action="append", help="规则包（可以多次）；默认全部")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="并行进程数")
    parser.add_argument("--progress", action="store_true", help="标准错误不是终端时也显示进度")
    return parser


def _as_of(text: str) -> date | datetime:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?\+08:00", text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(
        f"应为存在的日期 2026-05-20 或时刻 2026-05-20T09:30:00+08:00，收到 {text}"
    )


def _format(text: str) -> str:
    if text not in FORMATS:
        raise argparse.ArgumentTypeError(f"应为 jsonl 或 table，收到 {text}")
    return text


class _Progress:
    """How far it is, on standard error: on a terminal one line that is overwritten, else one line at a time."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.end = "" if sys.stderr.isatty() else "\n"
        self.last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self.shown and now - self.last >= 1:
            self.last = now
            begin = "\r" if not self.end else ""
            print(f"{begin}{what} {done:,}/{total or '…'}   ", end=self.end, file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown and not self.end and self.last:
            print(f"\r{' ' * 60}\r", end="", file=sys.stderr, flush=True)


# -- reading what the check needs --------------------------------------------------------------------------------------


def _book(packs: Sequence[str]) -> RuleBook:
    try:
        return RuleBook.load(packs)
    except ModuleNotFoundError as fault:
        raise Refused(
            f"没有规则包 {fault.name}。内置的有 {'、'.join(STANDARD_PACKS)}、plumbline.packs.traffic_fines。"
        ) from None


def _own_words(packs: Sequence[str]) -> Path | None:
    """The vocabulary file of a pack that brings its own words; at most one pack may."""
    files = []
    for pack in packs:
        place = import_module(pack).__file__
        found = Path(place).with_name("vocabulary.yaml") if place else None
        if found is not None and found.exists():
            files.append(found)
    if len(files) > 1:
        raise Refused("一次只能使用一个自带词汇的规则包。")
    return files[0] if files else None


def _registers(path: Path | None, vocabulary: Vocabulary) -> Registers:
    if path is None:
        return Registers.none()
    with opened(path) as source:
        text = source.read()
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        raise Refused(
            f"登记册 {path} 不是 UTF-8 编码的 JSON（第 {fault.lineno} 行第 {fault.colno} 个字符附近）。"
        ) from None
    registers, errors = Registers.parse(vocabulary, document)
    _refuse(errors)
    return registers


def _articles(folder: Path) -> dict[tuple[str, str], str]:
    if not folder.is_dir():
        raise Refused(f"没有法规原文文件夹 {folder}。请核对 --laws。")
    return {
        (statute.short_title, article.number): article.text
        for statute in read_statutes(folder)
        if not statute.superseded
        for article in statute.articles
    }


def _refuse(errors: Sequence[InputError], show: _Progress | None = None) -> None:
    if errors:
        if show is not None:
            show.clear()
        for error in errors[:1000]:
            sys.stderr.buffer.write(orjson.dumps(error.to_json()) + b"\n")
        sys.stderr.flush()
        raise Refused


# -- judging -----------------------------------------------------------------------------------------------------------

#: Matters judged, verdicts by rule and verdict, and the verdicts as lines.
Part = tuple[int, Counter[tuple[str, str]], bytes]


@dataclass(frozen=True, kw_only=True)
class _Check:
    """The whole of what judging a matter needs; inherited by the processes that judge."""

    input: CheckInput
    book: RuleBook
    registers: Registers
    calendar: Calendar | None
    articles: dict[tuple[str, str], str]
    as_of: datetime
    wants_lines: bool
    with_untriggered: bool

    def parts(self, processes: int) -> Iterator[Part]:
        """Results in chunks of matters, in order; on several processes when there is much to do."""
        global _current
        _current = self
        names = self.input.matters
        chunks = (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
        if self.input.events < MANY_EVENTS or processes < 2:
            yield from map(_judge, chunks)
            return
        gc.collect()
        gc.freeze()  # what the processes inherit is not gone through by their collectors, and so not copied
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from pool.imap(_judge, chunks)

    def judge(self, names: Sequence[str]) -> Part:
        counts: Counter[tuple[str, str]] = Counter()
        lines: list[bytes] = []
        for name in names:
            matter = Matter.of(self.input.events_of(name), self.as_of)
            if not matter.events and not self.with_untriggered:
                continue
            verdicts = evaluate(
                self.book,
                matter,
                registers=self.registers,
                calendar=self.calendar,
                as_of=self.as_of,
                quote_of=self._quote,
                with_untriggered=self.with_untriggered,
                others=self.input.events_of,
                affair=self.input.matters_about,
            )
            counts.update((verdict.rule, verdict.verdict) for verdict in verdicts)
            if self.wants_lines:
                verdicts.sort(key=_order)
                lines += [orjson.dumps(verdict.to_json()) for verdict in verdicts]
        return len(names), counts, b"\n".join([*lines, b""]) if lines else b""

    def _quote(self, law: str, article: str) -> str:
        return self.articles.get((short_title(law), article_number(article)), "")


_current: _Check


def _judge(names: Sequence[str]) -> Part:
    return _current.judge(names)


def _order(verdict: Verdict) -> tuple[str, str]:
    return verdict.rule, verdict.subject or ""


def _write(sink: BinaryIO, lines: bytes) -> None:
    """All of it: a pipe may take a part and report only at the next write that nobody reads any more."""
    rest = memoryview(lines)
    while rest:
        rest = rest[sink.write(rest) :]


def _print_table(counts: Counter[tuple[str, str]], book: RuleBook) -> None:
    print(f"{'规则':<28}" + "".join(f"{name:>16}" for name in VERDICTS))
    for rule in book.rules:
        row = [counts[rule.id, verdict] for verdict in VERDICTS]
        if any(row):
            print(f"{rule.id:<30}" + "".join(f"{number:>16,}" for number in row))
            print(f"    {rule.duty_zh}")

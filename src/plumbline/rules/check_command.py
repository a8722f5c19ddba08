"""``plumbline check FILE``: verdicts on a file of events or a log, without a database or a server.

Exit code 0: the check ran, whatever it found (also when the reader of the output stopped early); 2: the input or the
command line was refused, or there is no place to write (one error a line on standard error); 1: the program failed, or the
disk was full; 130: stopped by Ctrl-C. Verdicts are sorted by matter, rule and subject. A file named by ``--out`` is there
only when it is whole.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import orjson

from plumbline.law import Calendar
from plumbline.law.texts import read_statutes
from plumbline.vocabulary import CHINA, InputError, Registers, Vocabulary, end_of, load_vocabulary

from . import judging
from .book import STANDARD_PACKS, RuleBook
from .check_input import LineSource, Unreadable, opened, read_input
from .judging import Judging
from .logs import (
    Conversion,
    EventLines,
    LogFault,
    LogMapping,
    is_event_table,
    is_log,
    lines_of_log,
    load_mapping,
)
from .output import DiskFull, Output, Unwritable, output
from .reports import VERDICTS, About, Report, Totals, begun, formats

INTERRUPTED = 130


class Refused(Exception):
    """The input is refused; the errors have been printed, or the message is yet to be."""


def main(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    began = time.monotonic()
    show = _Progress(shown=chosen.progress or sys.stderr.isatty())
    try:
        return _check(chosen, began, show)
    except (Refused, Unreadable, LogFault, Unwritable) as why:
        show.clear()
        if str(why):
            print(f"没有检查：{why}", file=sys.stderr)
        return 2
    except DiskFull as why:
        show.clear()
        print(f"没有完成：{why}", file=sys.stderr)
        _give_up_standard_output()
        return 1
    except BrokenPipeError:
        # Whoever read the output has seen enough (`… | head`). What Python would still flush has no reader.
        _give_up_standard_output()
        return 0
    except KeyboardInterrupt:
        show.clear()
        print("已停止，没有留下文件。" if chosen.out else "已停止，结论不完整。", file=sys.stderr)
        return INTERRUPTED


def _check(chosen: argparse.Namespace, began: float, show: _Progress) -> int:
    if chosen.events is None:
        raise Refused("请写明事件文件，例如 plumbline check 事件.jsonl --registers 登记册.json。")
    kind = formats()[_format_of(chosen)]
    packs = tuple(chosen.pack or STANDARD_PACKS)
    book = _book(packs)
    mapping = _mapping(chosen, packs)
    vocabulary = _words(packs, mapping)
    registers = _registers(chosen.registers, vocabulary)
    articles = _articles(chosen.laws) if chosen.laws else {}
    about = About(
        source="标准输入" if str(chosen.events) == "-" else chosen.events.name,
        as_of=end_of(chosen.as_of),
        as_of_text=_said(chosen.as_of),
        packs=packs,
        book=book,
        vocabulary=vocabulary,
        registers=registers,
        calendar=Calendar.from_registers(registers.holidays),
        has_law_texts=bool(articles),
    )
    with output(chosen.out) as out:
        checked = _by_columns(chosen, mapping, kind(about), out, show)
        if checked is None:
            checked = _by_lines(chosen, mapping, kind(about), out, show, articles)
        totals, done = checked
    show.clear()
    spent = time.monotonic() - began
    print(
        f"{totals.matters} 个事项，{totals.events} 个事件，{sum(totals.counts.values())} 条结论，{spent:.1f} 秒",
        file=sys.stderr,
    )
    if done is not None:
        for line in done.left_out():
            print(line, file=sys.stderr)
    if chosen.out:
        print(f"已写入 {chosen.out}", file=sys.stderr)
    return 0


#: What was judged, and what a log's conversion did (None for a file of events).
Checked = tuple[Totals, Conversion | None]


def _by_columns(
    chosen: argparse.Namespace, mapping: LogMapping | None, report: Report, out: Output, show: _Progress
) -> Checked | None:
    """A large log in Parquet, judged without an object for an event; None where it has to be read line by line."""
    path: Path = chosen.events
    if mapping is None or not report.by_kernel or chosen.all or path.suffix.lower() != ".parquet":
        return None
    from .bulk.checking import judge_log, rows_of
    from .bulk.grouping import grouped
    from .bulk.log_columns import NotFlat, Scattered

    if rows_of(path) < judging.EVENTS_FOR_THE_KERNEL:
        return None

    def judged(log: Path) -> Checked:
        with begun(report, out.sink, out.scratch):
            return judge_log(
                log, mapping, report, threads=chosen.processes, progress=show, only=_only(chosen)
            )

    try:
        try:
            return judged(path)
        except Scattered:
            out.empty()
            with grouped(path, mapping, out.scratch, threads=chosen.processes) as ordered:
                return judged(ordered)
    except NotFlat:
        out.empty()
        return None


def _by_lines(
    chosen: argparse.Namespace,
    mapping: LogMapping | None,
    report: Report,
    out: Output,
    show: _Progress,
    articles: dict[tuple[str, str], str],
) -> Checked:
    about = report.about
    with _source(chosen.events, mapping) as source:
        read = read_input(source, about.vocabulary, processes=chosen.processes, progress=show)
    _refuse(read.errors, show)
    work = Judging(
        input=read, about=about, articles=articles, with_untriggered=chosen.all, only=_only(chosen)
    )
    with begun(report, out.sink, out.scratch):
        totals = work.write(report, processes=chosen.processes, progress=show)
    return totals, source.done if isinstance(source, EventLines) else None


def _give_up_standard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# -- the command line --------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"没有检查：命令参数有误（{message}）。用法见 plumbline check --help。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="plumbline check",
        description="不用数据库，对照规则检查事件文件或者别的系统的日志",
        epilog="退出码：0 已检查（无论结论如何）；2 输入或参数有误，没有检查；1 程序故障或磁盘已满；130 被中断。",
    )
    parser.add_argument(
        "events",
        type=Path,
        nargs="?",
        help="事件文件（JSON Lines，可以是 gzip），- 表示标准输入；或者日志（.xes、.csv、.parquet）、事件表（.parquet）",
    )
    parser.add_argument("--mapping", type=Path, help="日志的映射文件（YAML）；规则包自带的不用写")
    parser.add_argument("--registers", type=Path, help="登记册（JSON）")
    parser.add_argument(
        "--as-of",
        type=_as_of,
        default=datetime.now(CHINA).date(),
        help="截至日期或带 +08:00 的时刻；日期表示当日结束（默认今天）",
    )
    listed = "；".join(f"{name} {report.zh}" for name, report in formats().items())
    parser.add_argument("--format", type=_format, help=f"{listed}。不写的，按 --out 的扩展名")
    parser.add_argument("--out", type=Path, help="写到这个文件；写完才出现")
    parser.add_argument("--all", action="store_true", help="没有触发的规则也各列一行")
    parser.add_argument(
        "--only",
        action="append",
        type=_verdict,
        metavar="结论",
        help=f"只写这几种结论（可以多次）：{'、'.join(VERDICTS)}；计数仍是全部",
    )
    parser.add_argument("--laws", type=Path, help="法规原文文件夹，装载后结论附原文")
    parser.add_argument("--pack", action="append", help="规则包（可以多次）；默认全部")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="并行进程数")
    parser.add_argument("--progress", action="store_true", help="标准错误不是终端时也显示进度")
    return parser


def _verdict(text: str) -> str:
    if text not in VERDICTS:
        raise argparse.ArgumentTypeError(f"应为 {'、'.join(VERDICTS)} 之一，收到 {text}")
    return text


def _only(chosen: argparse.Namespace) -> frozenset[str] | None:
    return frozenset(chosen.only) if chosen.only else None


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


def _said(as_of: date | datetime) -> str:
    return as_of.strftime("%Y-%m-%d %H:%M") if isinstance(as_of, datetime) else as_of.isoformat()


def _format(text: str) -> str:
    if text not in formats():
        raise argparse.ArgumentTypeError(f"应为 {'、'.join(formats())} 之一，收到 {text}")
    return text


def _format_of(chosen: argparse.Namespace) -> str:
    """The format asked for, else the one of the file's name."""
    name: str | None = chosen.format
    if name is None and chosen.out is not None:
        suffix = chosen.out.suffix.lower()
        name = next((n for n, report in formats().items() if suffix in report.suffixes), None)
        if name is None:
            raise Refused(
                f"从文件名 {chosen.out.name} 看不出格式。请用 --format 写明：{'、'.join(formats())}。"
            )
    name = name or "jsonl"
    report = formats()[name]
    if chosen.out is None and report.needs_file:
        raise Refused(f"{name} 格式要写入文件。请用 --out 写明，例如 --out 检查报告{report.suffixes[0]}。")
    if chosen.only and not report.row_by_row:
        able = "、".join(n for n, r in formats().items() if r.row_by_row)
        raise Refused(f"--only 只用于一条一条写结论的格式：{able}。{name} 格式请不要写 --only。")
    if chosen.out is not None:
        _demand_another_file(chosen)
    return name


def _demand_another_file(chosen: argparse.Namespace) -> None:
    """The result never takes the place of what it was made from."""
    for given in (chosen.events, chosen.registers, chosen.mapping):
        if given is not None and given.exists() and chosen.out.exists() and given.samefile(chosen.out):
            raise Refused(f"--out 写的就是输入的文件 {given}。请换一个文件名。")


class _Progress:
    """How far it is, on standard error: on a terminal one line that is overwritten, else one line at a time.

    Every phase is said when it begins, then once a second.
    """

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self.end = "" if sys.stderr.isatty() else "\n"
        self.last = 0.0
        self.what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self.shown and (what != self.what or now - self.last >= 1):
            self.last, self.what = now, what
            begin = "\r" if not self.end else ""
            print(f"{begin}{what} {done:,}/{total or '…'}   ", end=self.end, file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self.shown and not self.end and self.last:
            print(f"\r{' ' * 60}\r", end="", file=sys.stderr, flush=True)


# -- reading what the check needs --------------------------------------------------------------------------------------


@contextmanager
def _source(path: Path, mapping: LogMapping | None) -> Iterator[LineSource]:
    """The lines of events: of a file of events, or of a log by its mapping."""
    if mapping is None and not is_log(path):
        with opened(path) as source:
            yield source
    else:
        yield lines_of_log(path, mapping)


def _book(packs: Sequence[str]) -> RuleBook:
    try:
        return RuleBook.load(packs)
    except ModuleNotFoundError as fault:
        raise Refused(
            f"没有规则包 {fault.name}。内置的有 {'、'.join(STANDARD_PACKS)}、plumbline.packs.traffic_fines。"
        ) from None


def _mapping(chosen: argparse.Namespace, packs: Sequence[str]) -> LogMapping | None:
    """The mapping of a log: the one given, else the one that a pack brings for its log."""
    if chosen.mapping is not None:
        if str(chosen.events) == "-":
            raise Refused("标准输入只能是事件（JSON Lines）。日志请写明文件名。")
        return load_mapping(chosen.mapping)
    if not is_log(chosen.events) or is_event_table(chosen.events):
        return None
    files = _files_of(packs, "log_mapping.yaml")
    return load_mapping(files[0]) if len(files) == 1 else None


def _words(packs: Sequence[str], mapping: LogMapping | None) -> Vocabulary:
    """The words of a pack that brings its own (at most one pack may), else those of the mapping."""
    files = _files_of(packs, "vocabulary.yaml")
    if len(files) > 1:
        raise Refused("一次只能使用一个自带词汇的规则包。")
    if files or mapping is None:
        return load_vocabulary(files[0] if files else None)
    return mapping.vocabulary


def _files_of(packs: Sequence[str], name: str) -> list[Path]:
    places = [import_module(pack).__file__ for pack in packs]
    return [found for place in places if place and (found := Path(place).with_name(name)).exists()]


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

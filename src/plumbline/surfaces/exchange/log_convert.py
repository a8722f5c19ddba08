"""``plumbline log convert``: XES, CSV and Parquet event logs become contract JSON Lines by a mapping file.

The mapping (YAML) names the columns of case, activity and time, and for each activity of the log the contract activity
and its data fields. What the mapping does not name is left out and counted, never guessed. Exit code 0: converted; 2:
the log or the mapping is refused, and no output file is left behind.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from plumbline.rules.logs import Conversion, LogFault, convert, is_log, load_mapping, open_log
from plumbline.rules.logs.contract_xes import contract_events, is_contract_log

DEFAULT = Path(__file__).parents[2] / "packs" / "traffic_fines" / "log_mapping.yaml"
SHOWN_EVERY = 50_000


def main(arguments: list[str]) -> int:
    """Command line: ``plumbline log convert LOG --mapping MAPPING.yaml [--out EVENTS.jsonl]``."""
    chosen = _parser().parse_args(arguments)
    done = Conversion()
    try:
        with _sink(chosen.out) as sink:
            for event in _events(chosen, done):
                sink.write(orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE))
                if done.written % SHOWN_EVERY == 0 and sys.stderr.isatty():
                    print(f"\r已转换 {done.written:,} 个事件 ", end="", file=sys.stderr, flush=True)
            done.demand_something()
    except LogFault as fault:
        print(f"日志没有转换：{fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        print(f"日志没有转换：{fault.filename or ''} {fault.strerror or fault}。", file=sys.stderr)
        return 2
    print(f"已转换 {done.matters} 个事项、{done.written} 个事件", file=sys.stderr)
    for line in done.left_out():
        print(line, file=sys.stderr)
    return 0


def _events(chosen: argparse.Namespace, done: Conversion) -> Iterator[Mapping[str, Any]]:
    """The events of the log; of one that ``plumbline check`` wrote itself, as they were, without a mapping."""
    if chosen.mapping is None and is_log(chosen.log) and ".xes" in chosen.log.name.lower():
        if chosen.log.is_file() and is_contract_log(chosen.log):
            matters = set()
            for event in contract_events(chosen.log):
                matters.add(event["matter"])
                done.written, done.matters = done.written + 1, len(matters)
                yield event
            return
    mapping = load_mapping(chosen.mapping or DEFAULT)
    log = open_log(chosen.log, only=mapping.columns)
    if log.columns is not None:
        mapping.check_columns(log.columns)
    yield from convert(log.rows, mapping, done=done)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline log convert", description="把 XES、CSV、Parquet 日志转换为事件契约的 JSON Lines"
    )
    parser.add_argument("log", type=Path, help=".xes、.csv（都可以是 .gz）或 .parquet")
    parser.add_argument(
        "--mapping", type=Path, help="映射文件（YAML）；默认用交通罚单演示日志的映射；检查结果的 XES 不需要"
    )
    parser.add_argument("--out", type=Path, help="输出文件；默认写到标准输出")
    return parser


@contextmanager
def _sink(path: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that is there only when it is whole."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as sink:
            yield sink
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

"""``plumbline import EVENTS.jsonl [--registers R.json] [--resumable]`` on the platform's database."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import orjson

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Exit code 0: imported; 2: refused, nothing written (errors on standard error, one JSON object a line); 1: failed;
    130: stopped by Ctrl-C."""
    chosen = _parser().parse_args(arguments)

    import django

    django.setup()
    from django.db import OperationalError

    from plumbline.rules.check_input import Unreadable

    try:
        return _import(chosen)
    except Unreadable as fault:
        print(f"没有导入：{fault}", file=sys.stderr)
        return 2
    except OperationalError as fault:
        print(
            f"没有导入：数据库不可用（{str(fault).strip()}）。请核对 PLUMBLINE_DATABASE_URL。",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        kept = "已写入的批次保留，再次运行从断点继续" if chosen.resumable else "没有写完的内容已全部撤回"
        print(f"\n已停止：{kept}。", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="plumbline import",
        description="导入事件契约格式的外部案件事件",
        epilog="退出码：0 已导入；2 输入有误，什么都没有写入；1 数据库或程序故障；130 被中断。",
    )
    parser.add_argument("events", type=Path, help="事件文件（JSON Lines，可以是 gzip）；- 表示标准输入")
    parser.add_argument("--registers", type=Path, help="报送单位的登记册（JSON）")
    parser.add_argument(
        "--resumable",
        action="store_true",
        help="分批提交；中断后再次运行从断点继续（默认：要么全部写入，要么都不写）",
    )
    parser.add_argument("--no-check", action="store_true", help="只写入，由后台进程核查")
    return parser


def _import(chosen: argparse.Namespace) -> int:
    from plumbline.platform.identity.actor import system_actor
    from plumbline.rules.check_input import opened
    from plumbline.vocabulary import bounded_lines

    from .importing import import_events

    registers = None
    if chosen.registers:
        with opened(chosen.registers) as source:
            registers = source.read()
    began = time.monotonic()
    with opened(chosen.events) as source:
        done = import_events(
            bounded_lines(source),
            actor=system_actor("import"),
            registers=registers,
            resumable=chosen.resumable,
            check=not chosen.no_check,
            progress=_show if sys.stderr.isatty() else lambda *_: None,
        )
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if done.intake is None:
        for error in done.errors:
            sys.stderr.buffer.write(orjson.dumps(error.to_json()) + b"\n")
        sys.stderr.flush()
        print(f"没有导入：{len(done.errors)} 处需要修改，没有写入任何内容。", file=sys.stderr)
        return 2
    intake = done.intake
    print(
        f"收到 {intake.received} 个事件：新增 {intake.added}，已有 {intake.replayed}；涉及 {len(intake.matters)} 个事项；"
        f"用时 {time.monotonic() - began:.1f} 秒"
    )
    if done.registers:
        print("登记册新增：" + "，".join(f"{name} {count} 行" for name, count in done.registers.items()))
    if done.left_out:
        print(f"登记册中的 {'、'.join(done.left_out)} 以本平台为准，没有采用")
    if not chosen.no_check:
        print("结论：" + "，".join(f"{name} {count}" for name, count in done.verdicts.items()))
    return 0


def _show(at: int, total: int, text: str) -> None:
    print(f"\r{text} {at}/{total or '…'}   ", end="", file=sys.stderr, flush=True)

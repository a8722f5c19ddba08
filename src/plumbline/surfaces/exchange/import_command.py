"""``plumbline import EVENTS.jsonl [--registers R.json] [--resumable]`` on the platform's database."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import orjson


def main(arguments: list[str]) -> int:
    """Exit code 0: imported; 2: refused, nothing written (errors on standard error, one JSON object a line)."""
    parser = argparse.ArgumentParser(prog="plumbline import", description="导入事件契约格式的外部案件事件")
    parser.add_argument("events", type=Path, help="事件文件（JSON Lines）；- 表示标准输入")
    parser.add_argument("--registers", type=Path, help="报送单位的登记册（JSON）")
    parser.add_argument(
        "--resumable",
        action="store_true",
        help="分批提交；中断后再次运行从断点继续（默认：要么全部写入，要么都不写）",
    )
    parser.add_argument("--no-check", action="store_true", help="只写入，由后台进程核查")
    chosen = parser.parse_args(arguments)

    import django

    django.setup()
    from plumbline.platform.identity.actor import system_actor

    from .jobs import import_events

    try:
        registers = orjson.loads(chosen.registers.read_bytes()) if chosen.registers else None
        source = sys.stdin.buffer if str(chosen.events) == "-" else chosen.events.open("rb")
    except (OSError, orjson.JSONDecodeError) as fault:
        print(f"没有导入：文件无法读取（{fault}）。请核对路径，登记册应为一个 JSON 文件。", file=sys.stderr)
        return 2
    began = time.monotonic()
    with source:
        done = import_events(
            source,
            actor=system_actor("import"),
            registers=registers,
            resumable=chosen.resumable,
            check=not chosen.no_check,
            progress=_show,
        )
    print(file=sys.stderr)
    if done.intake is None:
        for error in done.errors:
            sys.stderr.buffer.write(orjson.dumps(error.to_json()) + b"\n")
        print(f"没有导入：{len(done.errors)} 处需要修改，没有写入任何内容。", file=sys.stderr)
        return 2
    intake = done.intake
    print(
        f"收到 {intake.received} 个事件：新增 {intake.added}，已有 {intake.replayed}；涉及 {len(intake.matters)} 个事项；"
        f"用时 {time.monotonic() - began:.1f} 秒"
    )
    if not chosen.no_check:
        print("结论：" + "，".join(f"{name} {count}" for name, count in done.verdicts.items()))
    return 0


def _show(at: int, total: int, text: str) -> None:
    print(f"\r{text} {at}/{total or '…'}   ", end="", file=sys.stderr, flush=True)

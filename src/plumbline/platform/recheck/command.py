"""``plumbline recheck [--as-of …]``: judge every matter again from a snapshot and compare with what is stored."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Exit code 0: nothing differs; 3: something does; 1: failed; 130: stopped by Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="plumbline recheck",
        description="从一致的快照重新判断全部事项，与存档结论比较；发现不一致不会改动结论",
        epilog="退出码：0 完全一致；3 有不一致；1 数据库或程序故障；130 被中断。",
    )
    parser.add_argument("--as-of", type=_moment, help="截至日期或时刻（ISO 8601）；默认是快照的时刻")
    chosen = parser.parse_args(arguments)

    import django

    django.setup()
    from django.db import OperationalError

    from .running import recheck

    try:
        run, findings = recheck(
            by="命令行", as_of=chosen.as_of, told=_show if sys.stderr.isatty() else lambda *_: None
        )
    except OperationalError as fault:
        print(
            f"没有复核：数据库不可用（{str(fault).strip()}）。请核对 PLUMBLINE_DATABASE_URL。",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\n已停止，没有写入任何内容。", file=sys.stderr)
        return INTERRUPTED
    print(f"{run.matters:,} 个事项，{run.verdicts:,} 条结论，{run.seconds} 秒")
    if not run.differences:
        print(run.agreement)
        return 0
    print(f"{run.differences:,} 条与存档结论不一致：")
    if chosen.as_of:
        print("存档结论是现在的，截至另一时刻的有不一致是正常的；没有记入复核记录")
    for finding in findings[:20]:
        stored, found = finding.stored or ["没有"], finding.read or ["没有"]
        print(
            f"  {finding.get_kind_display()}  {finding.matter_id}  {finding.rule}  {finding.subject}"
            f"  存档 {' '.join(stored).strip()}  现在 {' '.join(found).strip()}"
        )
    return 3


def _moment(text: str) -> datetime:
    from plumbline.vocabulary import end_of

    try:
        return end_of(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，也不是带时区的时刻") from None


def _show(done: int, total: int, text: str) -> None:
    print(
        f"\r{text} {done}/{total or '…'}   ", end="" if done != total else "\n", file=sys.stderr, flush=True
    )

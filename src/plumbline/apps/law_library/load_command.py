"""``plumbline law load DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="plumbline law load", description="装载法规原文（Markdown 文件夹）")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    if not folder.is_dir():
        print(f"没有装载：找不到文件夹 {folder}。", file=sys.stderr)
        return 2
    import django

    django.setup()
    from .loading import load_folder

    done = load_folder(folder)
    print(f"已装载 {done.statutes} 部法规、{done.articles} 条；文字有变化 {len(done.changed)} 条")
    for name in done.changed:
        print(f"  变化：{name}（引用该条的规则需要复核）")
    return 0

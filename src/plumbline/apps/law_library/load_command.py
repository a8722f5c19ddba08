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
        print(f"没有装载：找不到文件夹 {folder}。请检查路径。", file=sys.stderr)
        return 2
    import django

    django.setup()
    from plumbline.platform.identity.actor import system_actor

    from .actions import load_texts
    from .amending import pending
    from .citations import cited_articles
    from .loading import UnreadableTexts, files_of

    try:
        done = load_texts(actor=system_actor("装载命令"), files=files_of(folder))
    except UnreadableTexts as unreadable:
        print("没有装载任何文字：", *(f"  {each}" for each in unreadable.faults), sep="\n", file=sys.stderr)
        return 2
    print(f"已装载 {done.statutes} 部法规、{done.articles} 条；文字有变化 {len(done.changed)} 条")
    rules = {f"{law}{article}": ids for (law, article), ids in cited_articles().items()}
    for name in done.changed:
        what = "已不在新文本中" if name in done.gone else "文字有变化"
        cited = "、".join(rules.get(name, ())) or "没有规则引用"
        print(f"  {name}：{what}；引用它的规则：{cited}")
    for each in pending():
        print(f"  {each.article}：{len(each.waiting)} 处引用待重新确认")
    if done.passed_over:
        print(f"  不是法规文本、没有装载的文件：{'、'.join(done.passed_over)}")
    return 0

"""``plumbline law check [DIR]``: refuse citations that nobody has confirmed on the text as it reads now.

Without a folder the texts loaded in the database are asked, with the confirmations given there. With one, its texts are
compared with the pinned hashes alone: the check of a build, which has no database.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="plumbline law check", description="检查引用的条文与原文是否一致；有未确认的变化时退出码为 1"
    )
    parser.add_argument("folder", type=Path, nargs="?", help="法规文本文件夹；不给则检查数据库中装载的原文")
    folder = parser.parse_args(arguments).folder
    if folder is not None and not folder.is_dir():
        print(f"没有检查：找不到文件夹 {folder}。请检查路径。", file=sys.stderr)
        return 2
    import django

    django.setup()
    from .citations import changed_in
    from .contract import stale_citations
    from .models import LoadedArticle

    if folder is not None:
        found = [f"{law}{article}：引用待重新确认" for law, article in changed_in(folder)]
    else:
        if not LoadedArticle.objects.exists():
            print("法规原文未装载，没有可以比较的文字。请先运行 plumbline law load 文件夹。", file=sys.stderr)
            return 2
        found = [f"{each.article}：{'、'.join(each.citers)}" for each in stale_citations()]
    if not found:
        print("全部引用与原文一致，或者已由人重新确认。")
        return 0
    print(f"{len(found)} 条的文字与引用时不同，没有人确认：", *(f"  {each}" for each in found), sep="\n")
    print("请在法规库的“引用确认”中比较新旧文字，逐处确认；需要修改的先修改规则。")
    return 1

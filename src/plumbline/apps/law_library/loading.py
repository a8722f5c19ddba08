"""Loading statute texts. Loading the same folder again changes nothing; a changed wording is kept visible.

A folder that cannot be read as it should be is refused whole, with the file, the place and what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from plumbline.law.texts import Statute, read_statute
from plumbline.platform import clock

from .models import LoadedArticle, LoadedStatute


class UnreadableTexts(Exception):
    """Why a folder was not loaded, one sentence a fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Loading:
    """What a loading did. ``changed`` holds what was reworded and what is gone, ``gone`` only the latter."""

    statutes: int
    articles: int
    changed: tuple[str, ...]
    gone: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()


def load_folder(folder: Path) -> Loading:
    """Load every statute of a folder, in one transaction."""
    statutes, passed_over = _read(folder)
    changed: list[str] = []
    gone: list[str] = []
    with transaction.atomic():
        for statute in statutes:
            reworded, missing = _load(statute)
            changed += reworded
            gone += missing
    articles = sum(len(each.articles) for each in statutes)
    return Loading(len(statutes), articles, (*changed, *gone), tuple(gone), tuple(passed_over))


def _read(folder: Path) -> tuple[list[Statute], list[str]]:
    """The statutes of the folder and the names of files that are none (a README has no list of facts)."""
    if not folder.is_dir():
        raise UnreadableTexts([f"找不到文件夹 {folder}。请检查路径。"])
    statutes: list[Statute] = []
    passed_over: list[str] = []
    faults: list[str] = []
    first_seen: dict[tuple[str, bool], str] = {}
    files = [(path, False) for path in sorted(folder.glob("*.md"))]
    files += [(path, True) for path in sorted((folder / "superseded").glob("*.md"))]
    for path, superseded in files:
        name = str(path.relative_to(folder))
        try:
            markdown = path.read_text("utf-8-sig")
        except UnicodeDecodeError as fault:
            faults.append(f"{name} 第 {fault.start + 1} 字节不是 UTF-8 文字。请把文件另存为 UTF-8。")
            continue
        statute = read_statute(markdown, superseded=superseded)
        if statute is None:
            if _meant_as_one(markdown):
                faults.append(
                    f"{name} 写有条文而开头不完整。第一行应为“# 标题”，其下应有“- 标题: 法规全称”。"
                )
            else:
                passed_over.append(name)
            continue
        before = first_seen.setdefault((statute.title, superseded), name)
        if before != name:
            faults.append(f"{name} 与 {before} 是同一部法规《{statute.title}》。请只保留一个文件。")
        counts = Counter(article.number for article in statute.articles)
        faults += [
            f"{name}：{number}出现了 {n} 次。请改正条号，或者把引文改为不以条号开头。"
            for number, n in counts.items()
            if n > 1
        ]
        faults += [
            f"{name} 第 {line} 行：{number}没有文字。请补全原文，条号和文字之间空一格。"
            for line, number in _bare_numbers(markdown)
        ]
        statutes.append(statute)
    if not statutes and not faults:
        faults.append(f"{folder} 中没有法规文本（*.md）。每个文件应以“# 标题”开头并列出“- 标题: 法规全称”。")
    if faults:
        raise UnreadableTexts(faults)
    return statutes, passed_over


_NUMBER = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[零〇一二三四五六七八九十百千]+)?")


def _bare_numbers(markdown: str) -> list[tuple[int, str]]:
    """Lines that are an article's number and nothing else, which would be lost as an article."""
    lines = enumerate(markdown.splitlines(), 1)
    return [(at, line.strip()) for at, line in lines if _NUMBER.fullmatch(line.strip())]


def _meant_as_one(markdown: str) -> bool:
    """A text with articles whose head was spoilt, as against notes that are no statute."""
    return any(line.strip().startswith("第一条") for line in markdown.splitlines())


def _load(statute: Statute) -> tuple[list[str], list[str]]:
    facts = statute.facts
    row, _ = LoadedStatute.objects.update_or_create(
        title=statute.title,
        superseded=statute.superseded,
        defaults={
            "short_title": statute.short_title,
            "kind": facts.get("类别", "")[:120],
            "issuer": facts.get("制定机关", "")[:200],
            "effective": facts.get("施行", "")[:200],
            "status": facts.get("状态", "")[:200],
        },
    )
    known = {article.number: article for article in row.articles.all()}
    changed: list[str] = []
    fresh: list[LoadedArticle] = []
    for place, article in enumerate(statute.articles):
        before = known.pop(article.number, None)
        if before is None:
            fresh.append(
                LoadedArticle(
                    statute=row, number=article.number, place=place, text=article.text, sha256=article.sha256
                )
            )
        elif before.sha256 != article.sha256 or before.gone_at is not None:
            before.previous_sha256, before.sha256, before.text = before.sha256, article.sha256, article.text
            before.changed_at, before.place, before.gone_at = clock.now(), place, None
            before.save()
            changed.append(f"{statute.short_title}{article.number}")
    LoadedArticle.objects.bulk_create(fresh)
    return changed, _mark_gone(statute, known)


def _mark_gone(statute: Statute, left: dict[str, LoadedArticle]) -> list[str]:
    """Articles that the new text no longer has: kept to be read, said once, and no longer the law."""
    gone = [article for article in left.values() if article.gone_at is None]
    for article in gone:
        article.gone_at = article.changed_at = clock.now()
        article.save(update_fields=["gone_at", "changed_at"])
    return [f"{statute.short_title}{article.number}" for article in gone]

"""Loading statute texts. Loading the same folder again changes nothing; a changed wording is kept visible.

A folder that cannot be read as it should be is refused whole, with the file, the place and what to do.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plumbline.law.texts import Statute, read_statute
from plumbline.platform import clock

from .models import FormerWording, LoadedArticle, LoadedStatute, StatuteVersion

SHAPE = "每个文件应以“# 标题”开头并列出“- 标题: 法规全称”。"


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


@dataclass(frozen=True)
class TextFile:
    """A file as it was handed in. ``superseded`` texts were replaced by another."""

    name: str
    content: bytes
    superseded: bool = False


def files_of(folder: Path) -> list[TextFile]:
    """The Markdown files of a folder, and of its ``superseded`` folder the texts that were replaced."""
    if not folder.is_dir():
        raise UnreadableTexts([f"找不到文件夹 {folder}。请检查路径。"])
    paths = [(path, False) for path in sorted(folder.glob("*.md"))]
    paths += [(path, True) for path in sorted((folder / "superseded").glob("*.md"))]
    if not paths:
        raise UnreadableTexts([f"{folder} 中没有法规文本（*.md）。{SHAPE}"])
    return [TextFile(str(path.relative_to(folder)), path.read_bytes(), old) for path, old in paths]


def load_files(files: Sequence[TextFile], *, by: str) -> Loading:
    """Load every statute of some files, in the caller's transaction; nothing is written where one cannot be read."""
    statutes, passed_over = _read(files)
    changed: list[str] = []
    gone: list[str] = []
    for statute in statutes:
        reworded, missing = _load(statute, by)
        changed += reworded
        gone += missing
    articles = sum(len(each.articles) for each in statutes)
    return Loading(len(statutes), articles, (*changed, *gone), tuple(gone), tuple(passed_over))


def _read(files: Sequence[TextFile]) -> tuple[list[Statute], list[str]]:
    """The statutes of the files and the names of files that are none (a README has no list of facts)."""
    statutes: list[Statute] = []
    passed_over: list[str] = []
    faults: list[str] = []
    first_seen: dict[tuple[str, bool], str] = {}
    for file in files:
        name, superseded = file.name, file.superseded
        try:
            markdown = file.content.decode("utf-8-sig")
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
        faults.append(f"没有法规文本。{SHAPE}")
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


def _load(statute: Statute, by: str) -> tuple[list[str], list[str]]:
    facts = statute.facts
    before = LoadedStatute.objects.filter(title=statute.title, superseded=statute.superseded).first()
    row, _ = LoadedStatute.objects.update_or_create(
        title=statute.title,
        superseded=statute.superseded,
        defaults={
            "short_title": statute.short_title,
            "kind": facts.get("类别", "")[:120],
            "issuer": facts.get("制定机关", "")[:200],
            "adopted": next((v for k, v in facts.items() if k.startswith("通过")), "")[:200],
            "effective": facts.get("施行", "")[:200],
            "status": facts.get("状态", "")[:200],
        },
    )
    known = {article.number: article for article in row.articles.all()}
    reworded: list[LoadedArticle] = []
    former: list[FormerWording] = []
    fresh: list[LoadedArticle] = []
    now = clock.now()
    for place, article in enumerate(statute.articles):
        kept = known.pop(article.number, None)
        if kept is None:
            fresh.append(
                LoadedArticle(
                    statute=row, number=article.number, place=place, text=article.text, sha256=article.sha256
                )
            )
        elif kept.sha256 != article.sha256 or kept.gone_at is not None:
            if kept.sha256 != article.sha256:
                former.append(_former(kept, before, now))
            kept.previous_sha256, kept.sha256, kept.text = kept.sha256, article.sha256, article.text
            kept.changed_at, kept.place, kept.gone_at = now, place, None
            reworded.append(kept)
    FormerWording.objects.bulk_create(former)
    LoadedArticle.objects.bulk_update(
        reworded, ["previous_sha256", "sha256", "text", "changed_at", "place", "gone_at"], batch_size=500
    )
    LoadedArticle.objects.bulk_create(fresh)
    gone = _mark_gone(known)
    _keep_version(row, statute, len(reworded) + len(gone), by)
    return [f"{statute.short_title}{each.number}" for each in reworded], [
        f"{statute.short_title}{each}" for each in gone
    ]


def _former(article: LoadedArticle, statute: LoadedStatute | None, now: datetime) -> FormerWording:
    return FormerWording(
        article=article,
        sha256=article.sha256,
        text=article.text,
        effective=statute.effective if statute else "",
        replaced_at=now,
    )


def _mark_gone(left: dict[str, LoadedArticle]) -> list[str]:
    """Articles that the new text no longer has: kept to be read, said once, and no longer the law."""
    gone = [article for article in left.values() if article.gone_at is None]
    for article in gone:
        article.gone_at = article.changed_at = clock.now()
    LoadedArticle.objects.bulk_update(gone, ["gone_at", "changed_at"], batch_size=500)
    return [article.number for article in gone]


def _keep_version(row: LoadedStatute, statute: Statute, changed: int, by: str) -> None:
    """A version for each text that differs from the one loaded before, in its articles or its dates."""
    whole = hashlib.sha256(
        "".join(each.number + each.sha256 for each in statute.articles).encode()
    ).hexdigest()
    last = row.versions.first()
    if last is not None and (last.sha256, last.effective) == (whole, row.effective):
        return
    StatuteVersion.objects.create(
        statute=row,
        adopted=row.adopted,
        effective=row.effective,
        sha256=whole,
        articles=len(statute.articles),
        changed=changed if last is not None else 0,
        loaded_at=clock.now(),
        by_label=by[:60],
    )

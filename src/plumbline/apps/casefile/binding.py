"""Binding a volume: every part as pages, the made pages around them, one PDF with continuous numbers and bookmarks."""

from __future__ import annotations

import io
import json
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plumbline.apps.paperwork.contract import printed_pdf
from plumbline.platform import clock
from plumbline.platform.files.confined import Unreadable, page_count, redrawn
from plumbline.platform.files.store import FileAltered, open_kept

from . import setting
from .models import AUXILIARY, MAIN, volume_label
from .parts import Gathered, Part

log = logging.getLogger(__name__)

BINDER = Path(__file__).with_name("binder.py")
PRINT_EDGE = 1700  # pixels of the longer edge: 200 to the inch on A4
DRAWN_AT_ONCE = 2
TELL_EVERY = 0.4  # seconds between two reports of progress
Progress = Callable[[int, str], None]


class CannotBind(Exception):
    """The volume cannot be made; the message is shown as it stands."""


@dataclass(frozen=True)
class Bound:
    """A volume as it lies in ``path``: numbered pages, and the rows of its contents."""

    path: Path
    pages: int
    contents: list[dict[str, Any]]


@dataclass
class _Source:
    """Where a part's pages come from."""

    path: str
    first: int
    count: int
    title: str


def bind(
    case: Any, gathered: Gathered, volume: str, *, folder: Path, by: str, note: str = "", progress: Progress
) -> Bound:
    """Make the PDF of a volume in ``folder``. ``progress(percent, words)`` may raise to stop."""
    parts = gathered.of(volume)
    if not parts:
        raise CannotBind(f"{volume_label(volume)}还没有材料。签发文书或者登记证据以后再生成。")
    on = clock.today()
    sources = _sources(case, parts, folder, on, progress)
    if volume != AUXILIARY and any(part.item is not None for part in parts):
        chain = setting.custody_table(case, on=on)
        if chain is not None:
            sources.append(_written(folder / "custody.pdf", chain, "证据保管记录"))
    contents, number = [], 1
    for part, source in zip([*parts, *([None] * (len(sources) - len(parts)))], sources, strict=True):
        contents.append(_row(part, source, number))
        number += source.count
    pages = number - 1
    progress(62, f"共 {pages} 页，正在编目录")
    rows = [_contents_row(at, row) for at, row in enumerate(contents, 1)]
    before = _written(
        folder / "front.pdf", setting.front(case, volume, rows, pages=pages, on=on), "封面和目录"
    )
    lines = _closing_lines(gathered, volume, parts, pages, note)
    after = _written(folder / "closing.pdf", setting.closing(case, lines, by=by, on=on), "备考表")
    (folder / "numbers.pdf").write_bytes(setting.numbers(pages, on=on))
    path = _run_binder(folder, [(before, False), *((each, True) for each in sources), (after, False)],
                       title=f"{case} {volume_label(volume)}", progress=progress)  # fmt: skip
    return Bound(path, pages, contents)


def _sources(case: Any, parts: Sequence[Part], folder: Path, on: Any, progress: Progress) -> list[_Source]:
    """The pages of every part; those that need a made sheet are set together, which is much faster."""
    found: list[_Source | None] = []
    sheets: list[tuple[int, Part, str]] = []
    with _drawn_ahead(parts, folder) as drawn:
        for at, part in enumerate(parts):
            progress(60 * at // len(parts), f"正在整理第 {at + 1} 份，共 {len(parts)} 份：{part.title}")
            with _named(part):
                source = _of_its_own(part, folder / f"part-{at}.pdf", on)
                picture = drawn[at].result() if at in drawn else ""
            found.append(source)
            if source is None:
                sheets.append((at, part, picture))
    if sheets:
        set_pages = setting.sheets(case, [(part, picture) for _, part, picture in sheets], root=folder, on=on)
        whole = _written(folder / "sheets.pdf", set_pages, "")
        if whole.count != len(sheets):
            raise CannotBind("证据页没有排成一项一页，案卷没有生成。请联系系统管理员。")
        for page, (at, part, _) in enumerate(sheets):
            found[at] = _Source(whole.path, page, 1, part.title)
    return [source for source in found if source is not None]


@contextmanager
def _drawn_ahead(parts: Sequence[Part], folder: Path) -> Iterator[dict[int, Future[str]]]:
    """The photographs, drawn small beside the other work: each is a process of its own, and most of the time of a volume."""
    pool = ThreadPoolExecutor(DRAWN_AT_ONCE)
    try:
        yield {
            at: pool.submit(_draw, part, folder, f"picture-{at}.jpg")
            for at, part in enumerate(parts)
            if part.sort == "picture" and part.file is not None
        }
    finally:
        pool.shutdown(cancel_futures=True)


def _draw(part: Part, folder: Path, name: str) -> str:
    """The name of the picture for the part's sheet, or "" where it cannot be read: its sheet stands for it."""
    try:
        with open_kept(_shown(part), verify=True) as source:
            (folder / name).write_bytes(redrawn(source, edge=PRINT_EDGE, quality=82))
    except Unreadable:
        return ""
    return name


def _of_its_own(part: Part, path: Path, on: Any) -> _Source | None:
    """The pages of a part that brings its own, or None."""
    if part.document is not None:
        return _written(path, printed_pdf(part.document), part.title)
    if part.sort == "recordings":
        return _written(path, setting.recordings_table(part, on=on), part.title)
    if part.file is None or part.sort != "pdf":
        return None
    try:
        with open_kept(_shown(part), verify=True) as source:
            pages = part.file.pages or page_count(source)
            source.seek(0)
            with path.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            return _Source(str(path), 0, pages, part.title)
    except Unreadable:
        return None  # its sheet stands for it


def _shown(part: Part) -> str:
    """The file that goes into the volume: the working copy where there is one."""
    assert part.file is not None
    return str((part.copy or part.file).sha256)


@contextmanager
def _named(part: Part) -> Iterator[None]:
    """A file that is lost or altered stops the volume, and is named."""
    try:
        yield
    except FileNotFoundError:
        raise CannotBind(f"{part.title}的文件缺失，案卷没有生成。请联系审计管理员。") from None
    except FileAltered:
        raise CannotBind(
            f"{part.title}的文件与登记时的指纹不同，案卷没有生成。请停止使用并联系审计管理员。"
        ) from None


def _written(path: Path, pdf: bytes, title: str) -> _Source:
    path.write_bytes(pdf)
    from pypdf import PdfReader  # dear to load

    return _Source(str(path), 0, len(PdfReader(io.BytesIO(pdf)).pages), title)


def _row(part: Part | None, source: _Source, number: int) -> dict[str, Any]:
    if part is None:
        return {
            "key": "custody",
            "title": source.title,
            "number": "",
            "author": "",
            "on": "",
            "page": number,
            "pages": source.count,
        }
    return {
        "key": part.key, "title": part.title, "number": part.number, "author": part.author,
        "on": part.on.isoformat() if part.on else "", "page": number, "pages": source.count,
    }  # fmt: skip


def _contents_row(at: int, row: dict[str, Any]) -> list[str]:
    last = row["page"] + row["pages"] - 1
    where = str(row["page"]) if row["pages"] == 1 else f"{row['page']}-{last}"
    return [str(at), row["title"], row["number"], row["author"], row["on"].replace("-", "."), where]


def _closing_lines(
    gathered: Gathered, volume: str, parts: Sequence[Part], pages: int, note: str
) -> list[str]:
    lines = [f"本卷为{volume_label(volume)}，共有材料 {len(parts)} 份，编号 {pages} 页。"]
    files = sum(part.electronic for part in parts)
    if files:
        lines.append(f"其中 {files} 份为电子文件，以代替页入卷，文件随电子案卷包保存。")
    things = sum(part.sort == "thing" for part in parts)
    if things:
        lines.append(f"其中 {things} 项为实物，以代替页入卷。")
    left_out = [part for part in gathered.parts if part.left_out and part.volume == volume]
    lines += [f"“{part.title}”不入卷：{part.left_out}。" for part in left_out]
    if volume == MAIN and gathered.unsigned:
        lines.append(f"另有 {len(gathered.unsigned)} 份文书尚未签发，不入卷。")
    if note:
        lines.append(f"情况说明：{note}")
    return lines


def _run_binder(folder: Path, parts: list[tuple[_Source, bool]], *, title: str, progress: Progress) -> Path:
    """Run the binder as a process of its own; stopping the job ends it."""
    out, manifest = folder / "volume.pdf", folder / "manifest.json"
    total = sum(source.count for source, _ in parts)
    manifest.write_text(
        json.dumps(
            {
                "out": str(out),
                "stamps": str(folder / "numbers.pdf"),
                "title": title,
                "parts": [
                    {
                        "path": s.path,
                        "first": s.first,
                        "count": s.count,
                        "title": s.title,
                        "numbered": numbered,
                    }
                    for s, numbered in parts
                ],
            }
        )
    )
    log_path = folder / "binder.log"
    child = subprocess.Popen(
        [sys.executable, "-I", str(BINDER), str(manifest)], stdout=subprocess.PIPE, stderr=log_path.open("w"),
        text=True, env={}, cwd="/", start_new_session=True,
    )  # fmt: skip
    told = 0.0
    try:
        assert child.stdout is not None
        for line in child.stdout:
            if time.monotonic() - told > TELL_EVERY:
                told = time.monotonic()
                progress(64 + 35 * int(line) // max(total, 1), f"正在装订第 {int(line)} 页，共 {total} 页")
        if child.wait() != 0:
            log.error("binder: %s", log_path.read_text(errors="replace")[-2000:])
            raise CannotBind("有一份 PDF 不能装订，案卷没有生成。请逐份检查 PDF 证据，重新导出后再登记。")
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    return out

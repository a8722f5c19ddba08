"""How long a case file of about 500 pages takes to bind, against pypdf merging the same pages and nothing else.

    python -m bench.bench_case_file [--pages 500]

The case has 40 documents, 40 photographs of 12 megapixels and scans for the rest, made here. Baseline: ``PdfWriter.append`` of the files that the binder
puts together, written out; it makes no page, numbers none and checks no hash.
"""

from __future__ import annotations

import argparse
import io
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

from .database import empty_database

PAPERS, PHOTOS, SCAN_PAGES = 40, 40, 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=500)
    wanted = parser.parse_args().pages
    with empty_database():
        from plumbline.apps.cases.tests.world import REGISTERS, World, stated_registers

        with stated_registers(REGISTERS):
            world = World().build()
            case = _case(world, wanted)
            _race(case)


def _case(world: Any, wanted: int) -> Any:
    from PIL import Image

    from plumbline.apps.casefile.tests.made import item, paper
    from plumbline.packs.penalty.documents import TEMPLATES

    case = world.investigated()
    codes = [code for code in TEMPLATES if code != "D44"]
    for number in range(PAPERS):
        paper(world, case, codes[number % len(codes)], f"文书第 {number + 1} 份", "测")
    noise = Image.effect_noise((4000, 3000), 40).convert("RGB")
    for number in range(PHOTOS):
        sink = io.BytesIO()
        noise.rotate(number * 3).save(sink, "JPEG", quality=80)
        item(world, case, f"现场照片 {number + 1}", [("现场.jpg", sink.getvalue())])
    left = max(wanted - PAPERS * 2 - PHOTOS, SCAN_PAGES)
    for number in range(-(-left // SCAN_PAGES)):
        item(world, case, f"往来账册 {number + 1}", [("账册.pdf", _scan(number))])
    return case


def _scan(number: int) -> bytes:
    """Twenty pages as a scanner gives them: a grey picture a page."""
    from PIL import Image, ImageChops

    # Drawn once and shifted: no two pages are the same, and making them takes less time than binding them.
    noise = Image.effect_noise((1240, 1754), 30 + number)
    pages = [ImageChops.offset(noise, 17 * page, 29 * page) for page in range(SCAN_PAGES)]
    sink = io.BytesIO()
    pages[0].save(sink, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return sink.getvalue()


def _race(case: Any) -> None:
    import json
    import os

    from pypdf import PdfReader, PdfWriter

    from plumbline.apps.casefile.binding import bind
    from plumbline.apps.casefile.parts import gather

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began, used = time.perf_counter(), os.times()
        bound = bind(case, gather(case), "main", folder=folder, by="测量", progress=lambda *_: None)
        ours = time.perf_counter() - began
        after = os.times()
        busy = after.user + after.system - used.user - used.system
        helped = (after.children_user + after.children_system) - (used.children_user + used.children_system)
        told = json.loads((folder / "manifest.json").read_text())
        began = time.perf_counter()
        writer = PdfWriter()
        for part in told["parts"]:
            writer.append(
                part["path"], pages=(part["first"], part["first"] + part["count"]), import_outline=False
            )
        with (folder / "merged.pdf").open("wb") as sink:
            writer.write(sink)
        baseline = time.perf_counter() - began
        total = len(PdfReader(bound.path).pages)
        print(f"python {platform.python_version()}, {bound.pages} numbered pages, {total} in all")
        print(
            f"case file: {ours:.1f} s, {total / ours:.0f} pages/s, {bound.path.stat().st_size / 1e6:.0f} MB"
        )
        print(
            f"processor seconds: {busy:.1f} of its own, {helped:.1f} of the processes that draw and bind;"
            f" load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        print(f"pypdf merge alone: {baseline:.1f} s, {total / baseline:.0f} pages/s")


if __name__ == "__main__":
    main()

"""Runs the blocks of ``docs/how-to/judge-another-log.md`` as one program. With ``--renew`` its plots go to ``docs/images``.

python -m tests.exchange.notebook --renew
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.fines_by_hand import LOG, log_path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "judge-another-log.md"
IMAGES = ROOT / "docs" / "images"
#: The two fines that the page speaks of: one with an amount, one without.
TINY = """\
{"id":"T1-0","matter":"T1","kind":"fine","activity":"created","occurred_at":"2010-01-01","recorded_at":"2010-01-01T12:00:00+08:00","agency":"POLICE","data":{"cents":3500}}
{"id":"T2-0","matter":"T2","kind":"fine","activity":"created","occurred_at":"2010-01-01","recorded_at":"2010-01-01T12:00:00+08:00","agency":"POLICE","data":{}}
"""


def blocks() -> list[tuple[int, str]]:
    """The Python blocks of the page, each with the line on which it begins."""
    text = PAGE.read_text("utf-8")
    return [
        (text.count("\n", 0, found.start(1)) + 1, found[1])
        for found in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]


def run(folder: Path) -> dict[str, Any]:
    """Run every block in ``folder``; the names they made. Errors name the line of the page."""
    (folder / "images").mkdir()
    (folder / "tiny.jsonl").write_text(TINY, "utf-8")
    os.environ[LOG] = str(log_path().absolute())
    names: dict[str, Any] = {"__name__": "notebook"}
    before = Path.cwd()
    os.chdir(folder)
    try:
        for line, block in blocks():
            exec(compile("\n" * (line - 1) + block, str(PAGE), "exec"), names)
    finally:
        os.chdir(before)
    return names


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder)
        for image in sorted((folder / "images").iterdir()):
            if "--renew" in sys.argv:
                (IMAGES / image.name).write_bytes(image.read_bytes())
            print(image.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())

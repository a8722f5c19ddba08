"""Chromium 90, the oldest browser that Plumbline works in, and how today's Playwright drives it.

``PLUMBLINE_OLD_CHROMIUM`` names the executable; without it the package in ``package-lock.json`` is fetched once with npm and
unpacked into ``.tools/chromium90``. ``python -m tests.floor.chromium90`` does that alone and prints the path.
"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.chromium import ROOT, Chromium, NoChromium, installed_by_npm, unpacked_once

PACKAGE = ROOT / "tests" / "floor"
UNPACKED = ROOT / ".tools" / "chromium90"
FLOOR = 90
START = (
    "--headless",
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--remote-debugging-port=0",
    "about:blank",
)
PATIENCE = 30  # seconds until the browser has opened its port
# Playwright asks every element whether it can be seen by a call that Chromium 105 brought. An engine of selectors is the one
# script that Playwright runs in its own world of a page; this one brings the call and finds nothing.
SEEN = """(() => {
  if (!Element.prototype.checkVisibility)
    Element.prototype.checkVisibility = function () { return this.getClientRects().length > 0; };
  return { query() { return null; }, queryAll() { return []; } };
})()"""


def find_chromium90() -> Chromium:
    """The executable with its libraries; the reason as ``NoChromium`` where there is none."""
    named = os.environ.get("PLUMBLINE_OLD_CHROMIUM")
    program = Path(named) if named else unpacked_once(UNPACKED, _unpack) / "chromium"
    if not program.exists():
        raise NoChromium(f"没有 Chromium {FLOOR}：PLUMBLINE_OLD_CHROMIUM 指的文件 {program} 不存在。")
    libraries = program.parent / "lib"
    return Chromium(program, START, {"LD_LIBRARY_PATH": str(libraries)} if libraries.is_dir() else {})


def _unpack() -> None:
    import brotli

    parts = installed_by_npm(PACKAGE, UNPACKED) / "chrome-aws-lambda" / "bin"
    for archive in ("aws.tar.br", "swiftshader.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((parts / archive).read_bytes()))) as packed:
            packed.extraction_filter = getattr(tarfile, "data_filter", None)
            packed.extractall(UNPACKED)
    program = UNPACKED / "chromium"
    program.write_bytes(brotli.decompress((parts / "chromium.br").read_bytes()))
    program.chmod(0o755)


@contextmanager
def driven(chromium: Chromium, playwright: Any) -> Iterator[Any]:
    """The browser, running, as Playwright's own ``launch`` would give it."""
    playwright.selectors.register("floor", SEEN)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen(
            [chromium.path, f"--user-data-dir={profile}", *chromium.arguments],
            env={**os.environ, **chromium.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            browser = playwright.chromium.connect_over_cdp(
                f"http://127.0.0.1:{_port(running, Path(profile))}"
            )
            assert browser.version.partition(".")[0] == str(FLOOR), browser.version
            yield browser
            browser.close()
        finally:
            running.terminate()
            running.wait(10)


def _port(running: subprocess.Popen[bytes], profile: Path) -> int:
    told = profile / "DevToolsActivePort"
    for _ in range(PATIENCE * 10):
        if told.exists() and (words := told.read_text().split()):
            return int(words[0])
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise NoChromium(f"Chromium {FLOOR} 没有启动（退出码 {running.poll()}）。")


if __name__ == "__main__":
    print(find_chromium90().path)

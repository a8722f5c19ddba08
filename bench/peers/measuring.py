"""Timing in a child process, and what it hands back. Standard library alone: the peers' own environments run it too."""

from __future__ import annotations

import gc
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Wall seconds and processor seconds (of all threads) of each run.
Took = list[tuple[float, float]]


def timed(work: Callable[[], Any], runs: int) -> tuple[Any, Took]:
    """The last result, and what each run took."""
    took: Took = []
    result: Any = None
    for _ in range(runs):
        result = None
        gc.collect()
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        took.append((time.perf_counter() - wall, time.process_time() - cpu))
    return result, took


def peak_mb() -> float:
    """The most memory this process held so far, in MB; what the process that started it held is no part of it."""
    status = Path("/proc/self/status")
    if status.exists():
        (kilobytes,) = re.findall(r"^VmHWM:\s+(\d+) kB$", status.read_text("utf-8"), re.MULTILINE)
        return int(kilobytes) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def asked() -> dict[str, Any]:
    """What the process was started for: the JSON file named as its argument."""
    document: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    return document


def answer(task: dict[str, Any], **found: Any) -> None:
    Path(task["answer"]).write_text(json.dumps({"peak_mb": peak_mb(), **found}), "utf-8")

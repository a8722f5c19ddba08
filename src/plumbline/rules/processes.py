"""Work handed to several processes, in order and a little ahead of who takes the results."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")

AHEAD = 4  # tasks a process may be ahead of the taker: more would only pile up in memory


def answered(
    function: Callable[[Task], Answer], tasks: Iterable[Task], *, processes: int
) -> Iterator[tuple[Task, Answer]]:
    """Each task with its answer. The processes are forks: they see what was there when the first task was taken."""
    with multiprocessing.get_context("fork").Pool(processes, _leave_interrupts) as pool:
        waiting: deque[tuple[Task, Any]] = deque()
        for task in tasks:
            waiting.append((task, pool.apply_async(function, (task,))))
            if len(waiting) > AHEAD * processes:
                first, answer = waiting.popleft()
                yield first, answer.get()
        for first, answer in waiting:
            yield first, answer.get()


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; only the main one says so, and it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

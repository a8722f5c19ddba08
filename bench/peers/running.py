"""What the parts of the comparison share: the log as the independent checker has it, child processes, and the rows printed."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from . import brute_force
from .brute_force import SILENT, VIOLATED, Case, Verdicts
from .constraints import ACTIVITIES
from .venvs import HERE, NotRun, python_of

ROOT = HERE.parents[1]


@dataclass
class Bench:
    """One run of the command. ``different`` counts comparisons that failed: nothing is timed then."""

    log_path: Path
    venvs: Path
    scratch: Path
    runs: int
    different: int = 0
    only: str = ""
    children: int = field(default=0, init=False)

    @cached_property
    def log(self) -> list[tuple[str, Case]]:
        return list(brute_force.cases(self.log_path))

    @cached_property
    def case_of_row(self) -> np.ndarray[Any, Any]:
        return np.repeat(np.arange(len(self.log)), [len(case) for _, case in self.log])

    def wants(self, peer: str) -> bool:
        return not self.only or self.only in peer

    def peer(self, environment: str, script: str, **task: Any) -> dict[str, Any]:
        """What a peer's script answers, run in the peer's environment."""
        return self._child([str(python_of(environment, self.venvs)), str(HERE / script)], task)

    def own(self, module: str, **task: Any) -> dict[str, Any]:
        """What one of our modules answers, run in a process of its own."""
        return self._child([sys.executable, "-m", f"bench.peers.{module}"], task)

    def _child(self, words: list[str], task: dict[str, Any]) -> dict[str, Any]:
        self.children += 1
        stem = self.scratch / f"child-{self.children}"
        task = {"log": str(self.log_path), "runs": self.runs, "activities": ACTIVITIES, **task}
        task |= {"answer": f"{stem}.json", "found": f"{stem}.npy"}
        asked = Path(f"{stem}.task")
        asked.write_text(json.dumps(task), "utf-8")
        done = subprocess.run(
            [*words, str(asked)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines()
            raise NotRun(f"stopped with {lines[-1] if lines else f'code {done.returncode}'}")
        answer: dict[str, Any] = json.loads(Path(task["answer"]).read_text("utf-8"))
        found = Path(task["found"])
        answer["found"] = np.load(found) if found.exists() else None
        return answer

    def agree(self, what: str, one: Any, other: Any, names: list[str] | None = None) -> bool:
        """Whether two results are the same in every place; says where not."""
        one, other = np.asarray(one), np.asarray(other)
        if one.shape == other.shape and np.array_equal(one, other):
            return True
        self.different += 1
        print(f"  DIFFERENT, so not timed: {what} (shapes {one.shape} and {other.shape})")
        if one.shape == other.shape:
            for number in range(len(one)):
                places = int((one[number] != other[number]).sum())
                if places:
                    print(f"    {names[number] if names else number}: {places} places differ")
        return False

    def by_case(self, verdicts: Verdicts) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """By constraint and case how many activations meet it and how many violate it."""
        shape = (len(verdicts), len(self.log))
        met, violated = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int32)
        for number, row in enumerate(verdicts):
            judged = row != SILENT
            bad = row == VIOLATED
            np.add.at(violated[number], self.case_of_row[bad], 1)
            np.add.at(met[number], self.case_of_row[judged & ~bad], 1)
        return met, violated

    def in_order(self, names: list[str]) -> list[int]:
        """For each case of ours its place among a peer's, which may keep another order."""
        places = {name: place for place, name in enumerate(names)}
        return [places[name] for name, _ in self.log]


def median(took: list[list[float]], which: int) -> float:
    """0 for wall, 1 for processor seconds."""
    return statistics.median(each[which] for each in took)


ROW = "  {:<58}{:>10}{:>10}{:>10}{:>9}{:>9}"


def print_head(title: str) -> None:
    print(f"\n{title}")
    print(ROW.format("", "wall s", "CPU s", "peak MB", "x wall", "x CPU"))


def print_row(
    name: str, answer: dict[str, Any], ours: dict[str, Any] | None = None, *, took: str = "took"
) -> None:
    """A peer's row; ``ours`` is what its time is divided by."""
    wall, cpu = median(answer[took], 0), median(answer[took], 1)
    times = ["", ""]
    if ours is not None:
        times = [f"{wall / median(ours['took'], 0):,.1f}", f"{cpu / median(ours['took'], 1):,.1f}"]
    print(ROW.format(name, f"{wall:.4f}", f"{cpu:.4f}", f"{answer['peak_mb']:,.0f}", *times), flush=True)


def versions_of(answer: dict[str, Any]) -> str:
    return ", ".join(f"{name} {number}" for name, number in answer["versions"].items())

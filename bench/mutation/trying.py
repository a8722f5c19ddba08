"""Each mutant in a process of its own, forked where modules are loaded and tests gathered already: killed or not?"""

from __future__ import annotations

import gc
import json
import os
import random
import resource
import select
import signal
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from _pytest.runner import runtestprotocol

from .mutants import Mutant, mutated
from .reaching import IMPORTED, PLAIN, Reach, unhurried_and_unshrunk
from .swapping import Functions, Mutated, NotInPlace

LONG = 0.2  # processor seconds of a test
QUICK = 3.0  # of a file of tests
MEMORY = 6 << 30  # bytes of addresses a mutant may take
KILLED, SURVIVED, LATER = "killed", "survived", "later"


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Processor seconds for one mutant: past them it counts as a survivor. A stuck test counts as a kill."""

    mutant: float
    wall: float = 900.0

    @staticmethod
    def test(usual: float) -> float:
        return 10 + 20 * usual


@dataclass(frozen=True, kw_only=True)
class Outcome:
    key: str
    outcome: str
    by: str  # the test that failed, or why there is none
    tests: int
    seconds: float


class Record:
    """Outcomes as JSON lines; of a mutant tried twice the last one counts."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> list[Outcome]:
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return [Outcome(**json.loads(line)) for line in lines]

    def read(self) -> dict[str, Outcome]:
        return {o.key: o for o in self.all()}

    def once_survived(self) -> set[str]:
        return {o.key for o in self.all() if o.outcome == SURVIVED}

    def add(self, outcome: Outcome) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(outcome.__dict__, ensure_ascii=False) + "\n")


def in_turn(tests: set[str], seconds: dict[str, float]) -> list[str]:
    """One of each test function, then a second of each, and so on; those that take long at the end."""
    groups: dict[str, list[str]] = defaultdict(list)
    for test in sorted(tests):
        groups[test.split("[")[0]].append(test)
    order = random.Random(0)
    for members in groups.values():
        order.shuffle(members)
    deepest = max(map(len, groups.values()), default=0)
    found = [members[i] for i in range(deepest) for members in groups.values() if i < len(members)]
    return sorted(found, key=lambda test: seconds[test] > LONG)


class Trying:
    """Pytest plugin that, instead of running the tests once, runs for every mutant those that reach it."""

    def __init__(
        self, root: Path, mutants: list[Mutant], reach: Reach, budget: Budget, record: Record
    ) -> None:
        self.root, self.mutants, self.reach, self.budget, self.record = root, mutants, reach, budget, record

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        functions = Functions(self.root)
        # The kernel's compiled code is loaded once, here, and not by every mutant's process.
        warm = next(i for i in session.items if i.nodeid.startswith("bench/mutation/by_rule.py"))
        runtestprotocol(warm, log=False, nextitem=None)
        gc.collect()
        gc.freeze()
        self._control(items)
        for number, mutant in enumerate(self.mutants, 1):
            tests = self.reach.of(mutant.path, mutant.lines)
            chosen = in_turn((tests - {IMPORTED}) & set(items), self.reach.seconds)
            text = mutated(self.root, mutant)
            assert text is not None
            began = time.monotonic()

            def attempt(
                tell: Callable[[str], None],
                mutant: Mutant = mutant,
                text: str = text,
                chosen: list[str] = chosen,
            ) -> str:
                try:
                    functions.replace(mutant.path, text)
                except NotInPlace:
                    return LATER
                return _run(items, chosen, self.reach, self.budget.mutant, tell)

            outcome, by = forked(attempt, self.budget.wall)
            if outcome == SURVIVED and IMPORTED in tests:
                outcome = LATER  # the change may have had its say before the fork
            took = round(time.monotonic() - began, 2)
            self.record.add(Outcome(key=mutant.key, outcome=outcome, by=by, tests=len(chosen), seconds=took))
            print(f"{number}/{len(self.mutants)} {outcome} {mutant.key} {by} {took}", flush=True)
        return True

    def _control(self, items: dict[str, pytest.Item]) -> None:
        """The tests in their order for mutants, without one: each has to pass. Once for a test and product."""
        kept = self.record.path.with_name(f"control-{self.reach.product[:16]}.json")
        passed = set(json.loads(kept.read_text("utf-8"))) if kept.exists() else set()
        tests = in_turn(set(self.reach.seconds) & set(items) - passed, self.reach.seconds)
        found = forked(lambda tell: _run(items, tests, self.reach, 9e9, tell), 3600)
        print(f"control run: {len(tests)} tests, {found}", flush=True)
        assert found[0] == SURVIVED, f"without a mutant: {found}"
        kept.write_text(json.dumps(sorted(passed.union(tests))), "utf-8")


def try_in_place(
    root: Path, mutants: list[Mutant], reach: Reach, budget: Budget, record: Record, files: list[str]
) -> None:
    """All of them from one parent; what has to be imported anew is recorded as ``later``."""
    pid = os.fork()
    if pid == 0:
        unhurried_and_unshrunk()
        code = pytest.main([*PLAIN, "-s", *files], plugins=[Trying(root, mutants, reach, budget, record)])
        os._exit(0 if code in (0, 5) else 1)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit("the control run failed, or the tests could not be gathered")


def try_imported(root: Path, mutants: list[Mutant], reach: Reach, budget: Budget, record: Record) -> None:
    """Each in a process that imports the mutated module and gathers the tests: slow, for what is run at import."""
    everyone = set(reach.seconds)
    for number, mutant in enumerate(mutants, 1):
        text = mutated(root, mutant)
        assert text is not None
        direct = reach.of(mutant.path, mutant.lines)
        tests = everyone if IMPORTED in direct or not direct else direct
        began = time.monotonic()

        def attempt(
            tell: Callable[[str], None], mutant: Mutant = mutant, text: str = text, tests: set[str] = tests
        ) -> str:
            Mutated(root, mutant.path, text).install()
            unhurried_and_unshrunk()
            for files in _in_rounds(tests, reach):
                one = _One({t for t in tests if _file(t) in files}, reach, budget.mutant, tell)
                pytest.main([*PLAIN, "-s", *files], plugins=[one])
                if one.outcome == KILLED:
                    break
            return one.outcome

        outcome, by = forked(attempt, budget.wall)
        took = round(time.monotonic() - began, 2)
        record.add(Outcome(key=mutant.key, outcome=outcome, by=by, tests=len(tests), seconds=took))
        print(f"{number}/{len(mutants)} imported: {outcome} {mutant.key} {by} {took}", flush=True)


def _in_rounds(tests: set[str], reach: Reach) -> list[list[str]]:
    """The files of the tests, those that are gathered and run quickly before the others."""
    cost: dict[str, float] = defaultdict(float)
    for test, seconds in reach.seconds.items():
        cost[_file(test)] += seconds
    files = sorted({_file(test) for test in tests})
    rounds = [f for f in files if cost[f] < QUICK], [f for f in files if cost[f] >= QUICK]
    return [each for each in rounds if each]


def _file(test: str) -> str:
    return test.split("::", maxsplit=1)[0]


class _One:
    """Pytest plugin: gathers with the mutant in place, and runs the chosen tests; a failed gathering is a kill."""

    def __init__(self, tests: set[str], reach: Reach, seconds: float, tell: Callable[[str], None]) -> None:
        self.tests, self.reach, self.seconds, self.tell = tests, reach, seconds, tell
        self.outcome = KILLED
        tell("gathering")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            return True
        items = {item.nodeid: item for item in session.items}
        missing = self.tests - set(items)
        if missing:
            self.tell(f"no longer gathered: {min(missing)}")
            return True
        self.outcome = _run(
            items, in_turn(self.tests, self.reach.seconds), self.reach, self.seconds, self.tell
        )
        return True


def _run(
    items: dict[str, pytest.Item], tests: list[str], reach: Reach, seconds: float, tell: Callable[[str], None]
) -> str:
    """Until one fails. A test that hangs ends the process by signal, which is a kill too."""
    last = time.process_time() + seconds
    for i, test in enumerate(tests):
        tell(test)
        following = items[tests[i + 1]] if i + 1 < len(tests) else None
        signal.setitimer(signal.ITIMER_VIRTUAL, Budget.test(reach.seconds[test]))
        reports = runtestprotocol(items[test], log=False, nextitem=following)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if any(report.failed for report in reports):
            return KILLED
        if time.process_time() > last:
            tell(f"not within {seconds:.0f} s: {i + 1} of {len(tests)} tests run")
            return SURVIVED
    tell("")
    return SURVIVED


def forked(attempt: Callable[[Callable[[str], None]], str], wall: float) -> tuple[str, str]:
    """The attempt's outcome and its last word, from a child process; one that ends otherwise counts as killed."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _child(attempt, theirs)
    os.close(theirs)
    said, until = b"", time.monotonic() + wall
    while time.monotonic() < until:
        if select.select([ours], [], [], 1.0)[0]:
            part = os.read(ours, 65536)
            if not part:
                break
            said = (said + part)[-65536:]
    else:
        os.kill(pid, signal.SIGKILL)
    os.close(ours)
    status = os.waitpid(pid, 0)[1]
    lines = said.decode(errors="replace").splitlines()
    if status == 0 and lines:
        return lines[-1], lines[-2] if len(lines) > 1 else ""
    return KILLED, f"{lines[-1] if lines else ''} (stuck or broken off)"


def _child(attempt: Callable[[Callable[[str], None]], str], theirs: int) -> NoReturn:
    code = 1
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os.write(theirs, f"{attempt(lambda word: _say(theirs, word))}\n".encode())
        code = 0
    finally:
        os._exit(code)


def _say(to: int, word: str) -> None:
    os.write(to, f"{word}\n".encode())


__all__ = ["LATER", "Budget", "Outcome", "Record", "try_imported", "try_in_place"]

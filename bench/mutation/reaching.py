"""Which tests run which lines: measured once a test file with coverage's contexts, kept in the work folder.

python -m bench.mutation.reaching REPORT TEST_FILE     (started by the command, one process a test file)
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TESTS = ("tests/law", "tests/rules", "tests/exchange")
# Starts processes, servers or browsers, or judges texts and not code: nothing a mutant in this process could reach.
LEFT_OUT = (
    "test_fines_log.py",
    "test_double_fine.py",
    "test_notebook.py",
    "test_report_in_browser.py",
    "test_outside_case.py",
    "test_own_words.py",
)
LONGEST = 3.0  # seconds of processor time: a slower test does not look at single mutants
IMPORTED = ""  # the context of a line that is run while modules are loaded and tests gathered
PLAIN = [
    "-q", "--no-header", "-p", "no:django", "-p", "no:cacheprovider", "-o", "timeout=0",
    "-o", "addopts=--strict-markers --import-mode=importlib -m 'not exhaustive and not slow and not browser'",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Reach:
    """``tests`` by file and line; ``seconds`` of processor time of every test that passes and is not slow."""

    tests: dict[str, dict[int, set[str]]]
    seconds: dict[str, float]
    product: str = ""

    def of(self, path: str, lines: tuple[int, int]) -> set[str]:
        by_line = self.tests.get(path, {})
        return {t for line in range(lines[0], lines[1] + 1) for t in by_line.get(line, ())}


def test_files(root: Path) -> list[Path]:
    found = [p for folder in TESTS for p in sorted((root / folder).rglob("test_*.py"))]
    return [*(p for p in found if p.name not in LEFT_OUT), Path(__file__).with_name("by_rule.py")]


def unhurried_and_unshrunk() -> None:
    """Property tests draw what they always draw, but do not look for the smallest failing example."""
    from hypothesis import Phase, settings

    import tests.unhurried  # noqa: F401

    settings.register_profile(
        "unshrunk", settings.get_profile("unhurried"), database=None, phases=[Phase.explicit, Phase.generate]
    )
    settings.load_profile("unshrunk")


def measured(root: Path, work: Path) -> Reach:
    """The reach of all test files; a file measured before is measured again only when it or the product changed."""
    product = _digest(sorted((root / "src/plumbline").rglob("*.py")))
    tests: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    seconds: dict[str, float] = {}
    for file in test_files(root):
        kept = work / f"reach-{file.stem}-{_digest([file])[:8]}-{product[:8]}.json"
        if not kept.exists():
            print(f"measuring {file.relative_to(root)}", flush=True)
            command = [
                sys.executable,
                "-m",
                "bench.mutation.reaching",
                str(kept),
                str(file.relative_to(root)),
            ]
            subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
        found = json.loads(kept.read_text(encoding="utf-8"))
        names = found["names"]
        seconds |= {names[int(i)]: s for i, s in found["seconds"].items() if s <= LONGEST}
        for path, by_line in found["tests"].items():
            for line, ids in by_line.items():
                tests[path][int(line)] |= {names[i] for i in ids}
    fit = set(seconds) | {IMPORTED}
    for by_line in tests.values():
        for line in by_line:
            by_line[line] &= fit
    return Reach(tests=tests, seconds=seconds, product=product)


def _digest(files: list[Path]) -> str:
    seen = hashlib.sha256()
    for file in files:
        seen.update(file.read_bytes())
    return seen.hexdigest()


class _Contexts:
    """Pytest plugin: names the running test to coverage, and keeps the time of those that pass."""

    def __init__(self, measuring: Any) -> None:
        self.measuring = measuring
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[Any]:
        self.measuring.switch_context(item.nodeid)
        began = time.process_time()
        done = yield
        self.seconds[item.nodeid] = round(time.process_time() - began, 4)
        self.measuring.switch_context(IMPORTED)
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)


def main(report: str, file: str) -> None:
    from coverage import Coverage

    measuring = Coverage(
        data_file=None,
        config_file=False,
        include=["src/plumbline/law/*", "src/plumbline/rules/*"],
        omit=["src/plumbline/rules/bulk/*"],
    )
    measuring.start()
    unhurried_and_unshrunk()
    contexts = _Contexts(measuring)
    pytest.main([*PLAIN, file], plugins=[contexts])
    measuring.stop()
    data = measuring.get_data()
    names = [IMPORTED, *contexts.seconds]
    number = {name: i for i, name in enumerate(names)}
    tests = {
        os.path.relpath(path): {
            line: [number[c] for c in found if c in number]
            for line, found in data.contexts_by_lineno(path).items()
        }
        for path in data.measured_files()
    }
    seconds = {number[t]: s for t, s in contexts.seconds.items() if t not in contexts.failed}
    Path(report).write_text(
        json.dumps({"names": names, "seconds": seconds, "tests": tests}), encoding="utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

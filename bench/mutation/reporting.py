"""The report of a run: the score by package, and every survivor with the reason why no test can kill it."""

from __future__ import annotations

import difflib
import platform
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import yaml

from .mutants import Mutant, mutated, package
from .trying import KILLED, LATER, SURVIVED, Outcome, Record

JUDGING = ("law", "rules", "rules/nodes", "rules/forms")
REASONS = Path(__file__).with_name("equivalent.yaml")


def reasons() -> dict[str, str]:
    return yaml.safe_load(REASONS.read_text(encoding="utf-8")) or {}


def reported(root: Path, mutants: list[Mutant], population: Counter[str], record: Record, seed: int) -> str:
    why, outcomes = reasons(), record.read()
    tried = [m for m in mutants if m.key in outcomes and outcomes[m.key].outcome in {KILLED, SURVIVED}]
    survivors = sorted((m for m in tried if outcomes[m.key].outcome == SURVIVED), key=lambda m: m.key)
    rows = [
        _row(name, [m for m in tried if package(m.path) == name], outcomes, number)
        for name, number in sorted(population.items())
    ]
    rows.append(_row("**all**", tried, outcomes, sum(population.values())))
    judging = [m for m in tried if package(m.path) in JUDGING]
    rows.append(_row("law, rules, nodes and forms", judging, outcomes, sum(population[p] for p in JUDGING)))
    waiting = sum(m.key in outcomes and outcomes[m.key].outcome == LATER for m in mutants)
    killed = len(tried) - len(survivors)
    head = HEAD.format(
        date=datetime.now(UTC).date().isoformat(),
        tool=version("cosmic-ray"),
        python=platform.python_version(),
        drawn=len(mutants),
        open=waiting,
        at_first=100 * sum(m.key not in record.once_survived() for m in tried) / len(tried),
        least=100 * killed / (len(tried) + waiting),
        tried=len(tried),
        seed=seed,
        rows="\n".join(rows),
        survivors=len(survivors),
        explained=sum(m.key in why for m in survivors),
    )
    parts = [head]
    for mutant in survivors:
        reason = why.get(mutant.key, "Open: a test may be missing.")
        parts.append(f"### `{mutant.key}`\n\n{_difference(root, mutant)}\n\n{reason.strip()}\n")
    return "\n".join(parts)


def _row(name: str, tried: list[Mutant], outcomes: dict[str, Outcome], of: int) -> str:
    found = Counter(outcomes[m.key].outcome for m in tried)
    score = f"{100 * found[KILLED] / len(tried):.1f} %" if tried else "—"
    return f"| {name} | {of} | {len(tried)} | {found[KILLED]} | {found[SURVIVED]} | {score} |"


def _difference(root: Path, mutant: Mutant) -> str:
    before = (root / mutant.path).read_text(encoding="utf-8").splitlines()
    after = (mutated(root, mutant) or "").splitlines()
    lines = [
        line
        for line in difflib.unified_diff(before, after, n=0, lineterm="")
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    return (
        f"line {mutant.lines[0]}, in `{mutant.definition or 'the module'}`\n\n```diff\n"
        + "\n".join(lines)
        + "\n```"
    )


HEAD = """\
<!-- Written by: python -m bench.mutation --work FOLDER --report docs/reference/mutation.md. -->

# Mutation testing of the law and of the rule reader

Small wrong changes (*mutants*) are made to the code one at a time, and the tests that run the changed line are run. A
mutant no test notices is a *survivor*: a test that is missing, or a change that says the same in other words.

- Date: {date}. Operators: cosmic-ray {tool}, all that need no argument (other comparisons and arithmetic, numbers one
  more and one less, `not`, `and` for `or`, other exceptions, no decorator, `break` for `continue`, an empty loop).
- Python {python}, Linux. {drawn} mutants drawn with seed {seed}, by module in proportion to its mutants; {tried} of them
  tried, what judges before what reads logs and writes reports, else in an order drawn too. Not counted are changes that
  nothing run could tell: annotations, `is` as `==`, the marks `*` and `/` of a signature, what type checkers read.
- Tests: `tests/law`, `tests/rules`, the part of `tests/exchange` that runs in one process, and the examples of each rule
  by both readers; none that takes more than three seconds by itself. All of them pass without a mutant in the order in
  which they are tried. A mutant that outlives its processor time counts as a survivor, a test that no longer ends as a
  kill.
- A mutant is put into the running process by replacing the code of its function; one that changes what is run at import
  gets a process that imports the mutated module. Of the latter {open} are drawn but not yet tried with
  all tests; were every one of them a survivor, the score of all would be {least:.1f} %.
- Left out: `rules/bulk`, the compiled kernel, whose every mutant would have to be compiled anew. What it says is compared
  with the tree reader by every example and conformance case and by random rules on random cases (`tests/parity`).
  `rules/spark_command.py` starts a cluster and is run by `tests/parity/test_spark.py`.

Before tests were added for those that survived, the score of the same mutants was {at_first:.1f} %: that of mutants not tried
yet is likely to lie between that and the one below.

| package | mutants | tried | killed | survived | score |
| --- | ---: | ---: | ---: | ---: | ---: |
{rows}

## Survivors

{survivors} survive; {explained} of them say the same in other words, for the reason given. The others are open.
"""

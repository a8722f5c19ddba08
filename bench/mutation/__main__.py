"""Changes the law and the tree reader in small ways, one at a time, and asks the tests whether they notice.

    python -m bench.mutation --work FOLDER [--size 700] [--seed 20261126] [--seconds 60] [--again] [--report FILE]

Needs cosmic-ray (its operators write the mutants) and coverage (which tests run a line) beside the locked test
packages, in an environment of its own:

    python3 -m venv FOLDER/env
    FOLDER/env/bin/pip install -r requirements/base.lock
    FOLDER/env/bin/pip install -r requirements/test.lock
    FOLDER/env/bin/pip install cosmic-ray coverage

The work folder keeps the sample, which test reaches which line, and every outcome: a run broken off goes on where it
stopped, and ``--again`` tries the survivors anew, after tests were
added, but for those explained. No file of the product is written. Why a
survivor is no missing test stands in ``equivalent.yaml``, beside the mutant's key.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from .mutants import Mutant, sample
from .reaching import measured, test_files
from .reporting import reasons, reported
from .trying import LATER, SURVIVED, Budget, Record, try_imported, try_in_place

ROOT = Path(__file__).parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.mutation")
    parser.add_argument("--work", type=Path, required=True, help="a folder outside the repository")
    parser.add_argument("--size", type=int, default=700, help="about so many mutants")
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--seconds", type=float, default=60, help="processor time for one mutant")
    parser.add_argument("--again", action="store_true", help="try the survivors again")
    parser.add_argument("--only", default="", help="only mutants whose key contains this")
    parser.add_argument("--report", type=Path, help="write the report there")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    chosen.work.mkdir(parents=True, exist_ok=True)
    mutants, population = _sample(chosen.work, chosen.size, chosen.seed)
    record = Record(chosen.work / "outcomes.jsonl")
    if not chosen.report:
        _try([m for m in mutants if chosen.only in m.key], record, chosen.work, chosen.seconds, chosen.again)
    else:
        text = reported(ROOT, mutants, population, record, chosen.seed)
        chosen.report.write_text(text, encoding="utf-8")


def _try(mutants: list[Mutant], record: Record, work: Path, seconds: float, again: bool) -> None:
    reach = measured(ROOT, work)
    files = [str(p.relative_to(ROOT)) for p in test_files(ROOT)]
    budget = Budget(mutant=seconds)
    known = record.read()
    mutants = sorted(mutants, key=lambda m: "/logs/" in m.path or "/reports" in m.path)  # judging first
    explained = reasons()
    anew = {k for k, o in known.items() if again and o.outcome == SURVIVED and k not in explained}
    waiting = [m for m in mutants if m.key not in known or m.key in anew]
    if waiting:
        try_in_place(ROOT, waiting, reach, budget, record, files)
    known = record.read()
    imported = [m for m in mutants if m.key in known and known[m.key].outcome == LATER]
    try_imported(ROOT, imported, reach, budget, record)


def _sample(work: Path, size: int, seed: int) -> tuple[list[Mutant], Counter[str]]:
    kept = work / f"sample-{size}-{seed}.json"
    if not kept.exists():
        mutants, population = sample(ROOT, size, seed)
        drawn = {"population": population, "mutants": [asdict(m) for m in mutants]}
        kept.write_text(json.dumps(drawn, indent=0), encoding="utf-8")
    drawn = json.loads(kept.read_text(encoding="utf-8"))
    mutants = [Mutant(**{**row, "lines": tuple(row["lines"])}) for row in drawn["mutants"]]
    return mutants, Counter(drawn["population"])


if __name__ == "__main__":
    main()

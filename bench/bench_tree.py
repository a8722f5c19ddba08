"""One matter through the tree reader: 100 rules on a 40-event case, median and p99, as a ratio to reading the case.

    python -m bench.bench_tree

The baseline is reading the same 40 events from their JSON lines. Processor time is measured, so that other work on the
machine waits outside the figure; it still takes its share of the caches, hence the repeated series.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from plumbline.law import statutory_calendar
from plumbline.rules import RuleBook, Verdict, evaluate
from plumbline.rules.examples import CERTIFICATES, OFFICERS, expand, filed, fined, step
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary

PACKS = ["plumbline.packs.penalty", "plumbline.packs.supervision"]


def case_of_forty() -> list[Event]:
    steps = [
        filed(
            "2026-03-02",
            domain="housing_construction",
            violation={"ended_on": "2026-02-20", "discovered_on": "2026-02-25"},
        )
    ]
    evidence = []
    for number in range(12):
        evidence.append(f"Z{number}")
        steps.append(
            step(
                "evidence_collected",
                f"2026-03-{number + 3:02d}",
                actors=OFFICERS,
                evidence=f"Z{number}",
                evidence_kind="documentary",
                source="officers",
            )
        )
        steps.append(
            step(
                "evidence_verified",
                f"2026-03-{number + 4:02d}",
                evidence=f"Z{number}",
                verified=True,
                lawful=True,
            )
        )
    steps += [step("record_made", "2026-03-05", actors=OFFICERS, record="interview") for _ in range(4)]
    steps += [
        step("investigation_ended", "2026-04-01"),
        step(
            "penalty_notice_served",
            "2026-04-02",
            method="direct",
            receipt="signed",
            states=["proposed_penalty", "facts", "reasons", "basis", "right_to_state", "right_to_hearing"],
            proposed={"kinds": ["fine"], "fine": 600000},
        ),
        step("statement_received", "2026-04-03"),
        step("statement_reviewed", "2026-04-07", sound=False, adopted=False),
        step("legal_review_submitted", "2026-04-13"),
        step("legal_review_passed", "2026-04-15", written=True),
        fined(
            "2026-04-16",
            600000,
            evidence=evidence,
            facts_clear=True,
            evidence_sufficient=True,
            complex=False,
            major=False,
            major_public_interest=False,
        ),
        step("decision_served", "2026-04-17", method="direct", receipt="signed"),
        step("decision_published", "2026-04-20", of="e33", channel="government_site", contains=[]),
        step("fine_paid", "2026-04-28", amount=600000, channel="bank"),
        step("case_closed", "2026-04-30"),
    ]
    documents = expand(steps[:40], "penalty")
    return [Event.from_json(document, number) for number, document in enumerate(documents, 1)]


def main(rounds: int = 300, series: int = 7) -> None:
    rules = list(RuleBook.load(PACKS).rules)
    hundred = [replace(rules[n % len(rules)]) for n in range(100)]
    registers, _ = Registers.parse(load_vocabulary(), {"registers": 1, **CERTIFICATES})
    calendar = statutory_calendar()
    events = case_of_forty()
    lines = [json.dumps(event.to_json()) for event in events]
    as_of = datetime(2026, 5, 20, 12, tzinfo=timezone(timedelta(hours=8)))

    def judge() -> list[Verdict]:
        matter = Matter.of(events, as_of)  # fresh: what it indexes on first use is part of the time
        return evaluate(hundred, matter, registers=registers, calendar=calendar, as_of=as_of)

    def index() -> object:
        return Matter.of(events, as_of)

    def read() -> object:
        return [Event.from_json(json.loads(line), number) for number, line in enumerate(lines, 1)]

    def word() -> object:
        return [verdict.to_json() for verdict in judge()]

    found = judge()
    print(
        f"python {sys.version.split()[0]}; {len(events)} events; 100 rules ({len(rules)} different); {len(found)} verdicts"
    )
    print(f"{series} series of {rounds}; processor time in ms; a Python call here takes {a_call():.0f} ns")
    measured = {
        "read the events from JSON (baseline)": timed(read, rounds, series),
        "index the matter": timed(index, rounds, series),
        "index and evaluate": timed(judge, rounds, series),
        "index, evaluate and word every verdict": timed(word, rounds // 10, series),
    }
    bare = measured["read the events from JSON (baseline)"].best_median
    print(f"{'':40}  least  median (best series / middle series)  p99 (best series)  ratio of medians")
    for name, took in measured.items():
        print(
            f"{name:40}  {took.least:5.3f}  {took.best_median:5.3f} / {took.middle_median:5.3f}"
            f"  {took.best_p99:5.3f}  {took.best_median / bare:.1f}"
        )


@dataclass(frozen=True)
class Timed:
    """Milliseconds of processor time. On a shared machine the least and the best series say what the work costs."""

    least: float
    best_median: float
    middle_median: float
    best_p99: float


def timed(work: Callable[[], object], rounds: int, series: int) -> Timed:
    work()
    each = [sorted(_once(work) for _ in range(rounds)) for _ in range(series)]
    medians = [statistics.median(spent) for spent in each]
    p99s = [spent[int(0.99 * rounds)] for spent in each]
    return Timed(min(spent[0] for spent in each), min(medians), statistics.median(medians), min(p99s))


def _once(work: Callable[[], object]) -> float:
    begin = time.process_time_ns()
    work()
    return (time.process_time_ns() - begin) / 1e6


def a_call() -> float:
    """Nanoseconds of one empty call and the loop about it: how fast the interpreter is on this machine, at this hour."""

    def nothing() -> None:
        pass

    def calls() -> None:
        for _ in range(10_000):
            nothing()

    return timed(calls, 20, 7).best_median * 100


if __name__ == "__main__":
    main()

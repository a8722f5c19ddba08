"""One matter through the tree reader: 100 rules on a 40-event case, median and p99, as a ratio to copying the events.

    python -m bench.bench_tree

The baseline is the bare cost of touching the case: building ``Matter`` (ordering and indexing its 40 events).
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from plumbline.law import statutory_calendar
from plumbline.rules import RuleBook, evaluate
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


def main(rounds: int = 2000) -> None:
    rules = list(RuleBook.load(PACKS).rules)
    hundred = [replace(rules[n % len(rules)]) for n in range(100)]
    registers, _ = Registers.parse(load_vocabulary(), {"registers": 1, **CERTIFICATES})
    calendar = statutory_calendar()
    events = case_of_forty()
    as_of = datetime(2026, 5, 20, 12, tzinfo=timezone(timedelta(hours=8)))
    matter = Matter.of(events, as_of)
    evaluate(hundred, matter, registers=registers, calendar=calendar, as_of=as_of)
    spent, bare = [], []
    for _ in range(rounds):
        begin = time.perf_counter()
        matter = Matter.of(
            events, date(2026, 5, 20)
        )  # fresh: what it indexes on first use is part of the time
        bare.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        found = evaluate(hundred, matter, registers=registers, calendar=calendar, as_of=as_of)
        spent.append(time.perf_counter() - begin)
    median, p99 = statistics.median(spent), sorted(spent)[int(0.99 * len(spent))]
    print(
        f"python {sys.version.split()[0]}; {len(events)} events; 100 rules ({len(rules)} different); {len(found)} verdicts"
    )
    print(f"evaluate: median {median * 1e3:.3f} ms, p99 {p99 * 1e3:.3f} ms")
    print(
        f"baseline Matter.of: median {statistics.median(bare) * 1e3:.3f} ms; ratio {median / statistics.median(bare):.1f}"
    )


if __name__ == "__main__":
    main()

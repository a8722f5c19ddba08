"""A history that nobody here invented: every verdict of the engine on it equals a check by plain loops.

Takes every tenth case of the log; all of them with PLUMBLINE_FINES_WHOLE=1 (as `python -m bench.bench_check_log` does).
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from bench.fines_by_hand import LOG, answers, cases, log_path
from plumbline.packs import traffic_fines
from plumbline.rules import RuleBook, evaluate
from plumbline.rules.logs import Conversion, convert, load_mapping, open_log
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary, validate_event

AS_OF = date(2013, 6, 18)
EVERY = 1 if os.environ.get("PLUMBLINE_FINES_WHOLE") else 10
PACK = Path(traffic_fines.__file__).parent

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        not log_path().exists(),
        reason=f"THE REAL LOG WAS NOT CHECKED: {log_path()} is not there; set {LOG} to road_traffic_fines.parquet",
    ),
]


def test_the_log_converts_whole_and_every_verdict_equals_the_check_by_hand() -> None:
    mapping = load_mapping(PACK / "log_mapping.yaml")
    vocabulary = load_vocabulary(PACK / "vocabulary.yaml")
    book = RuleBook.load(["plumbline.packs.traffic_fines"])
    done = Conversion()
    ours: dict[tuple[str, str], str] = {}
    converted = convert(open_log(log_path(), only=mapping.columns).rows, mapping, done=done)
    for number, (_, documents) in enumerate(groupby(converted, key=lambda event: event["matter"])):
        if number % EVERY:
            for _document in documents:
                pass
            continue
        events = []
        for line, document in enumerate(documents, start=1):
            assert validate_event(vocabulary, document, line) == []
            events.append(Event.from_json(document, line))
        for verdict in evaluate(
            book, Matter.of(events, AS_OF), registers=Registers.none(), calendar=None, as_of=AS_OF
        ):
            ours[verdict.rule, verdict.subject or ""] = verdict.verdict
    assert (done.written, done.matters, done.unmapped) == (561_470, 150_370, Counter())

    by_hand: dict[tuple[str, str], str] = {}
    for number, (case, rows) in enumerate(cases(log_path())):
        if number % EVERY == 0:
            by_hand |= {(rule, subject): verdict for rule, subject, verdict in answers(case, rows, AS_OF)}

    different = {
        k: (ours.get(k), by_hand.get(k))
        for k in ours.keys() | by_hand.keys()
        if ours.get(k) != by_hand.get(k)
    }
    assert different == {}
    breached = Counter(rule for (rule, _), verdict in ours.items() if verdict == "breached")
    assert sum(breached.values()) > 1000, breached
    assert {rule for rule, _ in ours} == set(book.by_id)

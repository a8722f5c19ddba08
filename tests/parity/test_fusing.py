"""Fused instructions give what the sequences give that they stand for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import plumbline.packs.traffic_fines as fines
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk import opcodes as op
from plumbline.rules.bulk import placing
from plumbline.rules.bulk.compiling import Compiled, compile_rules
from plumbline.rules.examples import expand
from plumbline.vocabulary import Event, Matter, Registers, load_vocabulary
from tests.parity.readers import by_kernel

pytestmark = pytest.mark.timeout(600)
AS_OF = date(2013, 6, 18)
BOOK = RuleBook.load(["plumbline.packs.traffic_fines"])
WORDS = load_vocabulary(Path(fines.__file__).with_name("vocabulary.yaml"))


def program() -> Compiled:
    return compile_rules(BOOK, registers=Registers.none(), calendar=None, vocabulary=WORDS)


def matters() -> list[Matter]:
    found = []
    for rule in BOOK.rules:
        for number, example in enumerate(rule.examples):
            documents = expand(example.events, rule.kinds[0])
            named = [{**d, "matter": f"{rule.id}-{number}"} for d in documents]
            found.append(Matter.of([Event.from_json(d, n) for n, d in enumerate(named, 1)], AS_OF))
    return found


def test_the_same_answers_with_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    fused = program()
    monkeypatch.setattr(placing, "fuse", lambda _: None)
    plain = program()
    used = Counter(fused.program.code[:: op.WIDTH])
    assert used[op.PICKED_VALUE] >= 5
    assert used[op.COUNT_PLAIN] >= 1
    assert not {op.PICKED_VALUE, op.COUNT_PLAIN} & set(plain.program.code[:: op.WIDTH])
    assert by_kernel(fused, matters(), AS_OF) == by_kernel(plain, matters(), AS_OF)


def test_the_law_has_sequences_to_fuse() -> None:
    compiled = compile_rules(RuleBook.load(STANDARD_PACKS), registers=Registers.none(), calendar=None)
    assert Counter(compiled.program.code[:: op.WIDTH])[op.PICKED_VALUE] > 100

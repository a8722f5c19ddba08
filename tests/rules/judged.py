"""A small history beside a rule, judged by that rule: by the reader of one matter and by the array kernel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from plumbline.packs import traffic_fines
from plumbline.rules import Example, Rule, Verdict, evaluate
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import expand
from plumbline.vocabulary import (
    CHINA,
    Event,
    Matter,
    end_of,
    group_by_matter,
    load_vocabulary,
    validate_event,
)
from tests.parity.readers import Row, by_kernel
from tests.rules.stated import stated

FINES = Path(traffic_fines.__file__).with_name("vocabulary.yaml")
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
Moment = date | datetime


@dataclass(frozen=True)
class History:
    """The full events of a matter (and of those it is linked to), what the registers say, and the moment of judging."""

    rule: Rule
    title: str
    documents: tuple[dict[str, Any], ...]
    as_of: Moment
    registers: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: Rule, example: Example) -> History:
        kind = rule.kinds[0] if rule.kinds else _kind(example)
        documents = tuple(expand(example.events, kind))
        return cls(rule, example.title, documents, moment(example.as_of), dict(example.registers))

    @property
    def vocabulary(self) -> Path | None:
        return FINES if self.rule.own_facts else None

    def events(self) -> list[Event]:
        return [Event.from_json(document, number) for number, document in enumerate(self.documents, 1)]

    def faults(self) -> list[str]:
        words = load_vocabulary(self.vocabulary)
        return [
            error.message_zh
            for n, document in enumerate(self.documents, 1)
            for error in validate_event(words, document, n)
        ]


def moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


def _kind(example: Example) -> str:
    return next((str(e["kind"]) for e in example.events if "kind" in e), "penalty")


def by_reader(history: History, rule: Rule | None = None) -> list[Verdict]:
    """The verdicts of a rule (the history's own unless another is given) on the matter M-1."""
    registers, calendar = stated(history.registers, vocabulary=history.vocabulary)
    matters = group_by_matter(history.events())
    return evaluate(
        [rule or history.rule],
        Matter.of(matters["M-1"], end_of(history.as_of)),
        registers=registers,
        calendar=calendar,
        as_of=history.as_of,
        others=matters.get,
        affair=lambda party, act: list(matters),
    )


def rows(verdicts: Sequence[Verdict]) -> list[Row]:
    """Verdicts as the two readers are compared; in the order of their text."""
    return sorted(
        (
            (
                v.matter, v.rule, v.subject, v.verdict, v.due_text, v.days_used, v.days_limit, v.unit, v.overlay,
                tuple(sorted(v.flags)),
            )
            for v in verdicts
        ),
        key=repr,
    )  # fmt: skip


def by_array(histories: Sequence[History]) -> list[list[Row]]:
    """The same from the array kernel, history by history.

    The histories of one world (the same registers) share a program, those of one moment also a chunk: each then under a
    number of its own, which is taken off again.
    """
    found: list[list[Row]] = [[] for _ in histories]
    worlds: dict[int, list[int]] = defaultdict(list)
    for number, history in enumerate(histories):
        # Registers are read once and kept, so that the same are the same object.
        worlds[id(stated(history.registers, vocabulary=history.vocabulary)[0])].append(number)
    for numbers in worlds.values():
        first = histories[numbers[0]]
        registers, calendar = stated(first.registers, vocabulary=first.vocabulary)
        rules = {histories[n].rule.id: histories[n].rule for n in numbers}
        compiled = compile_rules(
            rules.values(),
            registers=registers,
            calendar=calendar,
            vocabulary=load_vocabulary(first.vocabulary),
        )
        moments: dict[Moment, list[int]] = defaultdict(list)
        for n in numbers:
            moments[histories[n].as_of].append(n)
        for as_of, together in moments.items():
            for n, row in _at(compiled, histories, together, as_of):
                found[n].append(row)
    return [sorted(each, key=repr) for each in found]


def _at(
    compiled: Any, histories: Sequence[History], together: list[int], as_of: Moment
) -> Iterator[tuple[int, Row]]:
    alone, apart = [], []
    for n in together:
        grouped = group_by_matter(histories[n].events())
        (alone if len(grouped) == 1 else apart).append((n, grouped))
    matters = [
        Matter.of([replace(event, matter=f"{n}") for event in grouped["M-1"]], end_of(as_of))
        for n, grouped in alone
    ]
    told = by_kernel(compiled, matters, as_of, others=lambda name: None, affair=lambda party, act: [])
    for n, grouped in apart:
        about = list(grouped)
        matter = Matter.of(grouped["M-1"], end_of(as_of))
        beyond = {"others": grouped.get, "affair": lambda party, act, about=about: about}
        told += [(f"{n}", *row[1:]) for row in by_kernel(compiled, [matter], as_of, **beyond)]
    for row in told:
        n = int(row[0])
        if row[1] == histories[n].rule.id:
            yield n, ("M-1", *row[1:])


# -- at the edge -------------------------------------------------------------------------------------------------------


def at_the_edge(history: History) -> Iterator[History]:
    """The same history at the last moment of each period that its verdicts show, and at the first one after it: once
    looked at then, once with what was done then.
    """
    for verdict in by_reader(history):
        due = verdict.due
        if due is None:
            continue
        after = due + (ONE_SECOND if isinstance(due, datetime) else ONE_DAY)
        for when, name in ((due, "末"), (after, "次")):
            yield replace(history, title=f"{history.title}（{name}，截至{when}）", as_of=when)
            if verdict.outcome.stop is not None:
                moved = _moved(history, verdict, when)
                if moved is not None:
                    yield replace(
                        moved,
                        title=f"{history.title}（{name}，为于{when}）",
                        as_of=max(_end(history.as_of), _end(after)),
                    )


def _end(moment: Moment) -> datetime:
    return end_of(moment).astimezone(CHINA)


def _moved(history: History, verdict: Verdict, when: Moment) -> History | None:
    """What stopped the period, moved to another moment; None where no event of the history shows its moment."""
    stop = verdict.outcome.stop
    assert stop is not None
    shown = stop.isoformat()
    changed = []
    hit = False
    for number, document in enumerate(history.documents, 1):
        told = {**document, "data": dict(document["data"])}
        acted = {event.id for event in verdict.outcome.events} | {verdict.subject}
        if not hit and f"e{number}" in acted:
            fields = [name for name, value in told["data"].items() if value == shown]
            if fields:
                told["data"][fields[0]] = when.isoformat()
                hit = True
            elif told["occurred_at"][: len(shown)] == shown:
                told["occurred_at"] = when.isoformat()
                told["recorded_at"] = _end(when).isoformat(timespec="seconds")
                hit = True
        changed.append(told)
    return replace(history, documents=tuple(changed)) if hit else None

"""Plain periods three ways: day by day by hand, by the reader of one matter, by the array kernel. No difference at all.

The histories are drawn with a fixed seed around what makes counting hard: the eve and the morrow of holidays and of working
weekends, the end of February in leap years, the first day a rule is in force, the last day of the period itself; with several
starts, with acts before the start and on its day, with acts recorded only later.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import pytest

from plumbline.law import statutory_calendar
from plumbline.rules import RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.vocabulary import CHINA, Event, Matter, Registers, load_vocabulary, validate_event
from tests.parity.by_hand import PLAIN, Answer, Days, Happened, Plain, answers, last_moment, months_later
from tests.parity.readers import COMPARED, by_kernel
from tests.unhurried import EXPLORING

#: The first judgement on a machine compiles the kernel.
pytestmark = pytest.mark.timeout(600)

ROUNDS = 400 if EXPLORING else 60
MATTERS_OF_A_RULE = 3
SEED = None if EXPLORING else 20260701
HELD: dict[str, Any] = statutory_calendar().as_register()
DAYS = Days.of(HELD)
BOOK = RuleBook.load(STANDARD_PACKS)
VERDICT, SUBJECT, DUE, USED = (COMPARED.index(n) for n in ("verdict", "subject", "due", "days_used"))


@dataclass(frozen=True)
class Drawn:
    plain: Plain
    number: int
    as_of: datetime
    documents: tuple[dict[str, Any], ...]

    @property
    def happened(self) -> list[Happened]:
        return [
            Happened(
                line,
                document["activity"],
                _read(document["occurred_at"]),
                datetime.fromisoformat(document["recorded_at"]),
                document["data"][self.plain.same]
                if self.plain.same and line > len(self.plain.before)
                else "",
            )
            for line, document in enumerate(self.documents, 1)
        ]

    def matter(self) -> Matter:
        return Matter.of([Event.from_json(d, n) for n, d in enumerate(self.documents, 1)], self.as_of)


def _read(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)


@cache
def everything() -> tuple[Drawn, ...]:
    chance = random.Random(SEED)
    moments = [_moment(chance) for _ in range(ROUNDS)]
    drawn = []
    for as_of in moments:
        for plain in PLAIN:
            if as_of.date().isoformat() < plain.since and chance.random() < 0.9:
                continue  # before its first day a rule has little to say
            for _ in range(MATTERS_OF_A_RULE):
                drawn.append(Drawn(plain, len(drawn), as_of, _documents(chance, plain, len(drawn), as_of)))
    return tuple(drawn)


def _moment(chance: random.Random) -> datetime:
    """A moment of judging: often beside a day that differs from the ordinary week, or at the end of a February."""
    odd = [date.fromisoformat(row["date"]) for row in HELD["days"] if "2024" <= row["date"] < "2029"]
    ends = [date(2024, 2, 29), date(2025, 2, 28), date(2028, 2, 29), date(2024, 4, 30), date(2026, 8, 31)]
    day = chance.choice([chance.choice(odd), chance.choice(odd), chance.choice(ends), _any_day(chance)])
    day += timedelta(days=chance.randint(-2, 2))
    return datetime.combine(day, chance.choice([time.max, time(15, 0), time(9, 30)]), CHINA)


def _any_day(chance: random.Random) -> date:
    return date(2024, 1, 1) + timedelta(days=chance.randrange(5 * 365 - 100))


def _documents(
    chance: random.Random, plain: Plain, number: int, as_of: datetime
) -> tuple[dict[str, Any], ...]:
    events = []
    for _ in range(chance.choice([1, 1, 2])):
        start = _start(chance, plain, as_of)
        measure = chance.choice(["C1", "C1", "C2"])
        events.append((plain.start, start, measure))
        due = last_moment(start, plain.n, plain.unit, DAYS)
        for _ in range(chance.choice([0, 1, 1, 2])):
            stop = chance.choice(plain.stops)
            events.append((stop, _near(chance, start, due), chance.choice([measure, measure, "C2"])))
    chance.shuffle(events)  # the order of the lines decides between events of one day
    first = min(when for _, when, _ in events)
    earlier = (first.date() if isinstance(first, datetime) else first) - timedelta(days=3)
    told = [(each, earlier, "") for each in plain.before] + events
    return tuple(_document(chance, plain, number, line, *each) for line, each in enumerate(told, 1))


def _start(chance: random.Random, plain: Plain, as_of: datetime) -> date | datetime:
    """A start whose period ends about the moment of judging, or one about the first day in force."""
    if chance.random() < 0.05:
        day = date.fromisoformat(plain.since) + timedelta(days=chance.randint(-2, 2))
        if day < as_of.date():
            return day if plain.unit != "h" else datetime.combine(day, time(10, 0), CHINA)
    if plain.unit == "h":
        return as_of.replace(microsecond=0) - timedelta(
            hours=plain.n + chance.randint(-5, 5), seconds=chance.choice([0, 0, 1, 59])
        )
    day = as_of.date()
    if plain.unit == "m":
        day = months_later(date(day.year - 1, day.month, min(day.day, 28)), 12 - plain.n)
    for _ in range(plain.n if plain.unit != "m" else 0):
        day -= timedelta(days=1)
        while plain.unit == "wd" and not DAYS.works(day):
            day -= timedelta(days=1)
    return day + timedelta(days=chance.randint(-3, 3) if chance.random() < 0.8 else -chance.randint(4, 40))


def _near(chance: random.Random, start: Any, due: Any) -> Any:
    if isinstance(due, datetime):
        return chance.choice([due, due + timedelta(seconds=1), due - timedelta(hours=3), start])
    if chance.random() < 0.6:
        return due + timedelta(days=chance.randint(-2, 2))
    return start + timedelta(days=chance.randint(-4, (due - start).days + 6))


def _document(
    chance: random.Random, plain: Plain, number: int, line: int, what: Any, when: Any, measure: str
) -> dict[str, Any]:
    activity, data = what
    moment = when if isinstance(when, datetime) else datetime.combine(when, time(8, 0), CHINA)
    late = timedelta(days=chance.choice([0] * 9 + [3]))
    return {
        "id": f"e{line}",
        "matter": f"{number}",
        "kind": plain.kind,
        "agency": "A-1",
        "activity": activity,
        "occurred_at": when.isoformat(),
        "recorded_at": (moment + late).isoformat(),
        "data": {**data, **({plain.same: measure} if plain.same and measure else {})},
    }


def told(rows: Iterator[Any]) -> list[Answer]:
    """Verdicts of the engine in the words of the check by hand."""
    return sorted(
        (
            int(row[SUBJECT][1:]),
            row[VERDICT],
            row[DUE],
            row[USED] if row[VERDICT] != "not_applicable" else None,
        )
        for row in rows
    )


@cache
def told_by_array() -> dict[int, list[Answer]]:
    registers, errors = Registers.parse(load_vocabulary(), {"registers": 1, "holidays": HELD})
    assert not errors
    rules = {plain.rule: BOOK.by_id[plain.rule] for plain in PLAIN}
    compiled = compile_rules(rules.values(), registers=registers, calendar=statutory_calendar())
    moments: dict[datetime, list[Drawn]] = defaultdict(list)
    for drawn in everything():
        moments[drawn.as_of].append(drawn)
    found: dict[int, list[Any]] = defaultdict(list)
    for as_of, together in moments.items():
        wanted = {f"{drawn.number}": drawn.plain.rule for drawn in together}
        for row in by_kernel(compiled, [drawn.matter() for drawn in together], as_of):
            if row[1] == wanted[row[0]]:
                found[int(row[0])].append(row)
    return {number: told(iter(rows)) for number, rows in found.items()}


@pytest.mark.parametrize("plain", PLAIN, ids=lambda plain: plain.rule)
def test_by_hand_by_the_tree_and_by_the_kernel(plain: Plain) -> None:
    rule = BOOK.by_id[plain.rule]
    said: Counter[str] = Counter()
    drawn_of_rule = [drawn for drawn in everything() if drawn.plain is plain]
    registers, _ = Registers.parse(load_vocabulary(), {"registers": 1, "holidays": HELD})
    for drawn in drawn_of_rule:
        by_hand = answers(plain, drawn.happened, drawn.as_of, DAYS)
        verdicts = evaluate(
            [rule],
            drawn.matter(),
            registers=registers,
            calendar=statutory_calendar(),
            as_of=drawn.as_of,
        )
        rows = [
            (v.matter, v.rule, v.subject, v.verdict, v.due_text, v.days_used, v.days_limit, v.unit)
            for v in verdicts
        ]
        assert told(iter(rows)) == by_hand, drawn.documents
        assert told_by_array().get(drawn.number, []) == by_hand, drawn.documents
        texts = {(plain.n, plain.unit), plain.older[1:]}
        assert {row[6:8] for row in rows if row[VERDICT] != "not_applicable"} <= texts
        said.update(verdict for _, verdict, _, _ in by_hand)
    assert plain.older[1] or said["not_applicable"], said
    assert min(said["met"], said["breached"], said["pending"]) >= 10, said


@pytest.mark.parametrize("plain", PLAIN, ids=lambda plain: plain.rule)
@pytest.mark.parametrize("by", [-1, 1], ids=["less", "more"])
def test_a_figure_mistyped_by_one_would_show(plain: Plain, by: int) -> None:
    wrong = replace(plain, n=plain.n + by)
    assert any(
        [each[:2] for each in answers(wrong, drawn.happened, drawn.as_of, DAYS)]
        != [each[:2] for each in answers(plain, drawn.happened, drawn.as_of, DAYS)]
        for drawn in everything()
        if drawn.plain is plain
    )


def test_the_histories_are_lawful_and_many() -> None:
    words = load_vocabulary()
    for drawn in everything():
        wrong = [e.message_zh for n, d in enumerate(drawn.documents, 1) for e in validate_event(words, d, n)]
        assert wrong == []
    assert len(PLAIN) >= 30
    assert len(everything()) >= ROUNDS * len(PLAIN)
    assert {plain.unit for plain in PLAIN} == {"wd", "cd", "m", "h"}


def test_the_hard_days_are_met() -> None:
    """Periods end beside holidays, roll over them, run across working weekends and the leap day."""
    hard: Counter[str] = Counter()
    for drawn in everything():
        for _line, _, due, _ in answers(drawn.plain, drawn.happened, drawn.as_of, DAYS):
            if due is None:
                continue
            day = date.fromisoformat(due[:10])
            eve = day - timedelta(days=1)
            hard["after a holiday"] += DAYS.kinds.get(eve.isoformat()) in {"holiday", "rest"}
            hard["on a working weekend"] += DAYS.kinds.get(day.isoformat()) == "work"
            hard["end of February"] += (day.month, day.day) in {(2, 29), (3, 1)}
    assert min(hard[name] for name in ("after a holiday", "on a working weekend", "end of February")) > 20, (
        hard
    )

"""The conformance cases on the reader for one matter, and on the same matter in other readings of the same facts."""

from __future__ import annotations

import random
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from plumbline.law import Calendar, statutory_calendar
from plumbline.rules import RuleBook, Verdict, evaluate, explain
from plumbline.rules.book import STANDARD_PACKS
from plumbline.vocabulary import (
    CHINA,
    Event,
    Matter,
    Registers,
    end_of,
    group_by_matter,
    load_vocabulary,
    validate_event,
)
from tests.rules.stated import stated

#: One file a pack: {defaults: …, cases: […]}; cases.yaml explains the format.
FILES: list[dict[str, Any]] = [
    yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for path in sorted(Path(__file__).with_name("conformance").glob("*.yaml"))
]
SHARED = next(file["defaults"] for file in FILES if file["defaults"]["kind"] == "penalty")
ALL: list[dict[str, Any]] = [{"shared": file["defaults"], **case} for file in FILES for case in file["cases"]]
EACH = [pytest.param(case, id=f"{case['rule']}-{case['title']}") for case in ALL]


@cache
def book() -> RuleBook:
    return RuleBook.load(STANDARD_PACKS)


def documents(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The full events of a case."""
    full = []
    shared = case.get("shared", SHARED)
    for number, (activity, occurred, *rest) in enumerate(case["events"], start=1):
        data = dict(rest[0]) if rest else {}
        if activity == "case_filed":
            data = {"item": shared["item"], "party": shared["party"], **data}
        full.append(
            {
                "id": f"e{number}",
                "matter": shared["matter"],
                "kind": case.get("kind", shared["kind"]),
                "agency": shared["agency"],
                "activity": activity,
                "occurred_at": occurred,
                "recorded_at": occurred if len(occurred) > 10 else f"{occurred}T23:00:00+08:00",
                "data": data,
                **(rest[1] if len(rest) > 1 else {}),
            }
        )
    return full


Facts = tuple[list[Event], Registers, Calendar | None, date | datetime]


def facts(case: dict[str, Any]) -> Facts:
    """The validated events, registers and calendar of a case, and its moment; of a case of the files read once."""
    known = _KNOWN.get(id(case))
    if known is None:
        known = _facts(case)
        if id(case) in _OF_THE_FILES:
            _KNOWN[id(case)] = known
    return known


_OF_THE_FILES = {id(case) for case in ALL}
_KNOWN: dict[int, Facts] = {}


def _facts(case: dict[str, Any]) -> Facts:
    words = load_vocabulary()
    full = documents(case)
    wrong = [e.message_zh for n, document in enumerate(full, 1) for e in validate_event(words, document, n)]
    assert wrong == []
    held = dict(case.get("registers", {}))
    holidays = case.get("holidays", "statutory")
    if holidays != "none":
        held["holidays"] = statutory_holidays() if holidays == "statutory" else holidays
    registers, calendar = stated(held)
    as_of = case["as_of"]
    moment = datetime.fromisoformat(as_of) if len(as_of) > 10 else date.fromisoformat(as_of)
    events = [Event.from_json(document, n) for n, document in enumerate(full, 1)]
    return events, registers, calendar, moment


@cache
def statutory_holidays() -> Any:
    return statutory_calendar().as_register()


def judged(case: dict[str, Any], events: list[Event] | None = None) -> list[Verdict]:
    found, registers, calendar, as_of = facts(case)
    matters = group_by_matter(events or found)
    matter = Matter.of(matters[case.get("shared", SHARED)["matter"]], as_of)
    rule = book().by_id[case["rule"]]
    return evaluate(
        [rule],
        matter,
        registers=registers,
        calendar=calendar,
        as_of=as_of,
        others=matters.get,
        affair=lambda party, act: list(matters),
    )


def written(verdict: Verdict) -> dict[str, Any]:
    """A verdict in the words of a case."""
    told = verdict.to_json()
    return {
        "used": told["days_used"],
        "limit": told["days_limit"],
        "flags": [],
        "missing": [],
        **{k: v for k, v in told.items() if k not in {"days_used", "days_limit"}},
    }


@pytest.mark.parametrize("case", EACH)
def test_case(case: dict[str, Any]) -> None:
    verdicts = judged(case)
    assert len(verdicts) == len(case["expect"])
    for verdict, wanted in zip(verdicts, case["expect"], strict=True):
        found = written(verdict)
        for name, value in wanted.items():
            if name == "flags":
                assert set(value) <= set(found["flags"]), found
            else:
                wanted_value = value.isoformat() if isinstance(value, date) else value
                assert found[name] == wanted_value, (name, found)
        # What can be said without the clock is said of the same facts again.
        assert written(verdict) == found


@pytest.mark.parametrize("case", EACH)
def test_explanation_is_chinese_and_names_the_count_and_the_article(case: dict[str, Any]) -> None:
    _, _, _, as_of = facts(case)
    for verdict in judged(case):
        sentence = verdict.explanation_zh
        assert sentence.startswith(verdict.definition.duty_zh.rstrip("。"))
        assert sentence.endswith("。")
        assert not {"None", "Unknown", "MISSING"} & set(
            sentence.replace("（", " ").replace("）", " ").split()
        )
        page = explain(verdict, calendar=statutory_calendar(), as_of=end_of(as_of).date())
        lines = {line.label: line for line in page.lines}
        assert lines["依据"].content == verdict.citation.law + verdict.citation.article
        assert verdict.citation.article in lines["依据"].content
        assert lines["结论"].content
        if verdict.days_limit is not None:
            assert lines["期限"].content.startswith(f"{verdict.days_limit} ")
        if verdict.due is not None:
            assert str(verdict.due)[:10] in lines["届满"].content
            assert str(verdict.due)[:10] in sentence or verdict.verdict in {"unknown", "not_applicable"}
        if verdict.verdict == "pending" and verdict.due is not None and verdict.days_used is not None:
            assert f"已用{verdict.days_used}" in sentence
        if verdict.verdict == "unknown":
            assert "缺少" in sentence
        if verdict.verdict == "error":
            assert "未能判断" in sentence
            assert "请核对" in sentence
            assert verdict.days_used is None


@pytest.mark.parametrize("case", EACH)
def test_same_question_same_answer(case: dict[str, Any]) -> None:
    first, second = judged(case), judged(case)
    assert [v.to_json() for v in first] == [v.to_json() for v in second]


@pytest.mark.parametrize("case", EACH)
def test_arrival_order_does_not_matter_where_time_decides(case: dict[str, Any]) -> None:
    """Lines in any order give the same verdicts as long as no two events of the case share a day."""
    events, _, _, _ = facts(case)
    if len({e.on for e in events}) < len(events):
        events = [e for n, e in enumerate(events) if e.on not in {x.on for x in events[:n]}]
    expected = [v.to_json() for v in judged(case, events)]
    shuffler = random.Random(case["title"])
    for _ in range(4):
        order = list(range(1, len(events) + 1))
        shuffler.shuffle(order)
        sent = [Event.from_json(e.to_json(), n) for e, n in zip(events, order, strict=True)]
        assert [v.to_json() for v in judged(case, sorted(sent, key=lambda e: e.order))] == expected


def test_every_verdict_is_shown() -> None:
    shown = {wanted["verdict"] for case in ALL for wanted in case["expect"]}
    assert shown == {"met", "breached", "pending", "unknown", "not_applicable", "error"}
    assert len(ALL) >= 30
    titles = [(case["rule"], case["title"]) for case in ALL]
    assert len(set(titles)) == len(titles)


def test_every_form_of_requirement_is_shown() -> None:
    forms = {book().by_id[case["rule"]].require.__class__.__name__ for case in ALL}
    assert {"Within", "Wait", "Ahead", "Promptly", "Fixed", "TwoStage", "Check"} <= forms | {"Check"}


def test_due_date_in_an_unannounced_year_is_told_as_provisional() -> None:
    case = {
        "rule": "APL-60-90d",
        "as_of": "2026-11-26",
        "events": [["case_filed", "2026-11-02", {"domain": "other"}]],
    }
    (verdict,) = judged(case)
    assert verdict.due == date(2027, 2, 1)
    assert "暂定" in verdict.explanation_zh
    notes = explain(verdict, calendar=statutory_calendar(), as_of=date(2026, 11, 26)).notes
    assert any("暂定" in note for note in notes)
    case["as_of"], case["events"][0][1] = "2026-09-02", "2026-09-01"  # type: ignore[index]
    assert "暂定" not in judged(case)[0].explanation_zh


def test_backward_count_into_an_unannounced_year_is_told_as_provisional() -> None:
    case = {
        "rule": "APL-64-hearing-notice-7wd",
        "as_of": "2026-12-01",
        "events": [
            ["case_filed", "2026-11-02", {"domain": "other"}],
            ["hearing_scheduled", "2026-11-20", {"hearing": "H1", "at": "2027-01-08T09:00:00+08:00"}],
        ],
    }
    (verdict,) = judged(case)
    assert verdict.due is not None
    assert "暂定" in verdict.explanation_zh


def test_moments_of_another_zone_give_the_day_in_china() -> None:
    case = {
        "rule": "APL-60-90d",
        "as_of": "2026-06-02T02:00:00+08:00",
        "events": [["case_filed", "2026-03-02", {"domain": "other"}]],
    }
    late = judged(case)[0]
    case["as_of"] = "2026-06-01T18:00:00+00:00"
    assert judged(case)[0].to_json() == late.to_json()
    assert late.verdict == "breached"
    assert late.history.as_of.tzinfo is CHINA

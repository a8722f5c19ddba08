"""Every rule of the packs against the register of rules, the event contract and the texts of the law.

The register and the texts are no part of the project. ``PLUMBLINE_LAWS`` names their folder (``rules.json`` and one Markdown
file for each text); left out, it is looked for beside the project. Without it those tests are skipped and say so.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import plumbline
from plumbline.lawbook import RuleFacts, rule_facts
from plumbline.rules import Overlay, Rule, RuleBook, evaluate
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.examples import expand, step
from plumbline.rules.forms.clock import Clock
from plumbline.rules.nodes.days import DateAfter
from plumbline.vocabulary import Event, Matter, Registers, end_of, load_vocabulary

ROOT = Path(__file__).parents[2]
LAWS = Path(os.environ.get("PLUMBLINE_LAWS") or ROOT.parent / "shared" / "laws")
needs_laws = pytest.mark.skipif(
    not (LAWS / "rules.json").is_file(),
    reason=f"NOT CHECKED against the law: no rules.json in {LAWS}. Set PLUMBLINE_LAWS to the folder of the texts.",
)
PENALTY = RuleBook.load(["plumbline.packs.penalty"])
BOOK = RuleBook.load(STANDARD_PACKS)
RULES = pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
#: Each rule and each row that replaces it somewhere, with the form that is then asked.
ROWS = [(r.id, r) for r in BOOK.rules] + [(o.row, o) for r in BOOK.rules for o in r.overlays]
EACH_ROW = pytest.mark.parametrize(("row_id", "declared"), ROWS, ids=[row_id for row_id, _ in ROWS])

#: Rules of the register that the event contract does not list (docs/adr/0010).
BESIDE_THE_CONTRACT = {"ESR-30-objection", "APL-34-benchmark-public"}
#: Rows whose ``limit`` is not a number that this rule could hold, and why.
LIMIT_ELSEWHERE = {
    "ACL-18-procedure": "counts the acts of the procedure, which are asked one by one",
    "ACL-24-documents": "on the spot is a fact of the act and no hour to count",
    "APL-59-content": "counts the parts of a document, which are listed by name",
    "APL-76-range": "the bounds stand in the register of powers",
    "LGO-75-procedure": "counts the steps of the procedure, which are asked by name",
    "MARA-59-threshold": "the province's number stands in the register of thresholds",
    "PSL-120-one-officer-record": "the 24 hours bind the report to the station, which the contract does not record",
}
COPIED = (
    "law",
    "article",
    "area",
    "severity",
    "n",
    "unit",
    "limit",
    "extend",
    "suspend",
    "tier",
    "domain",
    "core",
)


@cache
def register() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads((LAWS / "rules.json").read_text(encoding="utf-8"))}


@cache
def law_text(name: str) -> str:
    return (LAWS / name).read_text(encoding="utf-8")


def article_of(row: dict[str, Any]) -> str:
    """The text of the article (or numbered section) a row cites, with its paragraphs."""
    wanted = re.match(
        r"第[一二三四五六七八九十百千零]+条(之[一二三四五六七八九])?|（[一二三四五六七八九十]+）",
        row["article"],
    )
    assert wanted, row["article"]
    head = wanted.group()
    follows = (
        r"第[一二三四五六七八九十百千零]+条"
        if head.startswith("第")
        else r"（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、"
    )
    found, inside = [], False
    for line in law_text(row["source"]).splitlines():
        plain = line.lstrip("#* 　")
        if plain.startswith(head):
            inside = True
        elif re.match(follows, plain) or line.startswith("#"):
            inside = False
        if inside:
            found.append(plain)
    return "".join(found)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


# -- the lawbook and the register --------------------------------------------------------------------------------------


@needs_laws
def test_the_lawbook_holds_the_whole_register_and_nothing_else() -> None:
    assert set(rule_facts()) == set(register())


@needs_laws
@pytest.mark.parametrize("name", COPIED)
def test_the_lawbook_says_what_the_register_says(name: str) -> None:
    assert {i: getattr(f, name) for i, f in rule_facts().items()} == {
        i: r[name] for i, r in register().items()
    }


@needs_laws
def test_dates_are_those_of_the_register() -> None:
    for row_id, row in register().items():
        facts = rule_facts()[row_id]
        for name in ("effective_from", "effective_to"):
            day = getattr(facts, name)
            assert (day.isoformat() if day else "") == row[name].rstrip("*"), row_id
        assert facts.dates_verified is ("*" not in row["effective_from"] + row["effective_to"]), row_id


# -- the rules and their rows ------------------------------------------------------------------------------------------


@needs_laws
@EACH_ROW
def test_the_row_is_in_the_register_and_its_quotation_in_the_article(
    row_id: str, declared: Rule | Overlay
) -> None:
    row = register()[row_id]
    assert squeezed(row["quote"]) in squeezed(article_of(row)), f"{row['article']} of {row['source']}"


@needs_laws
@EACH_ROW
def test_the_rule_counts_with_the_number_and_unit_of_its_row(row_id: str, declared: Rule | Overlay) -> None:
    facts = rule_facts()[row_id]
    if row_id in LIMIT_ELSEWHERE or facts.unit == "set":
        return
    used = numbers_in(declared)
    for number in numbers_of(facts):
        assert number in used, f"{facts.limit}: {number} is not in {sorted(map(str, used))}"


@needs_laws
@pytest.mark.parametrize("row_id", [i for i, _ in ROWS if rule_facts()[i].law == "行政处罚法"])
def test_two_three_five_and_seven_days_are_working_days(row_id: str) -> None:
    """行政处罚法第八十五条; every other number of days is natural days."""
    facts = rule_facts()[row_id]
    if facts.unit in {"wd", "cd"}:
        assert (facts.unit == "wd") is (facts.n in {2, 3, 5, 7})


@needs_laws
def test_what_is_not_verified_does_not_run() -> None:
    """The register's table of things only remembered is no part of the lawbook; a date from memory shows as such."""
    remembered = re.findall(r"^\| (U-\d+) \|", law_text("RULES.md"), re.MULTILINE)
    assert len(remembered) > 10
    assert not set(remembered) & {row_id for row_id, _ in ROWS}
    assert not set(remembered) & set(rule_facts())
    by_contract = {row["row"] for rows in load_vocabulary().overlays.values() for row in rows} | set(duties())
    for row_id, _ in ROWS:
        if not rule_facts()[row_id].dates_verified:
            assert row_id in by_contract, (
                f"{row_id}: its dates are from memory and the contract does not ask for it"
            )


def numbers_of(facts: RuleFacts) -> Iterator[Any]:
    """The numbers of a row: a clock as (n, unit), money in fen, anything else plain."""
    if facts.unit in {"wd", "cd", "h", "m", "y"}:
        pairs = [(int(n), u) for n, u in re.findall(r"(\d+) ?(wd|cd|h|m|y)\b", facts.limit)]
        plain = [int(n) for n in re.findall(r"\d+", facts.limit)]
        # "14 / 18 y" are ages and no clock.
        yield from (
            plain if len(pairs) < len(plain) and "/" in facts.limit else pairs or [(facts.n, facts.unit)]
        )
    elif facts.unit == "CNY":
        for digits, thousand in re.findall(r"(\d[\d,]*)(k?)", facts.limit):
            yield int(digits.replace(",", "")) * (1000 if thousand else 1) * 100
    elif facts.n is not None:
        yield from (int(n) for n in re.findall(r"\d+", facts.limit))


def numbers_in(part: Any) -> set[Any]:
    """Every clock and every number a declaration is built of."""
    found: set[Any] = set()
    if isinstance(part, Rule):
        return numbers_in(part.when) | numbers_in(part.require)
    if isinstance(part, Overlay):
        return numbers_in(part.when) | numbers_in(part.applies) | numbers_in(part.require)
    if isinstance(part, Clock | DateAfter):
        found.add((part.n, part.unit))
    if is_dataclass(part):
        for each in fields(part):
            found |= numbers_in(getattr(part, each.name))
    elif isinstance(part, tuple | list):
        for value in part:
            found |= numbers_in(value)
    elif isinstance(part, int) and not isinstance(part, bool):
        found.add(part)
    return found


# -- the rules and the contract ----------------------------------------------------------------------------------------


@cache
def contract() -> dict[str, Any]:
    text = (Path(plumbline.__file__).parent / "vocabulary" / "event-contract.yaml").read_bytes()
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def duties() -> dict[str, dict[str, Any]]:
    """The general duties of the contract and those that only one field has."""
    general, of_a_field = contract()["rules"], contract()["domain_rules"]
    assert not general.keys() & of_a_field.keys()
    return {**general, **of_a_field}


def test_only_these_rules_stand_beside_the_contract() -> None:
    assert {r.id for r in BOOK.rules} - set(duties()) == BESIDE_THE_CONTRACT


@pytest.mark.parametrize("rule_id", contract()["domain_rules"])
def test_a_duty_of_one_field_has_the_clock_the_contract_gives_it(rule_id: str) -> None:
    wanted, rule = contract()["domain_rules"][rule_id], BOOK.by_id[rule_id]
    assert rule.facts.domain == wanted["domain"]
    form = rule.require
    assert form.__class__.__name__.lower() == wanted["type"]
    clock = getattr(form, "clock", None)
    assert (clock and {"n": clock.n, "unit": clock.unit}) == wanted.get("clock")
    steps = [
        {"event": form.extended_by, "clock": form.extension_clock, "by": step.by, "days": step.days}
        for step in getattr(form, "extensions", ())
    ]
    assert steps == [
        {**step, "days": None if step["days"] == "as granted" else step["days"]}
        for step in wanted.get("extensions", ())
    ]
    tests = [list(each.kinds) for each in getattr(form, "excludes", ()) if each.name == "test"]
    assert tests == [each["test"] for each in wanted.get("excludes", ())]


@pytest.mark.parametrize("rule_id", contract()["domain_rules"])
def test_a_duty_of_one_field_is_none_elsewhere_and_unknown_where_no_field_is_stated(rule_id: str) -> None:
    rule, domain = BOOK.by_id[rule_id], contract()["domain_rules"][rule_id]["domain"]
    stated = [
        (example.verdict, {e["data"]["domain"] for e in example.events if "domain" in e["data"]})
        for example in rule.examples
    ]
    assert [verdict for verdict, domains in stated if not domains] == ["unknown"]
    elsewhere = {verdict for verdict, domains in stated if domains and domain not in domains}
    assert elsewhere == {"not_applicable"}


@RULES
def test_the_subjects_are_those_of_the_contract(rule: Rule) -> None:
    if rule.id in BESIDE_THE_CONTRACT:
        return
    wanted = duties()[rule.id]["subject"]
    if "*" in wanted:
        everything = {
            name
            for name, each in load_vocabulary().activities.items()
            if set(each.kinds) & {"penalty", "compulsion", "inspection", "other_act"}
            and name != "event_voided"
        }
        assert set(rule.subject) == everything | (set(wanted) - {"*"})
    else:
        assert list(rule.subject) == wanted


@RULES
def test_the_rows_that_replace_it_are_those_of_the_contract(rule: Rule) -> None:
    wanted = contract()["overlays"].get(rule.id, ())
    assert [o.row for o in rule.overlays] == [row["row"] for row in wanted]
    assert [o.domain for o in rule.overlays] == [row.get("domain", "") for row in wanted]
    assert [o.facts.domain or o.domain for o in rule.overlays] == [row.get("domain", "") for row in wanted]


def test_the_core_of_the_penalty_rules_is_there() -> None:
    core = {rule.id for rule in PENALTY.rules if rule.facts.core}
    assert len(core) >= 45
    assert core >= {
        "APL-17-authority",
        "APL-36-limitation-2y",
        "APL-42-two-officers",
        "APL-48-withdraw-3wd",
        "APL-51-cap",
        "APL-56-prereg-7wd",
        "APL-57-collective",
        "APL-58-legal-review",
        "APL-60-90d",
        "APL-61-serve-7wd",
        "APL-62-no-notice-no-decision",
        "APL-63-hearing-notice",
        "APL-64-hearing-notice-7wd",
        "APL-64-request-5wd",
        "APL-67-pay-15d",
        "APL-71-handover-2wd",
        "APL-72-surcharge-cap",
        "APL-73-surcharge-stop",
        "T118-6-penalty-7wd",
    }


@pytest.mark.parametrize(
    "article", ["第八条", "第二十一条", "第二十七条", "第二十八条", "第二十九条", "第三十条", "第三十三条"]
)
def test_the_articles_on_supervision_that_events_can_show_are_there(article: str) -> None:
    assert [r for r in BOOK.rules if r.facts.law == "行政执法监督条例" and r.facts.article == article]


# -- the examples ------------------------------------------------------------------------------------------------------

#: Rules that cannot lack a fact: what they read is required of every sender.
NOTHING_TO_MISS = {
    "ACL-46-30d",
    "CPR-177-reverse",
    "ESR-27-duban",
    "ESR-28-opinion",
    "ESR-30-objection",
    "ESR-33-clue",
    "MAD-25-legality-review",
    "NDRC-19-report-change",
    "SUP-37-clue",
    "TSC-19-supervision-clue",
}
#: Rules whose subject, where they apply, is the breach itself: nothing makes it right.
ALWAYS_BREACHED = {"PSL-136-sealed", "MEE-80-immutable"}


@RULES
def test_the_examples_show_both_verdicts_and_the_missing_fact(rule: Rule) -> None:
    shown = {example.verdict for example in rule.examples}
    if rule.id == "ESR-33-no-duplicate":  # it looks into another matter, which an example does not hold
        return
    assert {"met", "breached"} - ({"met"} if rule.id in ALWAYS_BREACHED else set()) <= shown
    assert "unknown" in shown or rule.id in NOTHING_TO_MISS


@pytest.mark.parametrize(
    ("ended", "verdict"), [(None, "breached"), ("2026-05-31", "met"), ("2026-06-02", "breached")]
)
def test_no_supervision_beside_a_running_reconsideration(ended: str | None, verdict: str) -> None:
    letter = expand(
        [
            step(
                "supervision_letter_issued",
                "2026-06-01",
                kind="supervision_instrument",
                links=[{"matter": "M-2", "rel": "about"}],
                to="A-1",
                respond_by="2026-06-15",
            )
        ],
        "supervision_instrument",
    )
    challenge = [step("challenge_started", "2026-05-01", route="reconsideration")]
    if ended:
        challenge.append(step("challenge_ended", ended, route="reconsideration", outcome="upheld"))
    about = [
        Event.from_json({**e, "matter": "M-2"}, n) for n, e in enumerate(expand(challenge, "penalty"), 1)
    ]
    moment = end_of(about[-1].on.replace(month=7))
    (found,) = evaluate(
        [BOOK.by_id["ESR-33-no-duplicate"]],
        Matter.of([Event.from_json(letter[0], 1)], moment),
        registers=Registers.none(),
        calendar=None,
        as_of=moment,
        others={"M-2": about}.get,
    )
    assert found.verdict == verdict, found.fault

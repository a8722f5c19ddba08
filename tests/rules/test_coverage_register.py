"""The register of coverage tells the truth: every row once, and implemented exactly where something implements it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

import pytest
import yaml
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from plumbline.lawbook import Coverage, coverage, covered, remembered, rule_facts
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.vocabulary.contract import CONTRACT_FILE
from tests.structure.law_coverage import PAGE, page

ROOT = Path(__file__).parents[2]
LAWS = Path(os.environ.get("PLUMBLINE_LAWS") or ROOT.parent / "shared" / "laws")
BOOK = RuleBook.load(STANDARD_PACKS)
ROWS = coverage()


def of_each_row(asked: Callable[[Coverage], None]) -> Callable[[], None]:
    """One test of all rows: hundreds of tests of a line each take longer to be called than to be answered."""

    @wraps(asked)
    def of_all() -> None:
        wrong = []
        for row in ROWS.values():
            try:
                asked(row)
            except AssertionError as failed:
                wrong.append(f"{row.id}: {failed}")
        assert not wrong, "\n".join(wrong)

    del of_all.__wrapped__  # pytest would read the row as a fixture
    return of_all


def test_every_row_of_the_register_stands_there_once_and_in_its_order() -> None:
    assert list(ROWS) == list(rule_facts())
    assert len(ROWS) == 270


def test_a_row_written_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = tmp_path / "coverage.yaml"
    written.write_text(
        "rows:\n" + "  - {id: APL-60-90d, state: implemented, as: rule}\n" * 2, encoding="utf-8"
    )
    monkeypatch.setattr(covered, "FILE", written)
    with pytest.raises(covered.CoverageDefect, match="APL-60-90d"):
        covered.coverage.__wrapped__()


def implemented_as(row_id: str) -> tuple[str, str]:
    """How the loaded packs implement a row, and which rule it replaces."""
    if row_id in BOOK.by_id:
        return "rule", ""
    replaced = [rule.id for rule in BOOK.rules for overlay in rule.overlays if overlay.row == row_id]
    return ("overlay", replaced[0]) if replaced else ("", "")


@of_each_row
def test_implemented_means_a_loaded_rule_a_replacing_row_or_a_tested_property(row: Coverage) -> None:
    how, of = implemented_as(row.id)
    if row.how == "calendar":
        assert how == ""
        assert rule_facts()[row.id].area == "期间"
        path, _, name = row.test.partition("::")
        assert row.id in sentences_of(path)[name], f"{name} does not name the row"
    else:
        assert (row.how, row.of) == (how, of)
    assert (row.state == "implemented") is (row.how != "")


@cache
def sentences_of(path: str) -> dict[str, str]:
    """The tests of a file with what they say of themselves."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {
        node.name: ast.get_docstring(node) or "" for node in tree.body if isinstance(node, ast.FunctionDef)
    }


@of_each_row
def test_every_row_on_counting_is_a_tested_property(row: Coverage) -> None:
    facts = rule_facts()[row.id]
    assert (row.how == "calendar") is (facts.tier == "T" or facts.area == "期间")


@of_each_row
def test_what_is_not_implemented_says_why_in_one_chinese_line(row: Coverage) -> None:
    if row.state == "implemented":
        assert not row.reason
        return
    assert re.search(r"[一-鿿]{6}", row.reason)
    assert "\n" not in row.reason
    assert len(row.reason) <= 80
    assert not row.reason.endswith("。")
    assert bool(row.asked_at) is (row.state == "needs_a_human")


@of_each_row
def test_whoever_judges_is_asked_at_a_step_or_page_that_exists(row: Coverage) -> None:
    for place in row.asked_at:
        kind, _, name = place.partition(" ")
        assert name in {"step": steps(), "page": addresses()}[kind], place


@cache
def steps() -> frozenset[str]:
    return frozenset(key for procedure in PROCEDURES for key in procedure.steps)


@cache
def addresses() -> frozenset[str]:
    found: set[str] = set()
    waiting = list(get_resolver().url_patterns)
    while waiting:
        each = waiting.pop()
        if isinstance(each, URLResolver):
            waiting += each.url_patterns
        elif isinstance(each, URLPattern) and each.name:
            found.add(each.name)
    return frozenset(found)


@of_each_row
def test_a_date_from_memory_runs_only_where_the_contract_asks_for_it(row: Coverage) -> None:
    """What is switched off is unverified; what is unverified is switched off, unless the contract or a calendar row needs it."""
    asked = asked_by_the_contract()
    verified = rule_facts()[row.id].dates_verified
    if row.state == "switched_off":
        assert not verified
        assert row.id not in asked
    elif not verified:
        assert row.id in asked or row.how == "calendar"


@cache
def asked_by_the_contract() -> frozenset[str]:
    contract = yaml.load(CONTRACT_FILE.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    replacing = {each["row"] for rows in contract["overlays"].values() for each in rows}
    return frozenset({*contract["rules"], *contract["domain_rules"], *replacing})


def test_every_core_rule_of_the_register_is_computed() -> None:
    assert [i for i, facts in rule_facts().items() if facts.core and ROWS[i].how != "rule"] == []


def test_what_is_only_remembered_is_listed_and_never_runs() -> None:
    ids = [each.id for each in remembered()]
    assert ids == [f"U-{number:02}" for number in range(1, 19)]
    assert all(each.about and each.reason for each in remembered())
    assert not set(ids) & set(rule_facts())
    assert not any(implemented_as(each)[0] for each in ids)
    register = LAWS / "RULES.md"
    if register.is_file():
        told = register.read_text(encoding="utf-8")
        assert set(re.findall(r"^\| (U-\d+) \|", told, re.MULTILINE)) == set(ids)


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.structure.law_coverage"

"""The coverage register is whole and true: every id once, every named test, page and command there, the README's count current."""

from __future__ import annotations

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from plumbline.project.cli import COMMANDS
from plumbline.rules import RuleBook

from .coverage import ROOT, STATES, Entry, count_line, read
from .district import addresses
from .registry import PACKS

# The ids as the notice was taken apart; the shared files are compared where they are at hand.
ANNEX = {1: 1, 2: 9, 3: 7, 4: 1, 5: 3, 6: 2}
POINTS = {1: 6, 2: 8, 3: 11, 4: 7, 5: 9, 6: 4}
EXPECTED = (
    [f"B{n:03}" for n in range(1, 80)]
    + [f"T{section}-{n}" for section, last in ANNEX.items() for n in range(1, last + 1)]
    + [f"S{kind}-{n:02}" for kind, last in POINTS.items() for n in range(1, last + 1)]
    + [f"M{n}" for n in range(1, 19)]
    + [f"I{n}" for n in range(1, 11)]
)
SHARED = Path(os.environ.get("PLUMBLINE_SHARED", ROOT.parent / "shared"))
READMES = ("README.md", "README.zh-CN.md")
IDS, CAPABILITIES = read()
EVERY = [*IDS.values(), *CAPABILITIES.values()]


def test_every_id_stands_here_once() -> None:
    assert len(EXPECTED) == len(set(EXPECTED)) == 175
    assert list(IDS) == EXPECTED
    assert list(CAPABILITIES) == [f"C{n:02}" for n in range(1, 23)]


def test_an_id_written_twice_is_an_error() -> None:
    twice = "capabilities: {}\nids:\n  M1: {what: a, state: missing}\n  M1: {what: b, state: missing}\n"
    with pytest.raises(ValueError, match="written twice: M1"):
        read(twice)


def test_the_ids_are_those_of_the_shared_files() -> None:
    domain = SHARED / "domain"
    if not domain.is_dir():
        pytest.skip(f"no shared material at {SHARED}; set PLUMBLINE_SHARED to compare with it")
    tasks = yaml.safe_load((domain / "pilot_tasks.yaml").read_text(encoding="utf-8"))
    content = yaml.safe_load((domain / "supervision_content.yaml").read_text(encoding="utf-8"))
    rows = [
        *tasks["body_requirements"],
        *tasks["annex_tasks"],
        *(point for kind in content["kinds"] for point in kind["points"]),
        *content["methods"],
        *content["instruments"],
    ]
    words = {
        row["id"]: row.get("requirement") or row.get("task") or row.get("seed") or row["name"] for row in rows
    }
    assert len(words) == len(rows)
    assert {key: entry.what for key, entry in IDS.items()} == words


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.id)
def test_a_claim_says_where_it_is_done_and_what_shows_it(entry: Entry) -> None:
    assert entry.state in STATES
    said = bool(entry.tests) and bool(entry.pages or entry.commands)
    nothing = not (entry.tests or entry.pages or entry.commands or entry.lacks or entry.manual)
    assert nothing if entry.state == "missing" else said, (
        "missing claims nothing; anything else names page and test"
    )
    assert bool(entry.lacks) == (entry.state == "part"), "only what is done in part says what it lacks"


def test_an_id_and_its_capability_agree() -> None:
    """A capability that works has all its ids done; one that is missing has none of them shown."""
    wrong = []
    for entry in IDS.values():
        capability = CAPABILITIES[entry.capability]
        if capability.state != "part" and entry.state != capability.state:
            wrong.append(f"{entry.id} is {entry.state}, {capability.id} is {capability.state}")
    assert not wrong, wrong


@cache
def _tests_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@cache
def _rules() -> frozenset[str]:
    return frozenset(rule.id for rule in RuleBook.load(PACKS).rules if rule.examples)


@pytest.mark.parametrize("entry", [e for e in EVERY if e.tests], ids=lambda entry: entry.id)
def test_every_named_test_exists(entry: Entry) -> None:
    for named in entry.tests:
        found = re.fullmatch(r"([\w./]+)::(test_\w+)(?:\[([\w-]+)\])?", named)
        assert found, named
        assert (ROOT / found[1]).is_file(), named
        assert found[2] in _tests_of(found[1]), named
        assert found[3] is None or found[3] in _rules(), named


def test_every_page_and_command_exists() -> None:
    pages, wrong = addresses(), []
    for entry in EVERY:
        wrong += [f"{entry.id}: no address {name}" for name in entry.pages if name not in pages]
        wrong += [f"{entry.id}: no command {name}" for name in entry.commands if name not in COMMANDS]
    assert not wrong, "\n".join(wrong)


def test_a_capability_that_is_there_has_its_page_of_the_manual() -> None:
    for entry in CAPABILITIES.values():
        if entry.state != "missing":
            assert (ROOT / "docs" / "manual" / entry.manual).is_file(), f"{entry.id}: {entry.manual}"


@pytest.mark.parametrize("name", READMES)
def test_the_readme_shows_the_count(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = count_line(IDS)
    with capsys.disabled():
        print(f"\n{line}")
    path = ROOT / name
    assert path.is_file(), f"{name} is not there"
    shown = re.findall(r"Coverage: \d+ of \d+[^\n*`]*", path.read_text(encoding="utf-8"))
    assert shown, f"{name} shows no count; write: {line}"
    assert all(each.strip().rstrip(".。") == line for each in shown), f"{name} says {shown}; write: {line}"

"""The manual says what is on the screen: names in **「…」** occur there, links lead on, commands and addresses exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from plumbline.apps.supervision.models import InstrumentKind
from plumbline.packs.penalty.procedures import PROCEDURES
from plumbline.packs.reconsideration.procedures import PROCEDURES as CHALLENGE_PROCEDURES
from plumbline.packs.transfer.procedures import PROCEDURES as LINKAGE_PROCEDURES
from plumbline.project.cli import COMMANDS

from .coverage import ROOT

SOURCE = ROOT / "src" / "plumbline"
MANUAL = ROOT / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
NAME = re.compile(r"\*\*「([^」]+)」\*\*")
# A template's text with its tags taken out: the halves of a name that a condition completes then stand together.
TAG = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)


def _said_by(path: Path) -> list[str]:
    """The strings of a module without its docstrings; comments are not said either."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]


@cache
def screen() -> str:
    """Everything a page can say: templates, the program's own strings, and the names composed of a step or an instrument."""
    said = [TAG.sub("", p.read_text(encoding="utf-8")) for p in SOURCE.rglob("templates/**/*.html")]
    for path in SOURCE.rglob("*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            said += _said_by(path)
    # The field app speaks from its modules; their comments are not said.
    for path in SOURCE.rglob("static/field/*.js"):
        said.append(
            re.sub(
                r"/\*.*?\*/|^\s*//.*?$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
            )
        )
    for procedure in (*PROCEDURES, *CHALLENGE_PROCEDURES, *LINKAGE_PROCEDURES):
        for step in procedure.steps.values():
            said += [step.label, step.verb, f"去{step.label}"]
    for kind in InstrumentKind:
        said += [f"制发{kind.label}", f"签发{kind.label}"]
    return "\n".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_quoted_name_is_on_the_screen(page: Path) -> None:
    unknown = [name for name in NAME.findall(page.read_text(encoding="utf-8")) if name not in screen()]
    assert not unknown, f"{page.name} quotes what no page says: {', '.join(unknown)}"


def test_a_name_that_is_on_no_screen_is_found_out() -> None:
    assert NAME.findall("点 **「登记线索」** 或「随便」") == ["登记线索"]
    assert "登记线索" in screen()
    assert "一键生成满分案卷" not in screen()


@pytest.mark.parametrize("page", [p for p in PAGES if p.name != "README.md"], ids=lambda page: page.name)
def test_a_page_is_short_says_who_it_is_for_and_stands_in_the_list(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    number = int(page.name[:2])
    assert text.startswith(f"# {number} "), "the heading carries the page's number"
    assert "\n谁用：" in text or "\n单位能看到的" in text
    assert len(text.splitlines()) <= 110
    assert f"({page.name})" in (MANUAL / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [*PAGES, *sorted((ROOT / "docs").glob("**/*.md"))], ids=lambda page: str(page.relative_to(ROOT))
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_addresses_exist(page: Path) -> None:
    for code in re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8")):
        words = code.split()
        if words[0] == "plumbline" and len(words) > 1:
            assert words[1] in COMMANDS or " ".join(words[1:3]) in COMMANDS, code
        elif re.fullmatch(r"/[a-z][\w/.-]*", code):
            try:
                resolve(code)
            except Resolver404:
                pytest.fail(f"{page.name}: nothing answers {code}")

"""The shape of the source: file sizes, who imports whom, and foreign keys that run one way."""

from __future__ import annotations

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
APPS = ROOT / "src" / "plumbline" / "apps"
STOP = 400
# A longer module stands here with its reason.
LONGER = {
    "tests/parity/random_rules.py": "one grammar: conditions, values and requirements are made of each other",
    "src/plumbline/apps/cases/tests/world.py": "one lawful world for all tests of casework: registers, people and every step",
    "src/plumbline/project/demo/district.py": "the demonstration district's people, powers and lists: data, one row a line",
    "src/plumbline/project/demo/histories.py": "the demonstration's case histories: data, one event a line",
}
NAMELESS = {"utils", "helpers", "manager", "common", "misc"}


def _modules() -> list[Path]:
    found = [p for folder in ("src", "tests", "bench", "bootstrap") for p in (ROOT / folder).rglob("*.py")]
    return [p for p in found if "migrations" not in p.parts and "node_modules" not in p.parts]


def test_every_module_stays_under_the_stop() -> None:
    long = {
        str(p.relative_to(ROOT)): count
        for p in _modules()
        if (count := len(p.read_text(encoding="utf-8").splitlines())) > STOP
    }
    assert not set(long) - set(LONGER), {name: long[name] for name in set(long) - set(LONGER)}
    assert not [name for name in LONGER if not (ROOT / name).exists()], "a listed module is gone"


def test_no_module_is_named_after_nothing() -> None:
    assert not [str(p) for p in _modules() if p.stem in NAMELESS]


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_apps_meet_only_at_their_contracts() -> None:
    wrong = []
    for path in APPS.rglob("*.py"):
        app = path.relative_to(APPS).parts[0]
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for name in _imports(path):
            other = re.match(r"plumbline\.apps\.(\w+)\.?(\w*)", name)
            if other and other[1] != app and other[2] != "contract":
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_surfaces_reach_no_table_of_an_app() -> None:
    """A surface asks an app's contract, never its models."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / "src" / "plumbline" / "surfaces").rglob("*.py")
        if "tests" not in path.parts
        for name in _imports(path)
        if re.match(r"plumbline\.apps\.\w+\.(?!contract|load_command)", name)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("inner", ["law", "vocabulary", "lawbook", "rules", "packs"])
def test_the_law_reads_no_clock(inner: str) -> None:
    """The clock and the date of the law are arguments there."""
    reading = re.compile(r"\b(?:date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    places = (ROOT / "src" / "plumbline" / inner).rglob("*.py")
    # The command line stands in for the caller: its default is today.
    commands = {"check_command.py", "spark_command.py"}
    assert not [
        str(p) for p in places if p.name not in commands and reading.search(p.read_text(encoding="utf-8"))
    ]


def test_foreign_keys_across_apps_run_one_way() -> None:
    graph: dict[str, set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if field.concrete and field.is_relation and related not in (None, "self"):
                pair = model._meta.app_label, related._meta.app_label
                if pair[0] != pair[1]:
                    graph.setdefault(pair[0], set()).add(pair[1])
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError with the cycle
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("plumbline.apps.")}
    platform = {c.label for c in apps.get_app_configs() if c.name.startswith("plumbline.platform.")}
    assert not {p: graph[p] & ours for p in platform if graph.get(p, set()) & ours}, (
        "platform points at an app"
    )

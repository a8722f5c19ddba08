"""The mutants of a module, by the operators of cosmic-ray, and a fair sample of them."""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.ast.ast_query import ASTQuery
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# The reader for one matter, what it counts with and what is written from it. The kernel (rules/bulk) is compiled, and
# is proved against this reader by tests/parity.
SCOPE = (
    "src/plumbline/law/*.py",
    "src/plumbline/rules/*.py",
    "src/plumbline/rules/nodes/*.py",
    "src/plumbline/rules/forms/*.py",
    "src/plumbline/rules/logs/*.py",
    "src/plumbline/rules/reports/*.py",
    "src/plumbline/rules/reports/formats/*.py",
)
ELSEWHERE = {"src/plumbline/rules/spark_command.py"}  # starts a cluster: judged by tests/parity/test_spark.py


# What is compared by identity here is one of a kind (a class, a sentinel, None, True, False): equality says the same.
SAME_IN_OTHER_WORDS = {"ReplaceComparisonOperator_Is_Eq", "ReplaceComparisonOperator_IsNot_NotEq"}


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change at one place.

    ``occurrence`` counts the places of one operator in one module, from 0; ``lines`` are those of the statement.
    """

    path: str
    operator: str
    occurrence: int
    definition: str
    lines: tuple[int, int]

    @property
    def key(self) -> str:
        return f"{self.path.removeprefix('src/plumbline/')}:{self.operator}:{self.occurrence}"


def modules(root: Path) -> list[str]:
    found = [str(p.relative_to(root)) for pattern in SCOPE for p in sorted(root.glob(pattern))]
    return [name for name in found if name not in ELSEWHERE]


def mutated(root: Path, mutant: Mutant) -> str | None:
    """The module's text with the mutant in it; None where the operator cannot write one."""
    try:
        text = mutate_code(_text(root / mutant.path), _operator(mutant.operator), mutant.occurrence)
    except AttributeError:  # the tool's replacer of exceptions does not know a dotted name
        return None
    return None if text is None else str(text)


def mutants_of(root: Path, path: str) -> Iterator[Mutant]:
    """Every mutant of a module but those of annotations, which are never evaluated here."""
    text = _text(root / path)
    tree, spans, silent = get_ast(text), _statements(text), _annotations(text)
    for name in operator_names():
        if get_operator(name).arguments():
            continue  # replaces variables of a name one has to give
        operator = _operator(name)
        places = ((node, start) for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node))
        for occurrence, (node, start) in enumerate(places):
            if any(first <= start < last for first, last in silent):
                continue
            yield Mutant(
                path=path,
                operator=name.removeprefix("core/"),
                occurrence=occurrence,
                definition=ASTQuery(node).get_definition_name() or "",
                lines=_statement_at(spans, start[0]),
            )


def sample(root: Path, size: int, seed: int) -> tuple[list[Mutant], Counter[str]]:
    """The number of mutants by package, and about so many of them: each module in proportion, the same for the same seed."""
    strata = {path: list(mutants_of(root, path)) for path in modules(root)}
    total = sum(map(len, strata.values()))
    chosen: list[Mutant] = []
    for path, members in strata.items():
        share = max(1, round(size * len(members) / total))
        random.Random(f"{seed}:{path}").shuffle(members)
        said = _run(_text(root / path))
        fit = (m for m in members if (text := mutated(root, m)) and _run(text) not in (said, None))
        chosen += islice(fit, share)
    random.Random(seed).shuffle(chosen)
    population: Counter[str] = Counter()
    for path, members in strata.items():
        population[package(path)] += len(members)
    return [mutant for mutant in chosen if not idle(root, mutant)], population


def package(path: str) -> str:
    """law, rules, rules/nodes … of a module."""
    return path.removeprefix("src/plumbline/").rpartition("/")[0].removesuffix("/formats")


def idle(root: Path, mutant: Mutant) -> bool:
    """Whether nothing that is run could tell: identity as equality, a mark of a signature, what type checkers read."""
    if mutant.operator in SAME_IN_OTHER_WORDS:
        return True
    text = mutated(root, mutant)
    return text is None or _called(text) == _called(_text(root / mutant.path))


def _called(text: str) -> str:
    """As ``_run``, without the marks ``*`` and ``/`` of signatures and without what stands under TYPE_CHECKING."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            both = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            defaults = [*node.defaults, *(each for each in node.kw_defaults if each is not None)]
            node.posonlyargs, node.args, node.kwonlyargs = [], both, []
            node.defaults, node.kw_defaults = defaults, []
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.test = ast.Constant(value=False)
    return _run(ast.unparse(tree)) or ""


def _operator(name: str) -> Any:
    return get_operator(name if "/" in name else f"core/{name}")()


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _run(text: str) -> str | None:
    """What of a text is run, in one spelling; None where it is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name("_")
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return ast.dump(tree)


def _annotations(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations stand, by line and column in characters."""
    rows = text.splitlines()

    def column(line: int, offset: int) -> int:
        return len(rows[line - 1].encode()[:offset].decode())

    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            found.append(node.returns)
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            found.append(node.annotation)
    return [
        ((n.lineno, column(n.lineno, n.col_offset)), (n.end_lineno, column(n.end_lineno, n.end_col_offset)))
        for n in found
        if n.end_lineno is not None and n.end_col_offset is not None
    ]


def _statements(text: str) -> list[tuple[int, int]]:
    """First and last line of every statement, a compound one without what it holds."""
    spans = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            held = getattr(node, "body", None)
            last = max(node.lineno, held[0].lineno - 1) if held else node.end_lineno or node.lineno
            first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
            spans.append((first, last))
        elif isinstance(node, ast.ExceptHandler):
            spans.append((node.lineno, max(node.lineno, node.body[0].lineno - 1)))
    return spans


def _statement_at(spans: list[tuple[int, int]], line: int) -> tuple[int, int]:
    around = [span for span in spans if span[0] <= line <= span[1]]
    return min(around, key=lambda span: span[1] - span[0], default=(line, line))

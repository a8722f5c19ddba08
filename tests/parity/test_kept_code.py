"""Compiled code is kept by the content of every file it comes from."""

from __future__ import annotations

import ast
from pathlib import Path

from plumbline.rules import bulk
from plumbline.rules.bulk.jit import KERNEL

FOLDER = Path(bulk.__file__).parent


def imported_by(name: str) -> set[str]:
    """The modules of the package that a module takes something from."""
    found = set()
    for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found


def test_every_file_of_the_kernel_is_in_the_list() -> None:
    reached, waiting = set(), {"machine"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= imported_by(name) - reached
    assert reached == set(KERNEL)
    compiled = {p.stem for p in FOLDER.glob("*.py") if "@compiled" in p.read_text(encoding="utf-8")}
    assert compiled <= set(KERNEL)

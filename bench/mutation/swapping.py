"""A mutant put into a running process: the code of the functions it changes is replaced, in place.

That is possible for whatever is run when a test runs. What was run before (a module's own lines, a class body, a rule
read while it was loaded) needs a process that imports the mutated module instead.
"""

from __future__ import annotations

import gc
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections import defaultdict
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

OPTIMIZED = 0x1  # a function's code; that of a module or class body has no such flag
Place = tuple[str, str, int]


class NotInPlace(Exception):
    """The mutant changes what was run when the module was imported."""


class Functions:
    """The functions of the product that live in this process, by the place of their code."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._at: dict[Place, list[FunctionType]] = defaultdict(list)
        self._kept: list[Any] = []
        product = str(root / "src/plumbline")
        for thing in gc.get_objects():  # by type(): a lazy object would wake up when asked for its class
            if type(thing) is FunctionType and thing.__code__.co_filename.startswith(product):
                self._at[_place(thing.__code__)].append(thing)
            elif type(thing) is _lru_cache_wrapper and thing.__module__.startswith("plumbline."):
                self._kept.append(thing)

    def replace(self, path: str, text: str) -> None:
        """Let the mutated text's code run from now on; raises where that cannot be done in place."""
        file = str(self._root / path)
        before = compile(Path(file).read_text(encoding="utf-8"), file, "exec", dont_inherit=True)
        changed = list(_changed(before, compile(text, file, "exec", dont_inherit=True)))
        if not changed:
            raise NotInPlace
        for old, new, outermost in changed:
            living = [f for f in self._at.get(_place(old), ()) if f.__code__ == old]
            if outermost and not living:
                raise NotInPlace
            for function in living:
                try:
                    function.__code__ = new
                except ValueError as why:  # another set of free names
                    raise NotInPlace from why
        for kept in self._kept:
            kept.cache_clear()


def _place(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _changed(before: CodeType, after: CodeType) -> list[tuple[CodeType, CodeType, bool]]:
    """The functions that differ, before and after, the outermost (True) with the inner ones."""
    if before == after:
        return []
    held = [c for c in before.co_consts if isinstance(c, CodeType)]
    new = [c for c in after.co_consts if isinstance(c, CodeType)]
    if len(held) != len(new):
        raise NotInPlace
    inner = [pair for old, now in zip(held, new, strict=True) for pair in _changed(old, now)]
    if before.co_flags & OPTIMIZED:
        # A function inside a function is made anew at each call: the outer one's code brings it along, and those
        # that live already are replaced where they are found.
        return [(before, after, True), *((old, now, False) for old, now, _ in inner)]
    if _own(before) != _own(after):
        raise NotInPlace
    return inner


def _own(code: CodeType) -> tuple[Any, ...]:
    consts = tuple(repr(c) for c in code.co_consts if not isinstance(c, CodeType))
    return code.co_code, code.co_names, code.co_varnames, consts


class Mutated(importlib.abc.MetaPathFinder):
    """Imports one module from the mutated text instead of its file."""

    def __init__(self, root: Path, path: str, text: str) -> None:
        self._file = str(root / path)
        self._text = text
        parts = Path(path).with_suffix("").parts[1:]
        self._name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        self._package = parts[-1] == "__init__"

    def find_spec(
        self, fullname: str, path: Any = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        loader = _FromText(fullname, self._file, self._text)
        places = [str(Path(self._file).parent)] if self._package else None
        return importlib.util.spec_from_file_location(
            fullname, self._file, loader=loader, submodule_search_locations=places
        )

    def install(self) -> None:
        assert self._name not in sys.modules
        sys.meta_path.insert(0, self)


class _FromText(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, file: str, text: str) -> None:
        super().__init__(name, file)
        self._text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._text, self.path, "exec", dont_inherit=True)

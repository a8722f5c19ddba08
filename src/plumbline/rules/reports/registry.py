"""The formats there are: every module in ``formats/`` that holds a ``Report``, by its name."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from . import formats as place
from .base import Report


@cache
def formats() -> dict[str, type[Report]]:
    """Report classes by name, in the order in which a help text lists them."""
    found: list[type[Report]] = []
    for module in pkgutil.iter_modules(place.__path__):
        members = vars(importlib.import_module(f"{place.__name__}.{module.name}")).values()
        found += [
            each
            for each in members
            if isinstance(each, type)
            and issubclass(each, Report)
            and each.__module__ == f"{place.__name__}.{module.name}"
        ]
    return {report.name: report for report in sorted(found, key=lambda report: (report.rank, report.name))}

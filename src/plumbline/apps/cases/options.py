"""Choices that another app knows for a field of a step (documents that may be cited), as of the day of the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Options = Callable[[date], list[tuple[str, str]]]
_OPTIONS: dict[str, Options] = {}


def register_options(name: str) -> Callable[[Options], Options]:
    """Register the choices for asks of kind ``options:<name>``."""

    def keep(load: Options) -> Options:
        _OPTIONS[name] = load
        return load

    return keep


def options_of(name: str, on: date) -> list[tuple[str, str]]:
    """The choices; none where no installed app knows them."""
    load = _OPTIONS.get(name)
    return load(on) if load else []

"""The filter of a list as the address bar holds it: every part is text, and what nobody can have chosen is dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True)
class AddressFilter:
    """The base of such a filter: each field is a word of the query string, its default what an address without it means."""

    @classmethod
    def closed(cls) -> Mapping[str, Collection[str]]:
        """The values that a field can have, by field; a field that is not named takes any words."""
        return {}

    @classmethod
    def of(cls, typed: Any, **fixed: str) -> Self:
        """The filter in a query string; ``fixed`` is what the page itself says. Unknown values of closed lists are dropped."""
        usual = {each.name: str(each.default) for each in fields(cls)}
        found = {name: str(typed.get(name, "")).strip()[:100] or default for name, default in usual.items()}
        for name, allowed in cls.closed().items():
            if found[name] not in allowed:
                found[name] = usual[name]
        if "year" in found and not is_year(found["year"]):
            found["year"] = usual["year"]
        return cls(**found | fixed)

    @property
    def given(self) -> dict[str, str]:
        """What narrows the list, as the words of a query string."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}


def is_year(typed: str) -> bool:
    """Whether somebody typed a year of this system's time: four plain digits."""
    return typed.isascii() and typed.isdigit() and len(typed) == 4 and int(typed) > 1999


def id_in(typed: str) -> int:
    """The id that an address or a form names; 0, which no row has, for whatever else stands there."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def ids_in(typed: Iterable[str]) -> list[int]:
    """The ids among what was ticked."""
    return [found for each in typed if (found := id_in(each))]

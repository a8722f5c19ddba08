"""The district's review catalogue: what the agencies' catalogues add up to, and where they contradict each other or lack something."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from django.db.models import Q

from plumbline.platform.lists.cells import yuan_of

from .models import CatalogueConflict, LegalReviewEntry, PowerItem
from .review_lists import entry_title

KINDS_ZH = {"threshold": "同一事项数额不同", "overlap": "同一机关重复规定", "basis": "没有写依据"}


@dataclass(frozen=True)
class Conflict:
    """``entries`` that do not go together; ``settled`` when 区司法局 has decided exactly this conflict."""

    kind: str
    item: str
    label: str
    entries: tuple[LegalReviewEntry, ...]
    settled: CatalogueConflict | None = None

    @property
    def kind_zh(self) -> str:
        return KINDS_ZH[self.kind]

    @property
    def mark(self) -> str:
        """Changes whenever one of the entries does."""
        said = sorted(
            [
                each.agency_id, each.title, each.item, each.fine_from, sorted(each.kinds or []),
                each.valid_from.isoformat(), each.valid_to.isoformat() if each.valid_to else None, each.basis,
            ]
            for each in self.entries
        )  # fmt: skip
        return hashlib.sha256(orjson.dumps([self.kind, self.item, said])).hexdigest()

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.agency_id for each in self.entries))

    @property
    def is_carried_out(self) -> bool:
        """Whether nothing is left to be changed after the decision."""
        return self.settled is not None and (
            self.settled.fine_from is None
            or all(each.fine_from in {None, self.settled.fine_from} for each in self.entries)
        )


def entries_from(on: date) -> list[LegalReviewEntry]:
    """The entries in force on a day or later."""
    rows = LegalReviewEntry.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    return list(rows.select_related("agency").order_by("agency_id", "item", "valid_from", "pk"))


def conflicts(on: date) -> list[Conflict]:
    """All conflicts among the entries in force on a day or later; those not yet decided first."""
    entries = entries_from(on)
    names = dict(PowerItem.objects.order_by("valid_from").values_list("item", "violation"))
    found = [*_thresholds(entries, names, on), *_overlaps(entries, names), *_without_basis(entries)]
    known = {each.mark: each for each in CatalogueConflict.objects.all()}
    decided = [Conflict(c.kind, c.item, c.label, c.entries, known.get(c.mark)) for c in found]
    return sorted(decided, key=lambda c: (c.settled is not None, list(KINDS_ZH).index(c.kind), c.item))


def _thresholds(entries: Sequence[LegalReviewEntry], names: dict[str, str], on: date) -> Iterable[Conflict]:
    """One item, reviewed from different amounts on by different agencies."""
    by_item: dict[str, list[LegalReviewEntry]] = {}
    for each in entries:
        if each.fine_from is not None and each.valid_from <= on:
            by_item.setdefault(each.item, []).append(each)
    for item, those in by_item.items():
        if len({each.fine_from for each in those}) > 1 and len({each.agency_id for each in those}) > 1:
            yield Conflict("threshold", item, names.get(item, "全部事项"), tuple(those))


def _overlaps(entries: Sequence[LegalReviewEntry], names: dict[str, str]) -> Iterable[Conflict]:
    """An agency says the same thing twice for days that overlap."""
    by_agency: dict[tuple[Any, ...], list[LegalReviewEntry]] = {}
    for each in entries:
        by_agency.setdefault((each.agency_id, each.item, tuple(sorted(each.kinds or []))), []).append(each)
    for (_, item, _), those in by_agency.items():
        overlapping = [
            each for each in those if any(other is not each and _meet(each, other) for other in those)
        ]
        if overlapping:
            yield Conflict("overlap", item, names.get(item, "全部事项"), tuple(overlapping))


def _meet(one: LegalReviewEntry, other: LegalReviewEntry) -> bool:
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )


def _without_basis(entries: Sequence[LegalReviewEntry]) -> Iterable[Conflict]:
    by_agency: dict[str, list[LegalReviewEntry]] = {}
    for each in entries:
        if not each.basis:
            by_agency.setdefault(each.agency_id, []).append(each)
    for those in by_agency.values():
        yield Conflict("basis", "", those[0].agency.short_name, tuple(those))


@dataclass(frozen=True)
class Line:
    """One line of the district's catalogue: the same entry of one or several agencies."""

    title: str
    item: str
    entry: LegalReviewEntry
    agencies: tuple[str, ...]

    @property
    def fine(self) -> str:
        return f"{yuan_of(self.entry.fine_from)} 元以上" if self.entry.fine_from is not None else ""


def district_catalogue(on: date) -> list[Line]:
    """The union of the agencies' catalogues in force on a day; what several say alike is one line."""
    grouped: dict[tuple[Any, ...], list[LegalReviewEntry]] = {}
    for each in entries_from(on):
        if each.valid_from <= on:
            key = (each.item, entry_title(each), tuple(sorted(each.kinds or [])), each.fine_from)
            grouped.setdefault(key, []).append(each)
    return [
        Line(title, item, those[0], tuple(dict.fromkeys(each.agency.short_name for each in those)))
        for (item, title, _, _), those in sorted(grouped.items(), key=lambda each: each[0][:2])
    ]

"""What a case brings to the calculation: party, age, item, range, benchmark, lists, and what is already on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plumbline.apps.cases import contract as cases
from plumbline.apps.powers.contract import benchmark_steps
from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.rules.nodes.required_version import governing, range_for
from plumbline.vocabulary import in_force

from .models import LeniencyEntry, entries_in_force

ORGANIZATION, PERSON = "organization", "natural_person"


@dataclass(frozen=True)
class Ground:
    """What the case and the registers say today. ``power`` is the version that governs (行政处罚法第三十七条)."""

    case: Any
    item: str
    party_kind: str
    age: int | None
    power: Mapping[str, Any] | None
    allowed: Mapping[str, Any] | None
    benchmark: Mapping[str, Any] | None
    steps: Sequence[Mapping[str, Any]]
    entries: Sequence[LeniencyEntry]
    harm: str | None
    earlier: int
    decided: bool
    approved: bool
    day: date

    @property
    def by_rate(self) -> bool:
        return self.allowed is not None and "max" not in self.allowed and "max_rate" in self.allowed

    @property
    def natural_person(self) -> bool:
        return self.party_kind == PERSON

    @property
    def usable_steps(self) -> Sequence[Mapping[str, Any]]:
        """The steps that meet the range for this kind of party; a benchmark for organisations fits no person."""
        if self.allowed is None or "max" not in self.allowed:
            return self.steps
        low, high = self.allowed.get("min", 0), self.allowed["max"]
        return [step for step in self.steps if step["min"] <= high and step["max"] >= low]

    @property
    def approval(self) -> str:
        """Who approves a departure from the benchmark: its maker, or the head of the agency that made it."""
        if self.benchmark is None:
            return ""
        if self.benchmark["maker"] == self.case.agency_id:
            return "本机关主要负责人批准或者集体讨论通过"
        maker = Agency.objects.filter(pk=self.benchmark["maker"]).values_list("name", flat=True).first()
        return f"报制定机关{maker or self.benchmark['maker']}批准"

    def versions(self) -> dict[str, str]:
        """The register versions that a calculation rests on."""
        found = {"power_item": f"{self.item} 自 {self.power['valid_from']}"} if self.power else {}
        if self.benchmark is not None:
            found["benchmark"] = f"{self.benchmark['id']} 自 {self.benchmark['valid_from']}"
        for entry in self.entries:
            found[f"list:{entry.number}"] = f"{entry.number} 自 {entry.valid_from}"
        return found


def ground_of(case: Any) -> Ground:
    """Read the case once, and the registers as they stand today."""
    file, day = cases.file_of(case), clock.today()
    item = str(file.attribute("item") or case.item_code)
    party = file.attribute("party") or {}
    kind = str(party.get("kind") or (case.party.kind if case.party else ""))
    violation = file.attribute("violation") or {}
    power = _governing(file, item, kind, violation, day)
    rows = file.registers.where("benchmarks", "item", item)
    benchmark = next((row for row in rows if in_force(row, day)), None)
    age = party.get("age_at_act")
    if age is None:
        age = cases.age_at_act(case, violation.get("ended_on"))
    return Ground(
        case=case,
        item=item,
        party_kind=PERSON if kind == PERSON else ORGANIZATION,
        age=age,
        power=power,
        allowed=range_for(power, kind) if power else None,
        benchmark=benchmark,
        steps=benchmark_steps(benchmark) if benchmark else (),
        entries=list(entries_in_force(item, day)) if item else [],
        harm={True: "some", False: "none"}.get(violation.get("harm")),  # type: ignore[arg-type]
        earlier=cases.earlier_penalties(case, item),
        decided=file.happened("decision_made"),
        approved=any(e.data.get("filed") is not False for e in file.all("benchmark_deviation_approved")),
        day=day,
    )


def _governing(
    file: Any, item: str, kind: str, violation: Mapping[str, Any], day: date
) -> Mapping[str, Any] | None:
    new = file.power_item(day, item)
    ended = violation.get("ended_on")
    if new is None or not ended:
        return new
    old = file.power_item(date.fromisoformat(ended), item)
    return new if old is None or old is new else governing(old, new, kind)

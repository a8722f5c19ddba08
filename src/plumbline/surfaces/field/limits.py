"""What a phone is told of the limits of an on-the-spot penalty: asked of the rule itself, never written down again.

The rule says of any amount whether it is within the limit; the largest that is, is found by halving.
"""

from __future__ import annotations

from datetime import date

from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.registers import current_registers
from plumbline.rules import evaluate
from plumbline.vocabulary import Event, Matter

RULE = "APL-51-cap"
PARTIES = ("natural_person", "legal_person", "other_organization")
_BEYOND = 100_000_000_000  # fen; no summary penalty comes near

_kept: dict[tuple[str, str, date], int | None] = {}


def spot_limits(domain: str, on: date) -> dict[str, int | None]:
    """The largest fine in fen by kind of party; None where the rule gives no answer for any amount."""
    return {party: _largest(domain, party, on) for party in PARTIES}


def _largest(domain: str, party: str, on: date) -> int | None:
    key = (domain, party, on)
    if key not in _kept:
        if len(_kept) > 1000:
            _kept.clear()
        _kept[key] = _found(domain, party, on)
    return _kept[key]


def _found(domain: str, party: str, on: date) -> int | None:
    if not _within(0, domain, party, on):
        return None
    low, high = 0, _BEYOND
    if _within(high, domain, party, on):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _within(middle, domain, party, on):
            low = middle
        else:
            high = middle
    return low


def _within(fine: int, domain: str, party: str, on: date) -> bool:
    told = {"matter": "LIMIT", "kind": "penalty", "occurred_at": on.isoformat(), "agency": "LIMIT"}
    told["recorded_at"] = clock.as_instant(clock.now())
    clue = {
        **told,
        "id": "L-1",
        "activity": "clue_received",
        "data": {"domain": domain, "party": {"id": "P", "kind": party}},
    }
    decision = {
        **told, "id": "L-2", "activity": "decision_made",
        "data": {
            "outcome": "penalty", "procedure": "summary", "domain": domain, "party": {"id": "P", "kind": party},
            "penalty": {"kinds": ["fine"], "fine": fine},
        },
    }  # fmt: skip
    registers, calendar = current_registers()
    matter = Matter.of([Event.from_json(clue, 1), Event.from_json(decision, 2)], clock.now())
    rules = [rule for rule in rule_book().rules if rule.id == RULE]
    found = evaluate(rules, matter, registers=registers, calendar=calendar, as_of=clock.now())
    return bool(found) and all(verdict.verdict == "met" for verdict in found)

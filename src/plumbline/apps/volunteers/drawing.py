"""Drawing volunteers so that anybody can draw again: who was considered, why not, the seed, the method.

The seed is made by the machine in the moment of the draw and kept with everything it was applied to. An activity is drawn
once: who dissatisfied draws again finds no way to. Fewer invitations go first, so that the load stays even; the draw
decides among equals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

METHOD = "邀请次数少的在前；次数相同的，按 SHA-256(种子|编号) 的十六进制从小到大"


@dataclass(frozen=True)
class Considered:
    """A volunteer as the draw sees one: the number, invitations so far, why not (empty if eligible)."""

    number: str
    load: int
    excluded: str = ""


def order_of(considered: Iterable[Considered], *, seed: str) -> list[str]:
    """The numbers of those who may go, first drawn first."""
    eligible = [each for each in considered if not each.excluded]
    return [each.number for each in sorted(eligible, key=lambda each: (each.load, lot(each.number, seed)))]


def lot(number: str, seed: str) -> str:
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()


def drawn(considered: Sequence[Considered], *, seed: str) -> dict[str, Any]:
    """The draw as it is kept. The list is hashed, so that a copy on paper proves what it was."""
    listed = sorted(considered, key=lambda each: each.number)
    lines = "\n".join(f"{each.number}|{each.load}|{each.excluded}" for each in listed)
    return {
        "method": METHOD,
        "seed": seed,
        "considered": [[each.number, each.load, each.excluded] for each in listed],
        "list_sha256": hashlib.sha256(lines.encode()).hexdigest(),
        "order": order_of(listed, seed=seed),
    }


def replayed(draw: Mapping[str, Any]) -> bool:
    """Whether the kept draw gives, drawn again, what was kept."""
    considered = [Considered(number, load, excluded) for number, load, excluded in draw["considered"]]
    return drawn(considered, seed=draw["seed"]) == dict(draw)

"""Reconsideration or litigation has ended."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "challenge_ended",
    "复议或诉讼终结",
    "challenge_ended",
    phase="challenge",
    basis="行政处罚法第七十三条",
    asks=(
        Ask("route", required=True),
        Ask("outcome", required=True),
        Ask("@number", "复议决定或裁判文书号", kind="text"),
    ),
    after=(("challenge_started",),),
    of=Pair(("challenge_started",), ("challenge_ended",), "route", "未终结的复议或诉讼"),
    repeat=True,
    optional=True,
    outside=True,
    order=82,
    until=(),
    outlives=True,
    procedures=("ordinary", "summary"),
    kept_by="challenges",
    action="登记复议或诉讼终结",
)

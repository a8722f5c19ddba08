"""Reconsideration or litigation has begun."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "challenge_started",
    "复议或诉讼受理",
    "challenge_started",
    phase="challenge",
    basis="行政处罚法第七十三条",
    asks=(
        Ask("route", required=True),
        Ask("@organ", "复议机关或法院", kind="text", required=True),
    ),
    after=(("decision_made",),),
    repeat=True,
    optional=True,
    outside=True,
    order=80,
    until=(),
    outlives=True,
    procedures=("ordinary", "summary"),
    kept_by="challenges",
    action="登记复议或诉讼受理",
)

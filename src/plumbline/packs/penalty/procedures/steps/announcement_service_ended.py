"""Deemed served after thirty days of announcement."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "announcement_service_ended",
    "公告期满",
    "announcement_service_ended",
    phase="service",
    basis="民事诉讼法第九十五条",
    asks=(Ask("document", required=True), Ask("served_on", required=True)),
    after=(("announcement_service_started",),),
    of=Pair(
        ("announcement_service_started",),
        ("announcement_service_ended",),
        "document",
        "公告",
    ),
    repeat=True,
    optional=True,
    order=40,
    until=("case_closed",),
    action="登记公告期满",
)

"""Service by announcement, only where nothing else works, with the reasons on file."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "announcement_service_started",
    "公告送达",
    "announcement_service_started",
    phase="service",
    basis="行政处罚法第六十一条、民事诉讼法第九十五条",
    asks=(
        Ask("document", required=True),
        Ask("ground", required=True),
        Ask("ground_recorded", required=True),
        Ask("@where", "公告载体", kind="text", required=True),
    ),
    after=(("investigation_ended",),),
    repeat=True,
    optional=True,
    order=30,
    until=("case_closed",),
    settles=("APL-61-serve-7wd",),
    documents=("D37",),
    action="发出送达公告",
)

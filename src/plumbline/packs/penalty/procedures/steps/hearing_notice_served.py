"""Serving the notice of the hearing (art. 64)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "hearing_notice_served",
    "送达听证通知书",
    "hearing_notice_served",
    phase="hearing",
    basis="行政处罚法第六十四条",
    asks=(
        Ask("hearing", "听证", kind="open", required=True),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
    ),
    after=(("hearing_scheduled",),),
    of=Pair(
        ("hearing_scheduled",),
        ("hearing_notice_served",),
        "hearing",
        "未送达通知的听证",
    ),
    until=("decision_made", "case_closed"),
    repeat=True,
    optional=True,
    order=40,
    settles=("APL-64-hearing-notice-7wd",),
    documents=("D27",),
)

"""Handing the freezing decision to the party within three working days (行政强制法 art. 31)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "freeze_decision_served",
    "交付冻结决定书",
    "freeze_decision_served",
    phase="measures",
    basis="行政强制法第三十一条",
    asks=(
        Ask("measure", "冻结", kind="open", required=True),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
        Ask("consent_signed_on", when="method=electronic", required=True),
        Ask("@account", "账号和数额", kind="text", required=True),
    ),
    after=(("deposits_frozen",),),
    of=Pair(("deposits_frozen",), ("freeze_decision_served",), "measure", "未交付决定书的冻结"),
    repeat=True,
    optional=True,
    order=31,
    until=("case_closed",),
    group="冻结",
    settles=("ACL-31-freeze-3wd",),
    documents=("D15",),
    action="登记交付冻结决定书",
)

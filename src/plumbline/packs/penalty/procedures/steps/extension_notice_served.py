"""Telling the party of the extension in writing, with reasons (行政强制法 art. 25)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "extension_notice_served",
    "书面告知延长",
    "extension_notice_served",
    phase="measures",
    basis="行政强制法第二十五条",
    asks=(
        Ask("measure", "已延长的强制措施", kind="open", required=True),
        Ask("states_reasons", required=True),
        Ask("method", required=True),
        Ask("receipt", required=True),
        Ask("posted_on", when="method=postal", required=True),
    ),
    after=(("seizure_extended",),),
    of=Pair(("seizure_extended",), ("extension_notice_served",), "measure", "未告知的延长"),
    group="延长",
    repeat=True,
    optional=True,
    order=52,
    until=("case_closed",),
    settles=("ACL-25-extension-notice",),
    action="登记书面告知延长",
)

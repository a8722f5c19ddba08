"""Closing the case with approval."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "case_closed",
    "结案",
    "case_closed",
    phase="closing",
    basis="行政处罚法第四十七条",
    asks=(
        Ask(
            "@manner",
            "结案方式",
            kind="choice",
            required=True,
            choices=(
                ("performed", "处罚决定履行完毕"),
                ("no_penalty", "不予处罚或者违法事实不成立"),
                ("court", "法院受理强制执行申请"),
                ("transferred", "已移送"),
                ("terminated", "终止调查"),
                ("merged", "已在主案中一并处理"),
                ("revoked", "决定被撤销，不再处理"),
            ),
        ),
        Ask("@summary", "执行情况", kind="long", required=True),
    ),
    after=(
        (
            "decision_served",
            "announcement_service_ended",
            "investigation_terminated",
            "case_transferred",
            "decision_revoked",
            "challenge_ended",
        ),
    ),
    until=("case_closed",),
    approval="cases.approve",
    actors="approver",
    order=10,
    settles=(
        "SAMR-77-close-15wd",
        "MOHURD-31-close-15wd",
        "MEM-54-close-10wd",
    ),
    documents=("D43",),
    procedures=("ordinary", "summary"),
)

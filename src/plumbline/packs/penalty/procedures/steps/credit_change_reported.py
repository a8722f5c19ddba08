"""Telling the credit platform that the penalty was revoked or changed (信用修复管理办法 art. 19)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "credit_change_reported",
    "向信用平台报送撤销变更",
    "credit_change_reported",
    phase="challenge",
    basis="信用修复管理办法第十九条",
    asks=(Ask("@how", "报送方式和平台处理结果", kind="text", required=True),),
    after=(("decision_revoked", "challenge_ended"),),
    repeat=True,
    optional=True,
    order=40,
    until=(),
    outlives=True,
    settles=("NDRC-19-report-change",),
    procedures=("ordinary", "summary"),
    action="登记报送信用平台",
)

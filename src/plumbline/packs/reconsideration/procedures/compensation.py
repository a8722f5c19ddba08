"""A claim for state compensation against an agency (国家赔偿法第十三条)."""

from __future__ import annotations

from datetime import date

from plumbline.packs.procedures import Ask, Phase, Procedure, Step

from . import any_route

STEPS = (
    Step(
        "claim_received",
        "收到赔偿申请",
        "compensation_claim_received",
        phase="claim",
        basis="国家赔偿法第十二条、第十三条",
        asks=(
            Ask("@claims", "请求事项和理由", kind="long", required=True),
            Ask("@amount", "请求金额（元）", kind="text"),
        ),
        after=(),
        until=("compensation_claim_received",),
        actors="self",
        order=10,
        procedures=("compensation",),
    ),
    Step(
        "compensation_decided",
        "作出是否赔偿的决定",
        "compensation_decided",
        phase="claim",
        basis="国家赔偿法第十三条",
        asks=(
            Ask(
                "@result",
                "决定",
                kind="choice",
                required=True,
                choices=(("granted", "予以赔偿"), ("refused", "不予赔偿")),
            ),
            Ask("@amount", "赔偿金额（元）", kind="text"),
            Ask("@reasons", "理由", kind="long", required=True),
        ),
        after=(("compensation_claim_received",),),
        until=("compensation_decided", "matter_closed"),
        settles=("SCL-13-compensation-2m",),
        approval="cases.approve",
        house=True,
        action="提交赔偿决定报批",
        actors="self",
        order=20,
        procedures=("compensation",),
    ),
    Step(
        "compensation_served",
        "送达赔偿决定",
        "compensation_decision_served",
        phase="claim",
        basis="国家赔偿法第十三条",
        asks=(Ask("method", required=True), Ask("receipt")),
        after=(("compensation_decided",),),
        until=("compensation_decision_served", "matter_closed"),
        settles=("SCL-13-compensation-2m",),
        actors="self",
        order=30,
        procedures=("compensation",),
    ),
    *any_route.STEPS,
)

COMPENSATION = Procedure.declare(
    "compensation",
    label="行政赔偿",
    version="2013-01-01",
    in_force_from=date(2013, 1, 1),
    basis="国家赔偿法",
    steps=STEPS,
    phases=(
        Phase(
            "claim",
            "赔偿决定",
            "国家赔偿法第十三条",
            done_by=("compensation_decision_served",),
            responsible="cases.handle",
            main=("claim_received", "compensation_decided", "compensation_served"),
        ),
        Phase(
            "closing",
            "办结",
            "行政处罚法第四十七条",
            done_by=("matter_closed",),
            responsible="cases.handle",
            main=("closed",),
        ),
    ),
)

"""The head decides on a recusal request (art. 43); the investigation goes on until then."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Pair, Step

STEP = Step(
    "recusal_decided",
    "回避决定",
    "recusal_decided",
    phase="investigation",
    basis="行政处罚法第四十三条",
    asks=(
        Ask("result", required=True),
        Ask("@reason", "理由", kind="long", required=True),
        Ask(
            "@told",
            "告知申请人的情况",
            kind="text",
            required=True,
            help="决定之前不停止调查。准予回避的，随后变更承办人员。",
        ),
    ),
    after=(("recusal_requested",),),
    of=Pair(("recusal_requested",), ("recusal_decided",), "", "未决定的回避申请"),
    capability="cases.approve",
    actors="approver",
    group="人员和回避",
    repeat=True,
    optional=True,
    order=72,
    until=("decision_made", "case_closed"),
    action="作出回避决定",
)

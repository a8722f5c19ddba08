"""Where and how the party wants documents served, electronic service included (art. 61)."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "service_address_confirmed",
    "送达地址及方式确认书",
    "service_address_confirmed",
    phase="investigation",
    basis="行政处罚法第六十一条",
    asks=(
        Ask("@address", "送达地址", kind="text", required=True),
        Ask("@receiver", "代收人", kind="text"),
        Ask(
            "@electronic",
            "同意以电子方式送达",
            kind="bool",
            required=True,
            help="同意的须由当事人签名确认，签名日在送达时填写。",
        ),
        Ask("@number", "电子送达的号码或地址", kind="text", when="@electronic=true"),
        Ask("@signed_on", "当事人签名日期", kind="date", required=True),
    ),
    after=(("clue_received",),),
    repeat=True,
    optional=True,
    order=19,
    until=("case_closed",),
    group="取证",
    declared=True,
    states=("electronic", "signed_on"),
    action="登记送达地址确认",
)

"""How much surcharge is claimed through a day: three per cent a day, capped, without the days of a challenge."""

from __future__ import annotations

from plumbline.packs.procedures import Ask, Step

STEP = Step(
    "surcharge_claimed",
    "主张加处罚款数额",
    "surcharge_claimed",
    phase="execution",
    basis="行政处罚法第七十二条、第七十三条",
    asks=(
        Ask("through", required=True, fill="surcharge_through"),
        Ask(
            "amount",
            required=True,
            fill="surcharge_amount",
            help="按未缴部分、逾期天数预先算出；复议诉讼期间已经扣除，总额不超过罚款本身。",
        ),
    ),
    after=(("surcharge_started",),),
    repeat=True,
    optional=True,
    order=57,
    until=("case_closed",),
    group="逾期不缴",
    procedures=("ordinary", "summary"),
    action="登记加处罚款数额",
)

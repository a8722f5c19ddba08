"""Cash is taken on the spot only in three situations (行政处罚法第六十八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.language import Check

from ..conditions import SPOT_COLLECTION


def _collected(ground: str, fen: int = 10_000, **data: Any) -> dict[str, object]:
    return step("fine_collected_on_spot", "2026-03-20", amount=fen, ground=ground, **data)


def _spot(fen: int = 10_000) -> dict[str, object]:
    return fined("2026-03-20", fen, procedure="summary")


RULE = Rule(
    id="APL-68-spot-collect",
    subject=("fine_collected_on_spot",),
    require=Check(SPOT_COLLECTION),
    breach_zh="当场收缴不合情形",
    duty_zh="当场收缴限于一百元以下、不当场收缴事后难以执行，或者边远地区当事人提出的情形",
    remedy_zh="不属于这些情形的，由当事人到指定银行缴款。",
    examples=(
        Example("一百元", "met", (filed(), _spot(), _collected("small_fine")), "2026-04-01"),
        Example(
            "一百元零一分",
            "breached",
            (filed(), _spot(10_001), _collected("small_fine", 10_001)),
            "2026-04-01",
        ),
        Example(
            "边远地区当事人没有提出",
            "breached",
            (
                filed(),
                _spot(20_000),
                _collected("remote_area", 20_000, party_requested=False),
            ),
            "2026-04-01",
        ),
        Example(
            "没有填报理由",
            "unknown",
            (
                filed(),
                _spot(),
                step("fine_collected_on_spot", "2026-03-20", amount=10_000),
            ),
            "2026-04-01",
        ),
        Example(
            "处罚法修订施行前一日当场收缴",
            "not_applicable",
            (filed("2021-07-14"), step("fine_collected_on_spot", "2021-07-14", amount=10_001)),
            "2021-09-01",
        ),
    ),
)

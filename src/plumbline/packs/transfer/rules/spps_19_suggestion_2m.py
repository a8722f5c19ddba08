"""A procuratorial suggestion is acted on and answered in two months, or as it says (人民检察院检察建议工作规定第十九条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR
from plumbline.rules.language import ByCase, Clock, Fixed, Stop, Within, field

from ..suggestions import REPLIED, received, replied


def _received(on: str = "2026-04-10", **data: Any) -> dict[str, object]:
    return received(on, "correction", **data)


_REPLIED = (Stop(REPLIED),)

RULE = Rule(
    id="SPPS-19-suggestion-2m",
    subject=("procuratorial_suggestion_received",),
    when=field("suggestion_kind").ne("public_interest"),
    require=ByCase(
        field("reply_by").ne(None),
        Fixed(field("reply_by"), _REPLIED),
        Within(Clock(2, "m"), _REPLIED),
    ),
    breach_zh="检察建议逾期未回复",
    duty_zh="收到检察建议书后应在两个月内处理并书面回复，建议书另定期限的按其期限",
    remedy_zh="请立即书面回复检察院，说明处理情况。",
    examples=(
        Example(
            "两个月届满日回复",
            "met",
            (_received(reply_by=None), replied("2026-06-10")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "两个月届满次日回复",
            "breached",
            (_received(reply_by=None), replied("2026-06-11")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "末日是星期日，顺延到星期一",
            "met",
            (_received("2026-03-31", reply_by=None), replied("2026-06-01")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "顺延后的次日回复",
            "breached",
            (_received("2026-03-31", reply_by=None), replied("2026-06-02")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "另定期限，当日回复",
            "met",
            (_received(reply_by="2026-04-25"), replied("2026-04-25")),
            "2026-07-01",
            CALENDAR,
            due="2026-04-25",
        ),
        Example(
            "另定的期限是星期六，不顺延",
            "breached",
            (_received(reply_by="2026-04-25"), replied("2026-04-27")),
            "2026-07-01",
            CALENDAR,
            due="2026-04-25",
        ),
        Example(
            "届满日尚未回复",
            "pending",
            (_received(reply_by=None),),
            "2026-06-10",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "届满后仍未回复",
            "breached",
            (_received(reply_by=None),),
            "2026-06-11",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "没有填报是否另定期限",
            "unknown",
            (_received(), replied("2026-06-10")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "公益诉讼检察建议由另一条管",
            "not_applicable",
            (received("2026-04-10", "public_interest", reply_by=None),),
            "2026-07-01",
            CALENDAR,
        ),
    ),
)

"""The police file or refuse in three days, and say why they refuse (行政执法机关移送涉嫌犯罪案件的规定第八条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, any_of, event, exists, field, it, not_

_INCOMPLETE = event(
    "police_refused",
    place="after",
    where=any_of(it("reasons_given").is_false(), it("file_returned").is_false()),
)


def _signed(own: bool | None = True, on: str = "2026-06-01") -> dict[str, object]:
    data: dict[str, Any] = {} if own is None else {"own_jurisdiction": own}
    return step("transfer_receipt_signed", on, **data)


def _refused(on: str, **data: Any) -> dict[str, object]:
    complete: dict[str, Any] = {"reasons_given": True, "file_returned": True}
    return step("police_refused", on, **{**complete, **data})


RULE = Rule(
    id="TSC-8-decide-3d",
    subject=("transfer_receipt_signed",),
    when=field("own_jurisdiction").is_true(),
    require=Within(
        Clock(3, "cd"),
        (Stop(event("police_filed", "police_refused", place="after")),),
        also=not_(exists(_INCOMPLETE)),
    ),
    breach_zh="公安机关逾期未决定是否立案",
    duty_zh="公安机关接受移送后应在三日内决定是否立案；不立案的，书面说明理由并退回案卷",
    remedy_zh="请向公安机关催办；逾期不决定的，可以建议检察机关进行立案监督。",
    examples=(
        Example(
            "第三日立案",
            "met",
            (filed(), _signed(), step("police_filed", "2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "第四日立案",
            "breached",
            (filed(), _signed(), step("police_filed", "2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "末日是星期日，顺延后不予立案",
            "met",
            (filed(), _signed(on="2026-06-04"), _refused("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "顺延后的次日不予立案",
            "breached",
            (filed(), _signed(on="2026-06-04"), _refused("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "不予立案而不说明理由",
            "breached",
            (filed(), _signed(), _refused("2026-06-03", reasons_given=False)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "不予立案而不退回案卷",
            "breached",
            (filed(), _signed(), _refused("2026-06-03", file_returned=False)),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "没有填报是否说明理由、退回案卷",
            "unknown",
            (filed(), _signed(), step("police_refused", "2026-06-03")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "届满日尚未决定",
            "pending",
            (filed(), _signed()),
            "2026-06-04",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "届满后仍未决定",
            "breached",
            (filed(), _signed()),
            "2026-06-05",
            CALENDAR,
            due="2026-06-04",
        ),
        Example("不归本机关管辖", "not_applicable", (filed(), _signed(False)), "2026-06-20", CALENDAR),
        Example("没有填报管辖", "unknown", (filed(), _signed(None)), "2026-06-20", CALENDAR),
    ),
)

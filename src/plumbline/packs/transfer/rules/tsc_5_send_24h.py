"""What is approved is sent to the police within 24 hours (行政执法机关移送涉嫌犯罪案件的规定第五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Clock, Stop, Within, event, field


def _approved(at: str = "2026-06-05T16:00:00+08:00", result: str = "approved") -> dict[str, object]:
    return step("transfer_approved", at, result=result)


def _sent(at: str) -> dict[str, object]:
    return step("transfer_sent", at)


RULE = Rule(
    id="TSC-5-send-24h",
    subject=("transfer_approved",),
    when=field("result").eq("approved"),
    require=Within(Clock(24, "h"), (Stop(event("transfer_sent", place="after")),)),
    breach_zh="批准后24小时内未移送",
    duty_zh="批准移送的，二十四小时之内把案件移送同级公安机关",
    remedy_zh="请立即移送，并取得公安机关签收的回执。",
    examples=(
        Example(
            "满24小时时送达，休息日照算",
            "met",
            (filed(), _approved(), _sent("2026-06-06T16:00:00+08:00")),
            "2026-06-20",
            due="2026-06-06T16:00:00+08:00",
        ),
        Example(
            "超过24小时一秒",
            "breached",
            (filed(), _approved(), _sent("2026-06-06T16:00:01+08:00")),
            "2026-06-20",
            due="2026-06-06T16:00:00+08:00",
        ),
        Example(
            "24小时之内尚未移送",
            "pending",
            (filed(), _approved()),
            "2026-06-06T10:00:00+08:00",
            due="2026-06-06T16:00:00+08:00",
        ),
        Example("24小时之后仍未移送", "breached", (filed(), _approved()), "2026-06-07"),
        Example("不批准", "not_applicable", (filed(), _approved(result="refused")), "2026-06-20"),
        Example(
            "只有日期，次日移送",
            "unknown",
            (filed(), _approved("2026-06-05"), _sent("2026-06-06")),
            "2026-06-20",
        ),
        Example(
            "只有日期，第三日移送",
            "breached",
            (filed(), _approved("2026-06-05"), _sent("2026-06-07")),
            "2026-06-20",
        ),
        Example(
            "只有日期，当日移送",
            "met",
            (filed(), _approved("2026-06-05"), _sent("2026-06-05")),
            "2026-06-20",
        ),
    ),
)

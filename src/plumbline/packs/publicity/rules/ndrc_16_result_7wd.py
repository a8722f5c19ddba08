"""The result of a credit repair in seven working days, ten more if need be (信用修复管理办法第十六条第三款)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, ExtensionStep, Stop, Within, event, field

from ..more_time import extended


def _accepted(accepted: bool = True, on: str = "2026-06-01") -> dict[str, object]:
    return step("credit_repair_acceptance_decided", on, kind="credit_repair", accepted=accepted)


def _result(on: str) -> dict[str, object]:
    return step("credit_repair_decided", on, kind="credit_repair")


def _more(on: str, days: int = 10) -> dict[str, object]:
    return extended(on, days, kind="credit_repair", clock="credit_repair")


RULE = Rule(
    id="NDRC-16-result-7wd",
    subject=("credit_repair_acceptance_decided",),
    when=field("accepted").is_true(),
    require=Within(
        Clock(7, "wd"),
        (Stop(event("credit_repair_decided", place="after")),),
        extensions=(ExtensionStep("", 10),),
        extension_clock="credit_repair",
    ),
    breach_zh="信用修复结果逾期未反馈",
    duty_zh="受理信用修复申请后，七个工作日内把结果提供给信用中国网站，确需核查的可延长十个工作日",
    remedy_zh="请立即反馈结果；不予修复的，说明理由。",
    examples=(
        Example(
            "第七个工作日反馈",
            "met",
            (_accepted(), _result("2026-06-10")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "第八个工作日反馈",
            "breached",
            (_accepted(), _result("2026-06-11")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "延长后第十七个工作日反馈",
            "met",
            (_accepted(), _more("2026-06-10"), _result("2026-06-25")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-25",
        ),
        Example(
            "延长后第十八个工作日反馈",
            "breached",
            (_accepted(), _more("2026-06-10"), _result("2026-06-26")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-25",
        ),
        Example(
            "延长超过十日的部分不算",
            "breached",
            (_accepted(), _more("2026-06-10", 20), _result("2026-06-26")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-25",
        ),
        Example(
            "届满后才延长的不算",
            "breached",
            (_accepted(), _more("2026-06-11"), _result("2026-06-12")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "只能延长一次",
            "breached",
            (_accepted(), _more("2026-06-10", 5), _more("2026-06-17", 5), _result("2026-06-25")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-17",
        ),
        Example("届满日尚未反馈", "pending", (_accepted(),), "2026-06-10", CALENDAR, due="2026-06-10"),
        Example("届满后仍未反馈", "breached", (_accepted(),), "2026-06-11", CALENDAR, due="2026-06-10"),
        Example("没有日历，第七个工作日反馈", "unknown", (_accepted(), _result("2026-06-10")), "2026-07-01"),
        Example("不受理", "not_applicable", (_accepted(False),), "2026-07-01", CALENDAR),
    ),
)

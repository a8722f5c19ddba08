"""市场监督管理行政处罚听证办法第二十九条: the presider writes the report within five working days of the hearing's end."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event

from ..families import in_domain, other_domain


def _case(*after: dict[str, object], domain: str = "market") -> tuple[dict[str, object], ...]:
    return (filed(domain=domain), step("hearing_ended", "2026-06-01", hearing="H1"), *after)


def _report(on: str) -> dict[str, object]:
    return step("hearing_report_made", on)


RULE = Rule(
    id="SAMH-29-report-5wd",
    subject=("hearing_ended",),
    when=in_domain("market"),
    require=Within(Clock(5, "wd"), (Stop(event("hearing_report_made", place="after")),)),
    breach_zh="听证报告超期",
    duty_zh="听证主持人应在听证结束后五个工作日内写出听证报告并签名",
    remedy_zh="请听证主持人立即提交听证报告。",
    examples=(
        Example(
            "第五个工作日", "met", _case(_report("2026-06-08")), "2026-07-01", CALENDAR, due="2026-06-08"
        ),
        Example(
            "第六个工作日", "breached", _case(_report("2026-06-09")), "2026-07-01", CALENDAR, due="2026-06-08"
        ),
        Example("最后一日尚无报告", "pending", _case(), "2026-06-08", CALENDAR, due="2026-06-08"),
        Example("届满仍无报告", "breached", _case(), "2026-06-09", CALENDAR, due="2026-06-08"),
        Example("其他领域", "not_applicable", _case(domain=other_domain("market")), "2026-07-01", CALENDAR),
        Example("没有填报领域", "unknown", _case()[1:], "2026-07-01", CALENDAR),
        Example("没有日历且过了这些天", "unknown", _case(), "2026-07-01"),
    ),
)

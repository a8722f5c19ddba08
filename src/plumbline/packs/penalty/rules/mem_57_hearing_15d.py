"""安全生产违法行为行政处罚办法第五十七条: the hearing is held within fifteen natural days of the request.

A party that withdraws its request ends the duty (行政处罚法第六十四条第六项).
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event, it

from ..families import in_domain


def _case(
    *after: dict[str, object], domain: str = "work_safety", on: str = "2026-06-01"
) -> tuple[dict[str, object], ...]:
    return (filed(domain=domain), step("hearing_requested", on), *after)


def _held(on: str) -> dict[str, object]:
    return step("hearing_held", on, hearing="H1")


RULE = Rule(
    id="MEM-57-hearing-15d",
    subject=("hearing_requested",),
    when=in_domain("work_safety"),
    require=Within(
        Clock(15, "cd"),
        (Stop(event("hearing_held", place="after")),),
        ended_by=event("statement_waived", place="after", where=it("waives").holds("hearing")),
    ),
    breach_zh="超期未举行听证",
    duty_zh="当事人要求听证的，应在收到申请后十五日内举行",
    remedy_zh="请立即确定时间、通知当事人并举行听证。",
    examples=(
        Example("第十五日举行", "met", _case(_held("2026-06-16")), "2026-07-01", CALENDAR, due="2026-06-16"),
        Example(
            "第十六日举行", "breached", _case(_held("2026-06-17")), "2026-07-01", CALENDAR, due="2026-06-16"
        ),
        Example(
            "第十五日是星期六，顺延至星期一",
            "met",
            _case(_held("2026-06-22"), on="2026-06-05"),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example("最后一日尚未举行", "pending", _case(), "2026-06-16", CALENDAR, due="2026-06-16"),
        Example("届满仍未举行", "breached", _case(), "2026-06-17", CALENDAR, due="2026-06-16"),
        Example(
            "当事人撤回要求",
            "not_applicable",
            _case(step("statement_waived", "2026-06-10", waives=["hearing"])),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "届满之后才撤回",
            "breached",
            _case(step("statement_waived", "2026-06-17", waives=["hearing"])),
            "2026-07-01",
            CALENDAR,
        ),
        Example("其他领域", "not_applicable", _case(domain="health"), "2026-07-01", CALENDAR),
        Example("没有填报领域", "unknown", _case()[1:], "2026-07-01", CALENDAR),
        Example("没有日历且过了十五日", "unknown", _case(), "2026-07-01"),
    ),
)

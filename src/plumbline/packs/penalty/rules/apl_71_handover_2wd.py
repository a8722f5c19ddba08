"""Money taken on the spot reaches the agency in two working days (行政处罚法第七十一条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, TwoStage, event, field, on

_TAKEN = step("fine_collected_on_spot", "2026-06-04", amount=10_000)

RULE = Rule(
    id="APL-71-handover-2wd",
    subject=("fine_collected_on_spot",),
    require=TwoStage(
        Clock(2, "wd"),
        start=field("landed_on").or_if_missing(on()),
        first=event("fine_handed_in", place="after"),
        second=event("fine_banked", place="after"),
    ),
    breach_zh="当场收缴罚款未按期缴付",
    duty_zh="当场收缴的罚款，执法人员应在两个工作日内交至机关，机关应在两个工作日内缴付银行",
    remedy_zh="请立即上交并缴付银行。",
    examples=(
        Example(
            "两段都在期内",
            "met",
            (
                filed(),
                _TAKEN,
                step("fine_handed_in", "2026-06-08"),
                step("fine_banked", "2026-06-10"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "上交晚一日",
            "breached",
            (
                filed(),
                _TAKEN,
                step("fine_handed_in", "2026-06-09"),
                step("fine_banked", "2026-06-10"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "缴付银行晚一日",
            "breached",
            (
                filed(),
                _TAKEN,
                step("fine_handed_in", "2026-06-08"),
                step("fine_banked", "2026-06-11"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "等待缴付银行",
            "pending",
            (filed(), _TAKEN, step("fine_handed_in", "2026-06-08")),
            "2026-06-10",
            CALENDAR,
            due="2026-06-10",
        ),
        Example(
            "水上收缴，自抵岸之日起算",
            "met",
            (
                filed(),
                step("fine_collected_on_spot", "2026-06-04", amount=10_000, landed_on="2026-06-08"),
                step("fine_handed_in", "2026-06-10"),
                step("fine_banked", "2026-06-12"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-12",
        ),
        Example(
            "没有日历且过了二日",
            "unknown",
            (filed(), _TAKEN, step("fine_handed_in", "2026-06-09")),
            "2026-06-20",
        ),
        Example(
            "处罚法修订施行前一日当场收缴",
            "not_applicable",
            (filed("2021-07-14"), step("fine_collected_on_spot", "2021-07-14", amount=10_000)),
            "2021-09-01",
        ),
    ),
)

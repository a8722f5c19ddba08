"""What belongs to a filed case is handed to the police in three days (行政执法机关移送涉嫌犯罪案件的规定第十二条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event, field


def _police_filed(**data: Any) -> dict[str, object]:
    return step("police_filed", "2026-05-29", **data)


def _handed_over(on: str) -> dict[str, object]:
    return step("items_handed_over", on)


RULE = Rule(
    id="TSC-12-handover-3d",
    subject=("police_filed",),
    require=Within(
        Clock(3, "cd"),
        (Stop(event("items_handed_over", place="after")),),
        start=field("notice_received_on"),
    ),
    breach_zh="立案后逾期未移交涉案物品",
    duty_zh="收到公安机关立案通知后，应在三日内移交涉案物品和材料并办结交接手续",
    remedy_zh="请立即与公安机关办理移交，双方在清单上签字。",
    examples=(
        Example(
            "第三日移交",
            "met",
            (filed(), _police_filed(notice_received_on="2026-06-01"), _handed_over("2026-06-04")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "第四日移交",
            "breached",
            (filed(), _police_filed(notice_received_on="2026-06-01"), _handed_over("2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "末日是星期日，顺延到星期一",
            "met",
            (filed(), _police_filed(notice_received_on="2026-06-04"), _handed_over("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "顺延后的次日移交",
            "breached",
            (filed(), _police_filed(notice_received_on="2026-06-04"), _handed_over("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "届满日尚未移交",
            "pending",
            (filed(), _police_filed(notice_received_on="2026-06-01")),
            "2026-06-04",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "届满后仍未移交",
            "breached",
            (filed(), _police_filed(notice_received_on="2026-06-01")),
            "2026-06-05",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "立案通知书尚未收到",
            "not_applicable",
            (filed(), _police_filed(notice_received_on=None)),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "没有填报收到日",
            "unknown",
            (filed(), _police_filed(), _handed_over("2026-06-02")),
            "2026-06-20",
            CALENDAR,
        ),
    ),
)

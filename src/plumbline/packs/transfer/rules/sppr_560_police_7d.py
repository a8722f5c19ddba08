"""The police tell the procuratorate in seven days why they do not file (人民检察院刑事诉讼规则第五百六十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event


def _asked(on: str = "2026-06-01") -> dict[str, object]:
    return step("procuratorate_inquiry_received", on)


def _explained(on: str) -> dict[str, object]:
    return step("police_explained", on)


RULE = Rule(
    id="SPPR-560-police-7d",
    subject=("procuratorate_inquiry_received",),
    require=Within(Clock(7, "cd"), (Stop(event("police_explained", place="after")),)),
    breach_zh="公安机关逾期未说明不立案理由",
    duty_zh="检察机关要求说明不立案理由的，公安机关应在七日内书面说明并附证据材料",
    remedy_zh="请公安机关立即书面说明；检察机关可以依法通知立案。",
    examples=(
        Example(
            "第七日说明",
            "met",
            (filed(), _asked(), _explained("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "第八日说明",
            "breached",
            (filed(), _asked(), _explained("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "末日是端午节，顺延到星期一",
            "met",
            (filed(), _asked("2026-06-12"), _explained("2026-06-22")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延后的次日说明",
            "breached",
            (filed(), _asked("2026-06-12"), _explained("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "届满日尚未说明",
            "pending",
            (filed(), _asked()),
            "2026-06-08",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "届满后仍未说明",
            "breached",
            (filed(), _asked()),
            "2026-06-09",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "没有日历，第八日说明",
            "unknown",
            (filed(), _asked(), _explained("2026-06-09")),
            "2026-06-20",
        ),
        Example("规则施行之前", "not_applicable", (_asked("2019-12-29"),), "2020-02-01", CALENDAR),
    ),
)

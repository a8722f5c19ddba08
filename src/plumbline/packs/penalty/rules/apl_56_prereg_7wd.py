"""What was preregistered has to be disposed of within seven working days (行政处罚法第五十六条)."""

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import CALENDAR, filed, step
from plumbline.rules.language import Clock, Stop, Within, event

_REQUIRE = Within(Clock(7, "wd"), (Stop(event("prereg_disposed", place="after", same=("measure",))),))


def _kept(on: str = "2026-06-04") -> dict[str, object]:
    return step("evidence_preregistered", on, measure="C1")


def _disposed(on: str, measure: str = "C1") -> dict[str, object]:
    return step("prereg_disposed", on, measure=measure, disposition="returned")


RULE = Rule(
    id="APL-56-prereg-7wd",
    subject=("evidence_preregistered",),
    require=_REQUIRE,
    overlays=(Overlay("SAMR-35-prereg-lapse", _REQUIRE, domain="market"),),
    breach_zh="登记保存超期未处理",
    duty_zh="对先行登记保存的证据，应当在七个工作日内作出处理决定",
    remedy_zh="请立即作出处理决定并送达当事人。",
    examples=(
        Example(
            "第七个工作日处理",
            "met",
            (filed(), _kept(), _disposed("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "第八个工作日处理",
            "breached",
            (filed(), _kept(), _disposed("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "只处理了另一项",
            "breached",
            (filed(), _kept(), _disposed("2026-06-10", "C2")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "尚未到期",
            "pending",
            (filed(), _kept()),
            "2026-06-15",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "没有日历且在七日内处理",
            "met",
            (filed(), _kept(), _disposed("2026-06-11")),
            "2026-06-20",
        ),
        Example(
            "没有日历且晚于七日",
            "unknown",
            (filed(), _kept(), _disposed("2026-06-12")),
            "2026-06-20",
        ),
        Example(
            "市场监管同为七个工作日",
            "breached",
            (filed(domain="market"), _kept(), _disposed("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
            overlay="SAMR-35-prereg-lapse",
        ),
        Example(
            "处罚法修订施行前一日登记保存",
            "not_applicable",
            (filed("2021-06-01"), _kept("2021-07-14")),
            "2021-09-01",
        ),
    ),
)

"""The court is asked only ten working days after the demand notice was served (行政强制法第五十四条、第六十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Clock, Wait, event, it_on, last

from ..histories import WORKING_DAYS, demanded

_DEMANDED = demanded("2026-06-01")


def _applied(on: str) -> dict[str, object]:
    return step("court_application_filed", on)


RULE = Rule(
    id="ACL-54-reminder-10wd",
    subject=("court_application_filed",),
    require=Wait(
        Clock(10, "wd"),
        None,
        start=last(event("demand_notice_served", place="before"), it_on()),
    ),
    breach_zh="催告未满十个工作日即申请法院执行",
    duty_zh="申请法院强制执行之前应当催告，催告书送达满十个工作日仍不履行的才能申请",
    remedy_zh="请先送达催告书，满十个工作日仍不履行的再申请。",
    examples=(
        Example(
            "第十个工作日之后申请",
            "met",
            (_DEMANDED, _applied("2026-06-16")),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-15",
        ),
        Example(
            "第十个工作日就申请",
            "breached",
            (_DEMANDED, _applied("2026-06-15")),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-15",
        ),
        Example("没有催告", "breached", (_applied("2026-06-16"),), "2026-07-01", WORKING_DAYS),
        Example(
            "申请之后才催告", "breached", (_applied("2026-05-29"), _DEMANDED), "2026-07-01", WORKING_DAYS
        ),
        Example(
            "两次催告，从后一次起算",
            "breached",
            (_DEMANDED, demanded("2026-06-10"), _applied("2026-06-16")),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-25",
        ),
        Example("没有日历且不满十日", "breached", (_DEMANDED, _applied("2026-06-11")), "2026-07-01"),
        Example("没有日历且过了十日", "unknown", (_DEMANDED, _applied("2026-06-16")), "2026-07-01"),
        Example("行政强制法施行前", "not_applicable", (_applied("2011-12-31"),), "2012-02-01", WORKING_DAYS),
    ),
)

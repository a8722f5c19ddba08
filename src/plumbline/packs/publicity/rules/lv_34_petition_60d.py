"""A petition of 第三十一条第六项 is finished in sixty days, thirty more if the head agrees (信访工作条例第三十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, ExtensionStep, Stop, Within, event, field

from ..more_time import TOLD, extended


def _accepted(sixth: bool | None = True, on: str = "2026-04-01") -> dict[str, object]:
    data: dict[str, Any] = {} if sixth is None else {"article_31_6": sixth}
    return step("petition_accepted", on, kind="petition", **data)


def _concluded(on: str) -> dict[str, object]:
    return step("petition_concluded", on, kind="petition")


def _more(on: str, days: int = 30, by: str = "agency_head", **data: Any) -> dict[str, object]:
    return extended(on, days, kind="petition", clock="petition", approved_by=by, **data)


RULE = Rule(
    id="LV-34-petition-60d",
    subject=("petition_accepted",),
    when=field("article_31_6").is_true(),
    require=Within(
        Clock(60, "cd"),
        (Stop(event("petition_concluded", place="after")),),
        extensions=(ExtensionStep("head", 30, where=TOLD),),
        extension_clock="petition",
    ),
    breach_zh="信访事项逾期未办结",
    duty_zh="属于条例第三十一条第六项的信访事项，受理后六十日内办结，负责人批准的可延长三十日并告知信访人",
    remedy_zh="请立即办结并出具处理意见书；确需延长的，须在届满前批准并告知信访人。",
    examples=(
        Example(
            "第六十日是星期日，顺延到星期一办结",
            "met",
            (_accepted(), _concluded("2026-06-01")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "顺延后的次日办结",
            "breached",
            (_accepted(), _concluded("2026-06-02")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "第六十日办结，不须顺延",
            "met",
            (_accepted(on="2026-04-02"), _concluded("2026-06-01")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "延长三十日，末日办结",
            "met",
            (_accepted(), _more("2026-06-01", party_told=True), _concluded("2026-06-30")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "延长三十日，次日办结",
            "breached",
            (_accepted(), _more("2026-06-01", party_told=True), _concluded("2026-07-01")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "延长超过三十日的部分不算",
            "breached",
            (_accepted(), _more("2026-06-01", 45, party_told=True), _concluded("2026-07-01")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "科室负责人批准的延长不算",
            "breached",
            (_accepted(), _more("2026-05-20", by="section_head", party_told=True), _concluded("2026-06-15")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "延长而没有告知",
            "breached",
            (_accepted(), _more("2026-05-20", party_told=False), _concluded("2026-06-15")),
            "2026-07-10",
            CALENDAR,
            due="2026-06-01",
        ),
        Example(
            "延长，没有填报是否告知",
            "unknown",
            (_accepted(), _more("2026-05-20"), _concluded("2026-06-15")),
            "2026-07-10",
            CALENDAR,
        ),
        Example(
            "没有填报是否告知，但在六十日内办结",
            "met",
            (_accepted(), _more("2026-05-20"), _concluded("2026-05-29")),
            "2026-07-10",
            CALENDAR,
        ),
        Example("届满日尚未办结", "pending", (_accepted(),), "2026-06-01", CALENDAR, due="2026-06-01"),
        Example("届满后仍未办结", "breached", (_accepted(),), "2026-06-02", CALENDAR, due="2026-06-01"),
        Example("属于其他项", "not_applicable", (_accepted(False),), "2026-07-10", CALENDAR),
        Example("没有填报属于哪一项", "unknown", (_accepted(None),), "2026-07-10", CALENDAR),
    ),
)

"""Every other enforcement decision is published within twenty working days (国办发〔2018〕118号（六）)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    activity,
    all_of,
    any_of,
    case,
    event,
    field,
    it,
    not_,
    subject_id,
)

#: An act left out is a penalty, or one that the rule on penalties and licences asks for.
_OTHER_ACT = all_of(field("act").is_stated(), not_(field("act").one_of("penalty", "license")))
#: The record of a public-security violation is sealed (治安管理处罚法第一百三十六条). A measure beside a case names no field.
_SEALED = all_of(case("domain").is_stated(), case("domain").eq("public_security"))


def _decided(act: str | None = "levy") -> dict[str, object]:
    data: dict[str, Any] = {} if act is None else {"act": act}
    return step(
        "decision_made", "2026-05-06", kind="other_act", outcome="granted", procedure="ordinary", **data
    )


def _published(
    on: str, of: str = "e1", channel: str = "government_site", kind: str = "other_act"
) -> dict[str, object]:
    return step("decision_published", on, kind=kind, of=of, channel=channel)


def _execution(kind: str = "compulsion") -> dict[str, object]:
    return step("execution_decision_made", "2026-05-06", kind=kind, object="structure")


RULE = Rule(
    id="T118-6-other-20wd",
    subject=("execution_decision_made", "decision_made"),
    when=all_of(any_of(activity().eq("execution_decision_made"), _OTHER_ACT), not_(_SEALED)),
    require=Within(
        Clock(20, "wd"),
        (
            Stop(
                event(
                    "decision_published",
                    place="after",
                    where=all_of(it("of").eq(subject_id()), it("channel").eq("government_site")),
                )
            ),
        ),
    ),
    breach_zh="其他执法决定逾期未公开",
    duty_zh="处罚、许可以外的执法决定，应在决定之后二十个工作日内上网公开",
    remedy_zh="请立即公开；法律、行政法规规定不公开的，登记理由。",
    examples=(
        Example(
            "第二十个工作日公开，调休上班日照算",
            "met",
            (_decided(), _published("2026-06-02")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "第二十一个工作日公开",
            "breached",
            (_decided(), _published("2026-06-03")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "强制执行决定按期公开",
            "met",
            (_execution(), _published("2026-06-02", kind="compulsion")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "强制执行决定逾期公开",
            "breached",
            (_execution(), _published("2026-06-03", kind="compulsion")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "公开的是另一件决定",
            "breached",
            (_decided(), _decided("license"), _published("2026-06-01", of="e2")),
            "2026-06-20",
            CALENDAR,
            subject="e1",
        ),
        Example(
            "只在其他渠道公开",
            "breached",
            (_decided(), _published("2026-06-01", channel="other")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-02",
        ),
        Example(
            "届满日尚未公开",
            "pending",
            (_decided(),),
            "2026-06-02",
            CALENDAR,
            due="2026-06-02",
        ),
        Example("没有日历，逾二十日公开", "unknown", (_decided(), _published("2026-06-02")), "2026-06-20"),
        Example("没有日历，二十日内公开", "met", (_decided(), _published("2026-05-26")), "2026-06-20"),
        Example("行政许可由七日的规则管", "not_applicable", (_decided("license"),), "2026-06-20", CALENDAR),
        Example("没有填报行为种类", "not_applicable", (_decided(None),), "2026-06-20", CALENDAR),
        Example(
            "行政处罚由七日的规则管",
            "not_applicable",
            (filed("2026-04-01"), fined("2026-05-06")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "治安案件的强制执行决定不公开",
            "not_applicable",
            (filed("2026-04-01", domain="public_security"), _execution("penalty")),
            "2026-06-20",
            CALENDAR,
        ),
    ),
)

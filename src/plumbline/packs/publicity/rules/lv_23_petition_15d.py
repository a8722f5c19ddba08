"""Who petitions is told in fifteen days what happens; what is not one's own is objected to in five (信访工作条例第二十三条).

The excuse of an unclear name or address is for telling the petitioner; it is none for objecting to what was forwarded.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import ByCase, Clock, Stop, Within, all_of, event, field, not_

_NOT_OURS = all_of(field("route").eq("forwarded"), field("own_competence").is_false())
#: Not stated counts as clear: the contract wants the exception stated.
_CONTACT_UNCLEAR = field("contact_clear").or_if_missing(True).is_false()


def _received(route: str = "direct", on: str = "2026-06-01", **data: Any) -> dict[str, object]:
    return step("petition_received", on, kind="petition", route=route, **data)


def _told(on: str) -> dict[str, object]:
    return step("petition_told", on, kind="petition")


def _objected(on: str) -> dict[str, object]:
    return step("petition_objection_raised", on, kind="petition")


RULE = Rule(
    id="LV-23-petition-15d",
    subject=("petition_received",),
    when=not_(all_of(_CONTACT_UNCLEAR, not_(_NOT_OURS))),
    require=ByCase(
        _NOT_OURS,
        Within(Clock(5, "wd"), (Stop(event("petition_objection_raised", place="after")),)),
        Within(Clock(15, "cd"), (Stop(event("petition_told", place="after")),)),
    ),
    breach_zh="信访事项逾期未告知或未提异议",
    duty_zh="收到信访事项后十五日内书面告知信访人；转来而不归本机关管的，五个工作日内提出异议",
    remedy_zh="请立即书面告知信访人；不归本机关管的，向转送单位说明理由并商请收回。",
    examples=(
        Example(
            "第十五日告知",
            "met",
            (_received(), _told("2026-06-16")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "第十六日告知",
            "breached",
            (_received(), _told("2026-06-17")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "末日是端午节，顺延到星期一",
            "met",
            (_received(on="2026-06-04"), _told("2026-06-22")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延后的次日告知",
            "breached",
            (_received(on="2026-06-04"), _told("2026-06-23")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "转来属于本机关的，第十五日告知",
            "met",
            (_received("forwarded", own_competence=True), _told("2026-06-16")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "转来不属于本机关的，第五个工作日提出异议",
            "met",
            (_received("forwarded", own_competence=False), _objected("2026-06-08")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "转来不属于本机关的，第六个工作日提出异议",
            "breached",
            (_received("forwarded", own_competence=False), _objected("2026-06-09")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "转来不属于本机关的，只告知信访人不够",
            "breached",
            (_received("forwarded", own_competence=False), _told("2026-06-03")),
            "2026-07-01",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "转来不属于本机关的，信访人不清也要提出异议",
            "breached",
            (_received("forwarded", own_competence=False, contact_clear=False),),
            "2026-07-01",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "转来的，没有填报是否属于本机关",
            "unknown",
            (_received("forwarded"), _told("2026-06-03")),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "转来的，没有填报是否属于本机关，两样都没有做",
            "breached",
            (_received("forwarded"),),
            "2026-07-01",
            CALENDAR,
        ),
        Example(
            "信访人姓名住址不清",
            "not_applicable",
            (_received(contact_clear=False),),
            "2026-07-01",
            CALENDAR,
        ),
        Example("届满日尚未告知", "pending", (_received(),), "2026-06-16", CALENDAR, due="2026-06-16"),
        Example(
            "届满后仍未告知",
            "breached",
            (_received(contact_clear=True),),
            "2026-06-17",
            CALENDAR,
            due="2026-06-16",
        ),
        Example("条例施行之前", "not_applicable", (_received(on="2022-04-30"),), "2022-07-01", CALENDAR),
    ),
)

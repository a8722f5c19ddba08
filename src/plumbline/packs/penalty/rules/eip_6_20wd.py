"""企业信息公示暂行条例第六条: penalties of enterprises stand in the credit system within twenty working days.

市场监督管理行政处罚信息公示规定第二条 takes out what was decided on the spot and what is a warning only.
"""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    all_of,
    case,
    event,
    field,
    it,
    not_,
    subject_id,
)

from ..conditions import ORDINARY_PENALTY
from ..families import in_domain, other_domain

_DECIDED = fined("2026-06-01")


def _published(on: str, channel: str = "enterprise_credit", of: str = "e2") -> dict[str, object]:
    return step("decision_published", on, of=of, channel=channel)


def _case(*after: dict[str, object], decided: dict[str, object] = _DECIDED) -> tuple[dict[str, object], ...]:
    return (filed(domain="market"), decided, *after)


RULE = Rule(
    id="EIP-6-20wd",
    subject=("decision_made",),
    kinds=("penalty",),
    when=all_of(
        in_domain("market"),
        ORDINARY_PENALTY,
        not_(field("penalty.kinds").holds_only("warning")),
        case("party.kind").ne("natural_person"),
    ),
    require=Within(
        Clock(20, "wd"),
        (
            Stop(
                event(
                    "decision_published",
                    place="after",
                    where=all_of(it("of").eq(subject_id()), it("channel").eq("enterprise_credit")),
                )
            ),
        ),
    ),
    breach_zh="企业处罚信息超期未公示",
    duty_zh="对企业作出的处罚，应在二十个工作日内记入企业信用信息公示系统并公示",
    remedy_zh="请立即在国家企业信用信息公示系统公示。",
    examples=(
        Example(
            "第二十个工作日公示",
            "met",
            _case(_published("2026-06-30")),
            "2026-08-03",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "第二十一个工作日公示",
            "breached",
            _case(_published("2026-07-01")),
            "2026-08-03",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "只在政府网站公示",
            "breached",
            _case(_published("2026-06-05", "government_site")),
            "2026-08-03",
            CALENDAR,
            due="2026-06-30",
        ),
        Example(
            "公示的是另一个决定",
            "breached",
            _case(_published("2026-06-05", of="e9")),
            "2026-08-03",
            CALENDAR,
            due="2026-06-30",
        ),
        Example("最后一日尚未公示", "pending", _case(), "2026-06-30", CALENDAR, due="2026-06-30"),
        Example("届满仍未公示", "breached", _case(), "2026-07-01", CALENDAR, due="2026-06-30"),
        Example(
            "自然人",
            "not_applicable",
            (filed(domain="market", party="natural_person"), _DECIDED),
            "2026-08-03",
            CALENDAR,
        ),
        Example(
            "仅受警告", "not_applicable", _case(decided=fined("2026-06-01", None)), "2026-08-03", CALENDAR
        ),
        Example(
            "当场处罚",
            "not_applicable",
            _case(decided=fined("2026-06-01", 100_000, procedure="summary")),
            "2026-08-03",
            CALENDAR,
        ),
        Example(
            "不予处罚",
            "not_applicable",
            _case(decided=step("decision_made", "2026-06-01", outcome="no_penalty", procedure="ordinary")),
            "2026-08-03",
            CALENDAR,
        ),
        Example(
            "其他领域",
            "not_applicable",
            (filed(domain=other_domain("market")), _DECIDED),
            "2026-08-03",
            CALENDAR,
        ),
        Example("没有填报领域", "unknown", (_DECIDED,), "2026-08-03", CALENDAR),
        Example("没有日历且过了二十日", "unknown", _case(), "2026-08-03"),
    ),
)

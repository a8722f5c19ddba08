"""Substitute performance: decision served, a warning three working days ahead, an official there, a signed record
(行政强制法第五十一条; 第五十二条 lets roads and waters be cleared at once).
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Ahead, ByCase, Clock, Decide, all_of, event, exists, field

from ..histories import WORKING_DAYS, demanded

_AT_ONCE = field("immediate").is_true()
_DECISION = step("substitute_decision_served", "2026-06-01", method="direct")


def _done(**changes: Any) -> dict[str, Any]:
    stated = {"immediate": False, "official_on_site": True, "record_signed": True, **changes}
    return step(
        "substitute_performance_done",
        "2026-06-15",
        **{name: value for name, value in stated.items() if value is not None},
    )


RULE = Rule(
    id="ACL-51-substitute-3wd",
    subject=("substitute_performance_done",),
    require=ByCase(
        _AT_ONCE,
        Decide((("met", _AT_ONCE),), "met"),
        Ahead(
            Clock(3, "wd"),
            event("demand_notice_served", place="before"),
            also=all_of(
                exists(event("substitute_decision_served", place="before")),
                field("official_on_site").is_true(),
                field("record_signed").is_true(),
            ),
        ),
    ),
    breach_zh="代履行未提前三个工作日催告或程序不全",
    duty_zh="代履行应先送达决定书，提前三个完整的工作日催告，派员到场监督，并在执行文书上签名",
    remedy_zh="请补送文书、重新催告并留足三个工作日，派员到场监督和签名。",
    examples=(
        Example(
            "中间正好三个工作日",
            "met",
            (_DECISION, demanded("2026-06-09"), _done()),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-09",
        ),
        Example(
            "只有两个工作日",
            "breached",
            (_DECISION, demanded("2026-06-10"), _done()),
            "2026-07-01",
            WORKING_DAYS,
            due="2026-06-09",
        ),
        Example("没有催告", "breached", (_DECISION, _done()), "2026-07-01", WORKING_DAYS),
        Example("没有送达决定书", "breached", (demanded("2026-06-09"), _done()), "2026-07-01", WORKING_DAYS),
        Example(
            "实施之后才送达决定书",
            "breached",
            (
                demanded("2026-06-09"),
                _done(),
                step("substitute_decision_served", "2026-06-16", method="direct"),
            ),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "没有派员到场",
            "breached",
            (_DECISION, demanded("2026-06-09"), _done(official_on_site=False)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "没有签名",
            "breached",
            (_DECISION, demanded("2026-06-09"), _done(record_signed=False)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "是否签名没有填报",
            "unknown",
            (_DECISION, demanded("2026-06-09"), _done(record_signed=None)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "立即清除道路障碍",
            "met",
            (_done(immediate=True, official_on_site=None, record_signed=None),),
            "2026-07-01",
        ),
        Example(
            "是否立即代履行没有填报，没有催告",
            "unknown",
            (_DECISION, _done(immediate=None)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example(
            "是否立即代履行没有填报，但程序齐备",
            "met",
            (_DECISION, demanded("2026-06-09"), _done(immediate=None)),
            "2026-07-01",
            WORKING_DAYS,
        ),
        Example("没有日历", "unknown", (_DECISION, demanded("2026-06-09"), _done()), "2026-07-01"),
        Example(
            "没有日历，但没有签名",
            "breached",
            (_DECISION, demanded("2026-06-09"), _done(record_signed=False)),
            "2026-07-01",
        ),
        Example(
            "行政强制法施行前",
            "not_applicable",
            (step("substitute_performance_done", "2011-12-31"),),
            "2012-02-01",
            WORKING_DAYS,
        ),
    ),
)

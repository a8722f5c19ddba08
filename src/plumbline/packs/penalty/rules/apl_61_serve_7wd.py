"""The decision is handed over at once, or served within seven working days (行政处罚法第六十一条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import Clock, Stop, Within, all_of, event, field, it, not_
from plumbline.rules.overlays import contract_overlays

from ..conditions import ORDINARY_PENALTY

_GENERAL = Within(
    Clock(7, "wd"),
    (
        Stop(event("decision_served", place="after", where=it("method").ne("postal"))),
        Stop(
            event("decision_served", place="after", where=it("method").eq("postal")),
            it("posted_on"),
            "in_transit_excluded",
        ),
        Stop(
            event(
                "decision_served",
                place="after",
                where=all_of(it("method").eq("postal"), not_(it("posted_on").is_stated())),
            )
        ),
        Stop(
            event(
                "announcement_service_started",
                place="after",
                where=it("document").eq("decision"),
            )
        ),
    ),
    unless_same_day=field("party_present").is_true(),
)


def _served(on: str, method: str = "direct", **data: Any) -> dict[str, object]:
    return step("decision_served", on, method=method, **data)


RULE = Rule(
    id="APL-61-serve-7wd",
    subject=("decision_made",),
    when=ORDINARY_PENALTY,
    require=_GENERAL,
    overlays=contract_overlays("APL-61-serve-7wd", _GENERAL),
    breach_zh="超期未送达处罚决定书",
    duty_zh="处罚决定书应当场交付当事人；当事人不在场的，应在七个工作日内送达",
    remedy_zh="请立即送达，并保存送达回证。",
    examples=(
        Example(
            "第七个工作日送达",
            "met",
            (filed(), fined("2026-06-04"), _served("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "第八个工作日送达",
            "breached",
            (filed(), fined("2026-06-04"), _served("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "邮寄，期内交邮",
            "met",
            (
                filed(),
                fined("2026-06-04"),
                _served("2026-06-20", "postal", posted_on="2026-06-15"),
            ),
            "2026-06-25",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "期内发出公告",
            "met",
            (
                filed(),
                fined("2026-06-04"),
                step("announcement_service_started", "2026-06-15", document="decision"),
            ),
            "2026-06-25",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "当事人在场却次日送达",
            "breached",
            (filed(), fined("2026-06-04", party_present=True), _served("2026-06-05")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
        ),
        Example(
            "届满日尚未送达",
            "pending",
            (filed(), fined("2026-06-04")),
            "2026-06-15",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "届满后仍未送达",
            "breached",
            (filed(), fined("2026-06-04")),
            "2026-06-16",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "治安案件二日",
            "breached",
            (
                filed(domain="public_security"),
                fined("2026-06-02"),
                _served("2026-06-05"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
            overlay="PSL-116-serve-2d",
        ),
        Example(
            "邮寄逾期到达，交邮日没有填报",
            "unknown",
            (filed(), fined("2026-06-04"), _served("2026-06-20", "postal")),
            "2026-06-25",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "邮寄在期内到达，交邮日没有填报",
            "met",
            (filed(), fined("2026-06-04"), _served("2026-06-15", "postal")),
            "2026-06-25",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "期满后才交邮",
            "breached",
            (
                filed(),
                fined("2026-06-04"),
                _served("2026-06-20", "postal", posted_on="2026-06-16"),
            ),
            "2026-06-25",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "治安案件第二日",
            "met",
            (
                filed(domain="public_security"),
                fined("2026-06-02"),
                _served("2026-06-04"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-04",
            overlay="PSL-116-serve-2d",
        ),
        Example(
            "处罚法修订施行前一日决定",
            "not_applicable",
            (filed("2021-06-01"), fined("2021-07-14")),
            "2021-09-01",
        ),
    ),
)

"""Penalty and licensing decisions are published within seven working days (国办发〔2018〕118号（六）)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, filed, fined, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    all_of,
    any_of,
    event,
    field,
    it,
    kind,
    subject_id,
)
from plumbline.rules.overlays import contract_overlays

from ..conditions import NOT_PUBLIC_SECURITY, PENALISED

_GENERAL = Within(
    Clock(7, "wd"),
    (
        Stop(
            event(
                "decision_published",
                place="after",
                where=all_of(it("of").eq(subject_id()), it("channel").eq("government_site")),
            )
        ),
    ),
)


def _published(on: str, channel: str = "government_site") -> dict[str, object]:
    return step("decision_published", on, of="e2", channel=channel)


def _other_act(act: str) -> tuple[dict[str, Any], ...]:
    """A decision that is no penalty, published in time; without ``act`` nobody says what it was."""
    decided = step(
        "decision_made",
        "2026-06-04",
        kind="other_act",
        domain="other",
        outcome="granted",
        procedure="ordinary",
    )
    published = {"kind": "other_act", "data": {"of": "e1", "channel": "government_site"}}
    if act:
        decided["data"]["act"] = act
    return (decided, {**_published("2026-06-15"), **published})


RULE = Rule(
    id="T118-6-penalty-7wd",
    subject=("decision_made",),
    when=all_of(
        NOT_PUBLIC_SECURITY,
        any_of(
            PENALISED,
            all_of(kind().eq("other_act"), field("act").eq("license")),
        ),
    ),
    require=_GENERAL,
    overlays=contract_overlays("T118-6-penalty-7wd", _GENERAL),
    breach_zh="处罚决定逾期未公开",
    duty_zh="行政处罚、行政许可决定应在决定之后七个工作日内上网公开",
    remedy_zh="请立即公开；依法不予公开的，登记理由。",
    examples=(
        Example(
            "第七个工作日公开",
            "met",
            (filed(), fined("2026-06-04"), _published("2026-06-15")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "第八个工作日公开",
            "breached",
            (filed(), fined("2026-06-04"), _published("2026-06-16")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "只在信用中国公开",
            "breached",
            (filed(), fined("2026-06-04"), _published("2026-06-10", "credit_china")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "等待公开",
            "pending",
            (filed(), fined("2026-06-04")),
            "2026-06-10",
            CALENDAR,
            due="2026-06-15",
        ),
        Example(
            "治安案件不公开",
            "not_applicable",
            (filed(domain="public_security"), fined("2026-06-04")),
            "2026-06-20",
            CALENDAR,
        ),
        Example(
            "住建领域",
            "met",
            (
                filed(domain="housing_construction"),
                fined("2026-06-04"),
                _published("2026-06-15"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
            overlay="MOHURD-10-7wd",
        ),
        *(
            Example(
                f"行政许可决定{how}",
                verdict,
                _other_act(act),
                "2026-06-20",
                CALENDAR,
            )
            for how, act, verdict in (
                ("按期公开", "license", "met"),
                ("以外的行为", "levy", "not_applicable"),
                ("没有填报种类", "", "unknown"),
            )
        ),
        Example(
            "生态环境领域",
            "breached",
            (
                filed(domain="ecology"),
                fined("2026-06-04"),
                _published("2026-06-16"),
            ),
            "2026-06-20",
            CALENDAR,
            due="2026-06-15",
            overlay="MEE-65-7wd",
        ),
    ),
)

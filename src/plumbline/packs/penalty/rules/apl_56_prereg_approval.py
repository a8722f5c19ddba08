"""Preregistration of evidence needs the head's prior approval (行政处罚法第五十六条)."""

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import (
    Check,
    Clock,
    Stop,
    Within,
    all_of,
    event,
    exists,
    field,
    it,
)

_HEAD = ("agency_head", "principal_head", "collective")
_PRIOR = exists(
    event(
        "measure_approved",
        place="not_after",
        same=("measure",),
        where=all_of(it("result").eq("approved"), it("approved_by").one_of(*_HEAD)),
    )
)
_AFTERWARDS = Within(
    Clock(24, "h"),
    (
        Stop(
            event(
                "measure_approved",
                same=("measure",),
                where=all_of(it("result").eq("approved"), it("approved_by").one_of(*_HEAD)),
            )
        ),
    ),
)


def _kept(**data: object) -> dict[str, object]:
    return step("evidence_preregistered", "2026-03-03T10:00:00+08:00", measure="C1", **data)


def _approved(at: str, by: str = "agency_head") -> dict[str, object]:
    return step("measure_approved", at, measure="C1", result="approved", approved_by=by)


RULE = Rule(
    id="APL-56-prereg-approval",
    subject=("evidence_preregistered",),
    require=Check(_PRIOR),
    overlays=(
        Overlay(
            "SAMR-33-urgent-24h",
            _AFTERWARDS,
            domain="market",
            applies=field("urgent").is_true(),
        ),
    ),
    breach_zh="登记保存未经批准",
    duty_zh="先行登记保存证据应当事先经行政机关负责人批准",
    remedy_zh="请先报负责人批准；情况紧急且本领域允许事后补批的，在二十四小时内补办。",
    examples=(
        Example(
            "事先批准",
            "met",
            (filed(), _approved("2026-03-03T09:00:00+08:00"), _kept()),
            "2026-03-10",
        ),
        Example(
            "由科室负责人批准",
            "breached",
            (filed(), _approved("2026-03-03T09:00:00+08:00", "section_head"), _kept()),
            "2026-03-10",
        ),
        Example(
            "市场监管紧急情况，二十四小时内补批",
            "met",
            (
                filed(domain="market"),
                _kept(urgent=True),
                _approved("2026-03-04T10:00:00+08:00"),
            ),
            "2026-03-10",
            overlay="SAMR-33-urgent-24h",
        ),
        Example(
            "市场监管紧急情况，超过二十四小时",
            "breached",
            (
                filed(domain="market"),
                _kept(urgent=True),
                _approved("2026-03-04T10:01:00+08:00"),
            ),
            "2026-03-10",
            overlay="SAMR-33-urgent-24h",
        ),
    ),
)

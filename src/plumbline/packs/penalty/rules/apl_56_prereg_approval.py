"""Preregistration of evidence needs the head's prior approval (行政处罚法第五十六条).

In an emergency some domains let the approval follow within twenty-four hours: 市场监督管理行政处罚程序规定第三十三条 (a row of
the register), 生态环境行政处罚办法第三十二条, 农业行政处罚程序规定第四十二条 (no rows of their own).
"""

from typing import Any

from plumbline.rules import Example, Overlay, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import (
    ByCase,
    Check,
    Clock,
    Stop,
    Within,
    all_of,
    case,
    event,
    exists,
    field,
    it,
)

_HEAD = ("agency_head", "principal_head", "collective")
_LATER_ALLOWED = ("market", "ecology", "agriculture")
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


def _kept(**data: Any) -> dict[str, object]:
    return step("evidence_preregistered", "2026-03-03T10:00:00+08:00", measure="C1", **data)


def _approved(at: str, by: str = "agency_head") -> dict[str, object]:
    return step("measure_approved", at, measure="C1", result="approved", approved_by=by)


RULE = Rule(
    id="APL-56-prereg-approval",
    subject=("evidence_preregistered",),
    require=ByCase(
        all_of(field("urgent").is_true(), case("domain").one_of(*_LATER_ALLOWED)), _AFTERWARDS, Check(_PRIOR)
    ),
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
        *(
            Example(
                f"{zh}紧急情况，{how}",
                verdict,
                (filed(domain=domain), _kept(urgent=True), _approved(at)),
                "2026-03-10",
                due="2026-03-04T10:00:00+08:00",
            )
            for domain, zh in (("ecology", "生态环境"), ("agriculture", "农业"))
            for how, verdict, at in (
                ("二十四小时内补批", "met", "2026-03-04T10:00:00+08:00"),
                ("超过二十四小时补批", "breached", "2026-03-04T10:01:00+08:00"),
            )
        ),
        Example(
            "生态环境紧急情况，还来得及补批",
            "pending",
            (filed(domain="ecology"), _kept(urgent=True)),
            "2026-03-04T09:00:00+08:00",
        ),
        Example(
            "其他领域紧急情况，事后补批不算",
            "breached",
            (filed(), _kept(urgent=True), _approved("2026-03-03T11:00:00+08:00")),
            "2026-03-10",
        ),
        Example(
            "市场监管，是否紧急没有填报",
            "unknown",
            (filed(domain="market"), _kept(), _approved("2026-03-03T11:00:00+08:00")),
            "2026-03-10",
        ),
        Example(
            "市场监管，是否紧急没有填报，但至今未批",
            "breached",
            (filed(domain="market"), _kept()),
            "2026-03-10",
        ),
        Example(
            "处罚法修订施行前一日登记保存",
            "not_applicable",
            (filed("2021-06-01"), step("evidence_preregistered", "2021-07-14T10:00:00+08:00", measure="C1")),
            "2021-09-01",
        ),
    ),
)

"""A measure taken on the spot in an emergency is approved within twenty-four hours (行政强制法第十九条).

Where the head refuses, it is lifted at once; at once without a number is the same local date.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.language import (
    ByCase,
    Clock,
    Fixed,
    Stop,
    Within,
    all_of,
    any_of,
    as_of,
    date_after,
    exists,
    field,
    first,
    it,
    it_on,
    not_,
    on,
)

from ..histories import approved, lifted, taken
from ..measures import (
    ANY_MEASURE,
    APPROVED_BY_HEAD,
    BY_HEAD,
    LIFTED,
    PRIOR_APPROVAL,
    of_the_measure,
)

_APPROVED = of_the_measure("measure_approved", place="anywhere", where=APPROVED_BY_HEAD)
_REFUSED = of_the_measure("measure_approved", where=all_of(it("result").ne("approved"), BY_HEAD))
_REFUSED_ON = first(_REFUSED, it_on())
_LIFTED_AT_ONCE = exists(of_the_measure("seizure_lifted", where=it_on().le(_REFUSED_ON)))

# On the day of a refusal that came in time, lifting is still owed and not yet late.
_TO_BE_LIFTED_TODAY = all_of(
    as_of().le(_REFUSED_ON),
    _REFUSED_ON.le(date_after(on(), 1, "cd")),
    not_(exists(LIFTED)),
)


def _taken(**data: Any) -> dict[str, Any]:
    return taken("2026-06-01T10:00:00+08:00", **data)


_URGENT = _taken(urgent=True)
_DUE = "2026-06-02T10:00:00+08:00"

RULE = Rule(
    id="ACL-19-urgent-24h",
    subject=ANY_MEASURE,
    when=all_of(
        # Approved beforehand it was no emergency measure, whatever is left out.
        any_of(field("urgent").is_stated(), not_(exists(PRIOR_APPROVAL))),
        field("urgent").is_true(),
    ),
    require=ByCase(
        _TO_BE_LIFTED_TODAY,
        Fixed(_REFUSED_ON, (Stop(LIFTED),)),
        Within(
            Clock(24, "h"),
            (Stop(_APPROVED), Stop(_REFUSED)),
            also=any_of(not_(exists(_REFUSED)), _LIFTED_AT_ONCE),
        ),
    ),
    breach_zh="紧急措施未按时补办批准",
    duty_zh="紧急情况下当场采取的强制措施，应在二十四小时内报负责人补批；负责人不同意的，当日解除",
    remedy_zh="请立即报负责人补办批准；负责人不同意的，立即解除。",
    examples=(
        Example(
            "满二十四小时补批",
            "met",
            (_URGENT, approved("2026-06-02T10:00:00+08:00")),
            "2026-06-10",
            due=_DUE,
        ),
        Example(
            "过二十四小时补批",
            "breached",
            (_URGENT, approved("2026-06-02T10:01:00+08:00")),
            "2026-06-10",
            due=_DUE,
        ),
        Example("还来得及", "pending", (_URGENT,), "2026-06-02T09:59:00+08:00", due=_DUE),
        Example("至今没有补批", "breached", (_URGENT,), "2026-06-02T10:01:00+08:00", due=_DUE),
        Example(
            "科室负责人补批不算",
            "breached",
            (_URGENT, approved("2026-06-01T12:00:00+08:00", by="section_head")),
            "2026-06-10",
        ),
        Example(
            "补批的是另一项措施",
            "breached",
            (_URGENT, approved("2026-06-01T12:00:00+08:00", measure="C2")),
            "2026-06-10",
        ),
        Example(
            "不同意，当日解除",
            "met",
            (_URGENT, approved("2026-06-01T15:00:00+08:00", "refused"), lifted("2026-06-01T18:00:00+08:00")),
            "2026-06-10",
            due=_DUE,
        ),
        Example(
            "不同意，次日才解除",
            "breached",
            (_URGENT, approved("2026-06-01T15:00:00+08:00", "refused"), lifted("2026-06-02T08:00:00+08:00")),
            "2026-06-10",
            due=_DUE,
        ),
        Example(
            "不同意，当日尚未解除",
            "pending",
            (_URGENT, approved("2026-06-01T15:00:00+08:00", "refused")),
            "2026-06-01T16:00:00+08:00",
            due="2026-06-01",
        ),
        Example(
            "不同意，至今没有解除",
            "breached",
            (_URGENT, approved("2026-06-01T15:00:00+08:00", "refused")),
            "2026-06-02T00:01:00+08:00",
            due=_DUE,
        ),
        Example(
            "事先已批准，没有填报是否紧急",
            "not_applicable",
            (approved("2026-06-01T09:00:00+08:00"), _taken()),
            "2026-06-10",
        ),
        Example("不是紧急情况", "not_applicable", (_taken(urgent=False),), "2026-06-10"),
        Example("是否紧急没有填报，也没有批准", "unknown", (_taken(),), "2026-06-10"),
        Example(
            "只填日期，次日补批，时刻不明",
            "unknown",
            (taken("2026-06-01", urgent=True), approved("2026-06-02")),
            "2026-06-10",
        ),
        Example(
            "只填日期，第三日补批",
            "breached",
            (taken("2026-06-01", "seized", urgent=True), approved("2026-06-03")),
            "2026-06-10",
        ),
        Example(
            "只填日期，同日补批",
            "met",
            (taken("2026-06-01", "deposits_frozen", urgent=True), approved("2026-06-01")),
            "2026-06-10",
        ),
        Example(
            "过期才不同意，当日也已晚",
            "breached",
            (_URGENT, approved("2026-06-03T09:00:00+08:00", "refused")),
            "2026-06-03T12:00:00+08:00",
            due=_DUE,
        ),
    ),
)

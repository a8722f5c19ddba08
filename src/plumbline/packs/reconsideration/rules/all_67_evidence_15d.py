"""The defendant files evidence, basis and answer within fifteen days (行政诉讼法第六十七条).

Asked for within them and granted by the court, the evidence is due fifteen days after its cause has ended (最高法行诉解释第三十四条).
The three parts may come one after another while the days run.
"""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import (
    ByCase,
    Clock,
    Decide,
    Stop,
    Within,
    all_of,
    any_of,
    by_then,
    date_after,
    event,
    exists,
    first,
    it,
    it_on,
    last,
    not_,
    on,
)
from plumbline.rules.nodes.selection import Selection

_PARTS = ("with_evidence", "with_basis", "with_answer")
_CLOCK = Clock(15, "cd")


def _holding(part: str) -> Selection:
    """Filings that hold a part, or do not say whether they do."""
    held = it(part)
    return event("evidence_filed", place="after", where=any_of(held.is_true(), not_(held.is_stated())))


#: The filing by which every part may have come, and whether the parts are known to have come with the first that may hold them.
_COMPLETE = event(
    "evidence_filed", place="after", where=all_of(*(by_then(_holding(part)) for part in _PARTS))
)
_KNOWN_TO_HOLD = all_of(*(first(_holding(part), it(part), True).is_true() for part in _PARTS))
_WITHIN = Within(_CLOCK, (Stop(_COMPLETE),), also=_KNOWN_TO_HOLD)

_GRANT = event("evidence_extension_granted", place="after")
_ASKED_IN_TIME = exists(
    event(
        "evidence_extension_requested",
        place="after",
        where=it_on().le(date_after(on(), _CLOCK.n, _CLOCK.unit, roll=True)),
    )
)
_CAUSE_ENDED = last(_GRANT, it("cause_ended_on"), None)

_COPY = step("lawsuit_copy_received", "2026-06-01")
_LATER_COPY = step("lawsuit_copy_received", "2026-06-06")


def _filed(on: str, evidence: bool = True, basis: bool = True, answer: bool = True) -> dict[str, object]:
    return step("evidence_filed", on, with_evidence=evidence, with_basis=basis, with_answer=answer)


def _asked(on: str = "2026-06-16") -> dict[str, object]:
    return step("evidence_extension_requested", on)


def _granted(**data: Any) -> dict[str, object]:
    return step("evidence_extension_granted", "2026-06-18", **data)


#: Fifteen days after 1 June 2026 is 16 June, after 6 June Sunday 21 June (a holiday), after 20 July 4 August.
RULE = Rule(
    id="ALL-67-evidence-15d",
    subject=("lawsuit_copy_received",),
    kinds=("litigation",),
    require=ByCase(
        all_of(_ASKED_IN_TIME, exists(_GRANT)),
        ByCase(
            _CAUSE_ENDED.eq(None),
            Decide((("met", all_of(exists(_COMPLETE), _KNOWN_TO_HOLD)),), "pending"),
            # Where the day is not stated it may be as early as lets the first fifteen days stand.
            ByCase(
                _CAUSE_ENDED.is_stated(),
                Within(_CLOCK, (Stop(_COMPLETE),), start=_CAUSE_ENDED, also=_KNOWN_TO_HOLD),
                _WITHIN,
            ),
        ),
        _WITHIN,
    ),
    breach_zh="逾期未举证答辩",
    duty_zh="被告收到起诉状副本后，应在十五日内向法院提交证据、所依据的规范性文件和答辩状",
    remedy_zh="请立即向法院提交；逾期不提交又没有正当理由的，视为没有相应证据。",
    examples=(
        Example(
            "第十五日提交", "met", (_COPY, _filed("2026-06-16")), "2026-08-30", CALENDAR, due="2026-06-16"
        ),
        Example(
            "第十六日提交",
            "breached",
            (_COPY, _filed("2026-06-17")),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "末日为假日，顺延",
            "met",
            (_LATER_COPY, _filed("2026-06-22")),
            "2026-08-30",
            CALENDAR,
            due="2026-06-22",
        ),
        Example(
            "顺延之后才提交",
            "breached",
            (_LATER_COPY, _filed("2026-06-23")),
            "2026-08-30",
            CALENDAR,
            due="2026-06-22",
        ),
        Example("届满日尚未提交", "pending", (_COPY,), "2026-06-16", CALENDAR, due="2026-06-16"),
        Example("届满后仍未提交", "breached", (_COPY,), "2026-06-17", CALENDAR, due="2026-06-16"),
        Example(
            "没有提交依据",
            "breached",
            (_COPY, _filed("2026-06-10", basis=False)),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "没有答辩状，期限尚未届满",
            "pending",
            (_COPY, _filed("2026-06-10", answer=False)),
            "2026-06-16",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "期内分两次交齐",
            "met",
            (_COPY, _filed("2026-06-10", answer=False), _filed("2026-06-16", evidence=False, basis=False)),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "期后才补交答辩状",
            "breached",
            (_COPY, _filed("2026-06-10", answer=False), _filed("2026-06-17", evidence=False, basis=False)),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "没有填报是否提交依据",
            "unknown",
            (_COPY, step("evidence_filed", "2026-06-10", with_evidence=True, with_answer=True)),
            "2026-08-30",
            CALENDAR,
        ),
        Example(
            "期后提交，缺少的填报改变不了结论",
            "breached",
            (_COPY, step("evidence_filed", "2026-06-17", with_evidence=True, with_answer=True)),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "准许延期，事由消除后第十五日",
            "met",
            (_COPY, _asked(), _granted(cause_ended_on="2026-07-20"), _filed("2026-08-04")),
            "2026-08-30",
            CALENDAR,
            due="2026-08-04",
        ),
        Example(
            "准许延期，事由消除后第十六日",
            "breached",
            (_COPY, _asked(), _granted(cause_ended_on="2026-07-20"), _filed("2026-08-05")),
            "2026-08-30",
            CALENDAR,
            due="2026-08-04",
        ),
        Example(
            "准许延期，事由尚未消除",
            "pending",
            (_COPY, _asked(), _granted(cause_ended_on=None)),
            "2026-08-30",
            CALENDAR,
        ),
        Example(
            "事由尚未消除即已交齐",
            "met",
            (_COPY, _asked(), _granted(cause_ended_on=None), _filed("2026-08-05")),
            "2026-08-30",
            CALENDAR,
        ),
        Example(
            "准许延期，没有填报事由何时消除",
            "unknown",
            (_COPY, _asked(), _granted(), _filed("2026-08-05")),
            "2026-08-30",
            CALENDAR,
        ),
        Example(
            "没有填报事由何时消除，但在最初的十五日内交齐",
            "met",
            (
                _COPY,
                _asked("2026-06-03"),
                step("evidence_extension_granted", "2026-06-05"),
                _filed("2026-06-16"),
            ),
            "2026-08-30",
            CALENDAR,
        ),
        Example(
            "第十六日才申请延期",
            "breached",
            (_COPY, _asked("2026-06-17"), _granted(cause_ended_on="2026-07-20"), _filed("2026-08-04")),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example(
            "申请了，法院没有准许",
            "breached",
            (_COPY, _asked(), _filed("2026-08-04")),
            "2026-08-30",
            CALENDAR,
            due="2026-06-16",
        ),
        Example("没有日历，不知末日是否顺延", "unknown", (_LATER_COPY, _filed("2026-06-22")), "2026-08-30"),
        Example(
            "行政诉讼法修正施行前一日收到",
            "not_applicable",
            (step("lawsuit_copy_received", "2017-06-30"),),
            "2017-08-01",
        ),
    ),
)

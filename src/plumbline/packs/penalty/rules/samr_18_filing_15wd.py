"""市场监督管理行政处罚程序规定第十八条: fifteen working days, fifteen more with the head's approval; tests do not count."""

from plumbline.rules import Example
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import Clock, Exclusion

from ..families.filing import filing

_CLUE = step("clue_received", "2026-03-02", domain="market")


def _tested(kind: str) -> tuple[dict[str, object], ...]:
    """Three working days of a test: 4, 5 and 6 March."""
    return (
        step("test_started", "2026-03-04", test="T1", test_kind=kind),
        step("test_ended", "2026-03-07", test="T1"),
    )


def _not_filed(on: str) -> dict[str, object]:
    return step("case_not_filed", on, reason="违法事实不能成立")


RULE = filing(
    "SAMR-18-filing-15wd",
    domain="market",
    clock=Clock(15, "wd"),
    more=15,
    last_day="2026-03-23",
    day_after="2026-03-24",
    last_day_extended="2026-04-14",
    day_after_extended="2026-04-15",
    limit_zh="十五个工作日",
    handed_on=True,
    excludes=(Exclusion("test", ("test", "inspection", "quarantine", "appraisal", "identification")),),
    examples=(
        Example(
            "检测的三个工作日不计入",
            "met",
            (_CLUE, *_tested("test"), _not_filed("2026-03-26")),
            "2026-06-01",
            CALENDAR,
            due="2026-03-26",
        ),
        Example(
            "扣除检测期间后的次日",
            "breached",
            (_CLUE, *_tested("test"), _not_filed("2026-03-27")),
            "2026-06-01",
            CALENDAR,
            due="2026-03-26",
        ),
        Example(
            "监测不在可扣除之列",
            "breached",
            (_CLUE, *_tested("monitoring"), _not_filed("2026-03-26")),
            "2026-06-01",
            CALENDAR,
            due="2026-03-23",
        ),
        Example(
            "检测尚未结束，期限停止",
            "pending",
            (_CLUE, step("test_started", "2026-03-04", test="T1", test_kind="test")),
            "2026-06-01",
            CALENDAR,
        ),
    ),
)

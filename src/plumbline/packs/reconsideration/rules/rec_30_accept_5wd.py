"""An application is examined in five working days; who stays silent has accepted it (行政复议法第三十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import CALENDAR, step
from plumbline.rules.language import (
    Clock,
    Stop,
    Within,
    all_of,
    as_of,
    choose,
    date_after_working,
    event,
    exists,
    it_id,
    not_,
    on,
    subject_id,
)

_CLOCK = Clock(5, "wd")
_LAST_DAY = date_after_working(on(), _CLOCK.n)
_REFUSED = event("reconsideration_refused", place="after")
#: The days over without a refusal, the application itself counts as accepted on the last of them.
_SILENCE = Stop(
    event("reconsideration_application_received", where=it_id().eq(subject_id())),
    choose(all_of(as_of().gt(_LAST_DAY), not_(exists(_REFUSED))), _LAST_DAY, None),
)
_RECEIVED = step("reconsideration_application_received", "2026-06-01")


def _accepted(on: str) -> dict[str, object]:
    return step("reconsideration_accepted", on, procedure="ordinary")


def _refused(on: str) -> dict[str, object]:
    return step("reconsideration_refused", on)


#: The fifth working day after 1 June 2026 is 8 June.
RULE = Rule(
    id="REC-30-accept-5wd",
    subject=("reconsideration_application_received",),
    kinds=("reconsideration",),
    require=Within(
        _CLOCK, (Stop(event("reconsideration_accepted", place="after")), Stop(_REFUSED), _SILENCE)
    ),
    breach_zh="逾期决定不予受理",
    duty_zh="复议机关收到申请后，应在五个工作日内审查并决定是否受理；期满没有决定不予受理的，视为受理",
    remedy_zh="期满之后不能再不予受理，请按已经受理继续审理。",
    examples=(
        Example(
            "第五个工作日受理",
            "met",
            (_RECEIVED, _accepted("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "第五个工作日不予受理",
            "met",
            (_RECEIVED, _refused("2026-06-08")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "第六个工作日不予受理",
            "breached",
            (_RECEIVED, _refused("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example(
            "逾期受理，期满时已视为受理",
            "met",
            (_RECEIVED, _accepted("2026-06-09")),
            "2026-06-20",
            CALENDAR,
            due="2026-06-08",
        ),
        Example("期满没有决定，视为受理", "met", (_RECEIVED,), "2026-06-09", CALENDAR, due="2026-06-08"),
        Example("届满日尚未决定", "pending", (_RECEIVED,), "2026-06-08", CALENDAR, due="2026-06-08"),
        Example(
            "期满视为受理之后又不予受理",
            "breached",
            (_RECEIVED, _accepted("2026-06-10"), _refused("2026-06-12")),
            "2026-06-20",
            CALENDAR,
        ),
        Example("没有日历，七日后不予受理", "unknown", (_RECEIVED, _refused("2026-06-08")), "2026-06-20"),
        Example(
            "新法施行以前",
            "not_applicable",
            (step("reconsideration_application_received", "2023-12-20"),),
            "2024-02-01",
            CALENDAR,
        ),
    ),
)

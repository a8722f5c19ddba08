"""An agency that objects to how a problem was dealt with gets an answer, promptly (行政执法监督条例第三十条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, event

_KIND = "supervision_instrument"
_RAISED = step("objection_raised", "2026-06-10", kind=_KIND)


RULE = Rule(
    id="ESR-30-objection",
    subject=("objection_raised",),
    kinds=("supervision_instrument", "supervision_lead"),
    require=Promptly(event("objection_answered", place="after")),
    breach_zh="执法机关的异议没有答复",
    duty_zh="执法机关对监督处理结果提出异议的，监督机构应当及时处理并记录答复",
    remedy_zh="请审查异议，作出答复并登记；异议成立的，改变原处理结果。",
    examples=(
        Example(
            "已经答复",
            "met",
            (_RAISED, step("objection_answered", "2026-06-12", kind=_KIND)),
            "2026-07-01",
        ),
        Example("尚未答复", "pending", (_RAISED,), "2026-07-01"),
        Example(
            "没有答复就办结",
            "breached",
            (_RAISED, step("matter_closed", "2026-06-12", kind=_KIND)),
            "2026-07-01",
        ),
        Example(
            "办结之后才答复",
            "breached",
            (
                _RAISED,
                step("matter_closed", "2026-06-12", kind=_KIND),
                step("objection_answered", "2026-06-13", kind=_KIND),
            ),
            "2026-07-01",
        ),
        Example(
            "条例施行以前提出",
            "not_applicable",
            (step("objection_raised", "2026-01-31", kind=_KIND),),
            "2026-07-01",
        ),
    ),
)

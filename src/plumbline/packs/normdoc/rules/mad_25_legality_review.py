"""Only what a legality review found lawful comes before the meeting (重大行政决策程序暂行条例第二十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, event, it, last


def _review(result: str, on: str = "2026-04-20") -> dict[str, object]:
    return step("legality_review_given", on, result=result)


_DECIDED = step("collective_decision_made", "2026-05-06")

RULE = Rule(
    id="MAD-25-legality-review",
    subject=("collective_decision_made",),
    kinds=("major_policy_decision",),
    require=Check(last(event("legality_review_given", place="before"), it("result"), None).eq("lawful")),
    breach_zh="决策未经合法性审查即讨论",
    duty_zh="重大行政决策草案应先经合法性审查；没有审查或者审查认为不合法的，不得提交讨论",
    remedy_zh="请把草案送负责合法性审查的部门审查，通过后重新提交讨论。",
    examples=(
        Example("审查为合法", "met", (_review("lawful"), _DECIDED), "2026-06-01"),
        Example("审查为不合法", "breached", (_review("unlawful"), _DECIDED), "2026-06-01"),
        Example("审查认为存在问题", "breached", (_review("problems"), _DECIDED), "2026-06-01"),
        Example("没有审查", "breached", (_DECIDED,), "2026-06-01"),
        Example(
            "修改后再审查为合法",
            "met",
            (_review("problems"), _review("lawful", "2026-04-28"), _DECIDED),
            "2026-06-01",
        ),
        Example(
            "最后一次审查为不合法",
            "breached",
            (_review("lawful"), _review("unlawful", "2026-04-28"), _DECIDED),
            "2026-06-01",
        ),
        Example(
            "同日讨论在先，审查在后", "breached", (_DECIDED, _review("lawful", "2026-05-06")), "2026-06-01"
        ),
        Example("同日审查在先，讨论在后", "met", (_review("lawful", "2026-05-06"), _DECIDED), "2026-06-01"),
        Example(
            "条例施行以前", "not_applicable", (step("collective_decision_made", "2019-08-30"),), "2026-06-01"
        ),
    ),
)

"""A major decision is open for comments for thirty days, or says why for less (重大行政决策程序暂行条例第十五条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, any_of, field

from ..comment_period import EARLIEST_CLOSE, LONG_ENOUGH


def _open(on: str = "2026-05-21", **data: Any) -> tuple[dict[str, object], ...]:
    return (step("draft_published_for_comment", on, **data),)


#: Thirty days after 21 May 2026 is Saturday 20 June, a holiday; the period may end on it.
RULE = Rule(
    id="MAD-15-comment-30d",
    subject=("draft_published_for_comment",),
    kinds=("major_policy_decision",),
    require=Check(any_of(LONG_ENOUGH, field("shortened_reason").is_true()), due=EARLIEST_CLOSE),
    breach_zh="重大决策征求意见不足三十日",
    duty_zh="重大行政决策公开征求意见一般不少于三十日；情况紧急需要缩短的，应当同时说明",
    remedy_zh="请延长征求意见的期限，或者公开说明缩短的理由。",
    examples=(
        Example("第三十日截止", "met", _open(comment_until="2026-06-20"), "2026-07-01", due="2026-06-20"),
        Example(
            "第二十九日截止，没有说明",
            "breached",
            _open(comment_until="2026-06-19", shortened_reason=False),
            "2026-07-01",
            due="2026-06-20",
        ),
        Example(
            "缩短并说明理由",
            "met",
            _open(comment_until="2026-06-01", shortened_reason=True),
            "2026-07-01",
            due="2026-06-20",
        ),
        Example(
            "缩短，没有填报是否说明",
            "unknown",
            _open(comment_until="2026-06-19"),
            "2026-07-01",
            due="2026-06-20",
        ),
        Example("没有填报截止日", "unknown", _open(shortened_reason=False), "2026-07-01", due="2026-06-20"),
        Example(
            "条例施行以前",
            "not_applicable",
            _open("2019-08-31", comment_until="2019-09-05", shortened_reason=False),
            "2026-07-01",
        ),
    ),
)

"""A document tied to business stays open for comments for thirty days (优化营商环境条例第六十二条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, event, exists, it, not_

from ..comment_period import EARLIEST_CLOSE, LONG_ENOUGH
from ..drafting import draft_says

#: A draft that does not say so is not secret (the contract puts false in the place of what is not stated).
_SECRET = exists(event("document_drafted", where=it("secret").or_if_missing(False).is_true()))


def _drafted(**data: Any) -> dict[str, object]:
    return step("document_drafted", "2026-05-11", **(data or {"business_related": True}))


def _open_until(day: str | None) -> dict[str, object]:
    data: dict[str, Any] = {} if day is None else {"comment_until": day}
    return step("draft_published_for_comment", "2026-05-21", **data)


#: Thirty days after 21 May 2026 is Saturday 20 June, a holiday; the period may end on it.
RULE = Rule(
    id="BER-62-comment-30d",
    subject=("draft_published_for_comment",),
    kinds=("normative_document",),
    when=all_of(draft_says("business_related"), not_(_SECRET)),
    require=Check(LONG_ENOUGH, due=EARLIEST_CLOSE),
    breach_zh="涉企文件征求意见不足三十日",
    duty_zh="与企业生产经营密切相关的规范性文件，公开征求意见一般不少于三十日，依法需要保密的除外",
    remedy_zh="请延长征求意见的期限，并重新公告截止日。",
    examples=(
        Example(
            "第三十日截止", "met", (_drafted(), _open_until("2026-06-20")), "2026-07-01", due="2026-06-20"
        ),
        Example(
            "第二十九日截止",
            "breached",
            (_drafted(), _open_until("2026-06-19")),
            "2026-07-01",
            due="2026-06-20",
        ),
        Example("没有填报截止日", "unknown", (_drafted(), _open_until(None)), "2026-07-01", due="2026-06-20"),
        Example(
            "没有填报是否涉企", "unknown", (_drafted(secret=False), _open_until("2026-06-19")), "2026-07-01"
        ),
        Example("没有起草记录", "unknown", (_open_until("2026-06-19"),), "2026-07-01"),
        Example(
            "与生产经营无关",
            "not_applicable",
            (_drafted(business_related=False), _open_until("2026-06-19")),
            "2026-07-01",
        ),
        Example(
            "依法需要保密",
            "not_applicable",
            (_drafted(business_related=True, secret=True), _open_until("2026-06-19")),
            "2026-07-01",
        ),
        Example(
            "条例施行以前",
            "not_applicable",
            (
                step("document_drafted", "2019-12-02", business_related=True),
                step("draft_published_for_comment", "2019-12-31", comment_until="2020-01-10"),
            ),
            "2026-07-01",
        ),
    ),
)

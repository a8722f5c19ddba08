"""A document tied to business passes the review of fair competition and of legality first (优化营商环境条例第六十三条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, all_of, event, exists

from ..drafting import draft_says


def _drafted(**data: Any) -> dict[str, object]:
    return step("document_drafted", "2026-03-02", **(data or {"business_related": True}))


def _fair(on: str = "2026-04-13") -> dict[str, object]:
    return step("fair_competition_review_given", on)


def _legality(on: str = "2026-04-20") -> dict[str, object]:
    return step("legality_review_given", on, result="lawful")


_PUBLISHED = step("document_published", "2026-05-11")

RULE = Rule(
    id="BER-63-reviews",
    subject=("document_published",),
    kinds=("normative_document",),
    when=draft_says("business_related"),
    require=Check(
        all_of(
            exists(event("fair_competition_review_given", place="before")),
            exists(event("legality_review_given", place="before")),
        )
    ),
    breach_zh="涉企文件未经两项审查",
    duty_zh="与企业生产经营密切相关的规范性文件，公布前应经过公平竞争审查和合法性审核",
    remedy_zh="请补做缺少的审查；审查通过以前停止执行该文件。",
    examples=(
        Example("两项审查都在公布以前", "met", (_drafted(), _fair(), _legality(), _PUBLISHED), "2026-06-01"),
        Example("没有公平竞争审查", "breached", (_drafted(), _legality(), _PUBLISHED), "2026-06-01"),
        Example("没有合法性审核", "breached", (_drafted(), _fair(), _PUBLISHED), "2026-06-01"),
        Example(
            "公布以后才审查",
            "breached",
            (_drafted(), _legality(), _PUBLISHED, _fair("2026-05-12")),
            "2026-06-01",
        ),
        Example("没有填报是否涉企", "unknown", (_drafted(affects_rights=True), _PUBLISHED), "2026-06-01"),
        Example("没有起草记录", "unknown", (_PUBLISHED,), "2026-06-01"),
        Example(
            "与生产经营无关", "not_applicable", (_drafted(business_related=False), _PUBLISHED), "2026-06-01"
        ),
    ),
)

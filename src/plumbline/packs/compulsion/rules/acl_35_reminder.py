"""Before compulsory execution is decided the party is warned, and what it answers is reviewed (行政强制法第三十五条至第三十七条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import (
    NEVER,
    Check,
    all_of,
    any_of,
    event,
    exists,
    field,
    it,
    it_order,
    last,
    not_,
    on,
)

from ..histories import demanded

_PARTS = ("term", "manner", "right_to_state")
_NOTICE = event(
    "demand_notice_served",
    place="before",
    where=all_of(
        it("states").holds_all(*_PARTS),
        any_of(field("object").ne("money"), it("states").holds("amount")),
        any_of(it("term_until").lt(on()), field("assets_being_hidden").is_true()),
    ),
)
_STATED = event(
    "statement_received",
    place="before",
    where=it_order().gt(last(_NOTICE, it_order(), NEVER)),
)
_REVIEWED = event("statement_reviewed", place="before")
# One review may answer several statements; the last statement needs one after it.
_ALL_REVIEWED = not_(last(_STATED, it_order(), -1).gt(last(_REVIEWED, it_order(), -1)))

_ALL = [*_PARTS, "amount"]
_GOOD = demanded("2026-06-01", states=_ALL, term_until="2026-06-15")
_STATEMENT = step("statement_received", "2026-06-05")
_REVIEW = step("statement_reviewed", "2026-06-10", sound=False)


def _decided(at: str = "2026-06-16", what: str = "money", **data: Any) -> dict[str, Any]:
    return step("execution_decision_made", at, object=what, **data)


RULE = Rule(
    id="ACL-35-reminder",
    subject=("execution_decision_made",),
    require=Check(all_of(exists(_NOTICE), _ALL_REVIEWED)),
    breach_zh="强制执行决定前未依法催告",
    duty_zh="强制执行决定前应书面催告，写明期限、方式、金额和陈述申辩权；催告期满、意见复核之后才能决定",
    remedy_zh="请先送达内容齐全的催告书，期满并复核当事人意见之后再作决定。",
    examples=(
        Example("催告期满后决定", "met", (_GOOD, _decided()), "2026-07-01"),
        Example(
            "催告期限的最后一日就决定",
            "breached",
            (_GOOD, _decided("2026-06-15", assets_being_hidden=False)),
            "2026-07-01",
        ),
        Example(
            "有转移财物迹象，可以立即决定",
            "met",
            (_GOOD, _decided("2026-06-08", assets_being_hidden=True)),
            "2026-07-01",
        ),
        Example(
            "催告期内决定，有无转移迹象没有填报", "unknown", (_GOOD, _decided("2026-06-08")), "2026-07-01"
        ),
        Example("没有催告", "breached", (_decided(),), "2026-07-01"),
        Example(
            "决定之后才催告",
            "breached",
            (_decided("2026-06-01"), demanded("2026-06-02", states=_ALL, term_until="2026-06-10")),
            "2026-07-01",
        ),
        *(
            Example(
                f"催告书缺少{zh}",
                "breached",
                (
                    demanded("2026-06-01", states=[p for p in _ALL if p != part], term_until="2026-06-15"),
                    _decided(),
                ),
                "2026-07-01",
            )
            for part, zh in (
                ("term", "期限"),
                ("manner", "方式"),
                ("amount", "金额"),
                ("right_to_state", "陈述申辩权"),
            )
        ),
        Example(
            "不是金钱义务，不须写明金额",
            "met",
            (
                demanded("2026-06-01", states=list(_PARTS), term_until="2026-06-15"),
                _decided(what="structure"),
            ),
            "2026-07-01",
        ),
        Example(
            "催告内容没有填报",
            "unknown",
            (demanded("2026-06-01", term_until="2026-06-15"), _decided()),
            "2026-07-01",
        ),
        Example(
            "催告期限没有填报", "unknown", (demanded("2026-06-01", states=_ALL), _decided()), "2026-07-01"
        ),
        Example("意见已复核", "met", (_GOOD, _STATEMENT, _REVIEW, _decided()), "2026-07-01"),
        Example("意见没有复核", "breached", (_GOOD, _STATEMENT, _decided()), "2026-07-01"),
        Example(
            "复核之后又有意见",
            "breached",
            (_GOOD, _STATEMENT, _REVIEW, step("statement_received", "2026-06-12"), _decided()),
            "2026-07-01",
        ),
        Example(
            "两次意见一并复核",
            "met",
            (_GOOD, _STATEMENT, step("statement_received", "2026-06-08"), _REVIEW, _decided()),
            "2026-07-01",
        ),
        Example(
            "决定之后的意见不在此列",
            "met",
            (_GOOD, _decided(), step("statement_received", "2026-06-20")),
            "2026-07-01",
        ),
        Example(
            "催告之前的意见不在此列",
            "met",
            (step("statement_received", "2026-05-20"), _GOOD, _decided()),
            "2026-07-01",
        ),
        Example("行政强制法施行前", "not_applicable", (_decided("2011-12-31"),), "2012-02-01"),
    ),
)

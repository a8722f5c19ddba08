"""While its act is under reconsideration the agency collects no evidence of its own accord (行政复议法第四十六条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, count, event, field, it

_BY_RECONSIDERATION = it("route").eq("reconsideration")
_BEGUN = count(event("challenge_started", place="before", where=_BY_RECONSIDERATION))
_ENDED = count(event("challenge_ended", place="before", where=_BY_RECONSIDERATION))


def _collected(source: str = "officers", **data: Any) -> dict[str, object]:
    return step(
        "evidence_collected", "2026-06-10", evidence="Z9", evidence_kind="documentary", source=source, **data
    )


def _begun(on: str = "2026-06-01", route: str = "reconsideration") -> dict[str, object]:
    return step("challenge_started", on, route=route)


def _ended(on: str) -> dict[str, object]:
    return step("challenge_ended", on, route="reconsideration", outcome="upheld")


RULE = Rule(
    id="REC-46-no-new-evidence",
    subject=("evidence_collected",),
    when=all_of(field("source").eq("officers"), _BEGUN.gt(_ENDED)),
    require=Check(field("permitted_by_reconsideration_organ").is_true()),
    breach_zh="复议期间自行收集证据",
    duty_zh="复议期间，被申请人不得自行收集证据；需要补充的，先取得复议机构同意",
    remedy_zh="该证据不能证明行政行为合法，请不要据以答复；确需补充的，请报复议机构同意。",
    examples=(
        Example(
            "复议机构同意补充",
            "met",
            (filed(), _begun(), _collected(permitted_by_reconsideration_organ=True)),
            "2026-06-20",
        ),
        Example(
            "自行收集",
            "breached",
            (filed(), _begun(), _collected(permitted_by_reconsideration_organ=False)),
            "2026-06-20",
        ),
        Example("没有填报是否同意", "unknown", (filed(), _begun(), _collected()), "2026-06-20"),
        Example(
            "当日终结在先",
            "not_applicable",
            (filed(), _begun(), _ended("2026-06-10"), _collected()),
            "2026-06-20",
        ),
        Example(
            "当日终结在后",
            "breached",
            (filed(), _begun(), _collected(permitted_by_reconsideration_organ=False), _ended("2026-06-10")),
            "2026-06-20",
        ),
        Example(
            "终结后又受理一次",
            "breached",
            (
                filed(),
                _begun(),
                _ended("2026-06-05"),
                _begun("2026-06-08"),
                _collected(permitted_by_reconsideration_organ=False),
            ),
            "2026-06-20",
        ),
        Example("没有复议", "not_applicable", (filed(), _collected()), "2026-06-20"),
        Example(
            "进行的是诉讼",
            "not_applicable",
            (filed(), _begun(route="litigation"), _collected()),
            "2026-06-20",
        ),
        Example("当事人提交的", "not_applicable", (filed(), _begun(), _collected("submitted")), "2026-06-20"),
    ),
)

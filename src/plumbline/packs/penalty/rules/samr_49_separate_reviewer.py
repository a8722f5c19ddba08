"""市场监督管理行政处罚程序规定第四十九条: who handles the case does not review it."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, event, separate

from ..families import in_domain, other_domain

#: Who handled the case: those it was given to, and those who took records and evidence in it.
_HANDLED = event("officer_assigned", "record_made", "evidence_collected", place="before")
_OFFICERS = ({"id": "E-1", "role": "officer"}, {"id": "E-2", "role": "officer"})
_ASSIGNED = step("officer_assigned", "2026-03-02", actors=_OFFICERS)


def _reviewed(by: str, activity: str = "legal_review_passed") -> dict[str, object]:
    actors = ({"id": by, "role": "legal_reviewer"},) if by else ()
    return step(activity, "2026-06-01", actors=actors, written=True)


RULE = Rule(
    id="SAMR-49-separate-reviewer",
    subject=("legal_review_passed", "legal_review_returned"),
    kinds=("penalty",),
    when=in_domain("market"),
    require=Check(separate("legal_reviewer", "officer", _HANDLED)),
    gate=True,
    breach_zh="办案人员审核自己的案件",
    duty_zh="承办案件的执法人员，不得担任本案的审核人员",
    remedy_zh="请由未参与办案的人员重新审核。",
    examples=(
        Example(
            "审核人员没有办案", "met", (filed(domain="market"), _ASSIGNED, _reviewed("R-1")), "2026-07-01"
        ),
        Example(
            "承办人通过审核", "breached", (filed(domain="market"), _ASSIGNED, _reviewed("E-1")), "2026-07-01"
        ),
        Example(
            "承办人退回审核",
            "breached",
            (filed(domain="market"), _ASSIGNED, _reviewed("E-2", "legal_review_returned")),
            "2026-07-01",
        ),
        Example(
            "制作笔录的人通过审核",
            "breached",
            (filed(domain="market"), step("record_made", "2026-03-03", actors=_OFFICERS), _reviewed("E-1")),
            "2026-07-01",
        ),
        Example(
            "其他领域",
            "not_applicable",
            (filed(domain=other_domain("market")), _ASSIGNED, _reviewed("E-1")),
            "2026-07-01",
        ),
        Example("没有填报领域", "unknown", (_ASSIGNED, _reviewed("R-1")), "2026-07-01"),
        Example(
            "没有填报审核人员", "unknown", (filed(domain="market"), _ASSIGNED, _reviewed("")), "2026-07-01"
        ),
        Example(
            "没有填报谁做的笔录",
            "unknown",
            (filed(domain="market"), step("record_made", "2026-03-03"), _reviewed("R-1")),
            "2026-07-01",
        ),
    ),
)

"""A clue of a duty crime found in a case goes to the supervisory commission (行政执法机关移送涉嫌犯罪案件的规定第十九条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, all_of, event, field, kind


def _suspected(level: str = "duty_crime", kind: str = "penalty") -> dict[str, object]:
    return step("misconduct_suspected", "2026-06-01", kind=kind, person_kind="public_official", level=level)


def _sent(kind: str = "penalty") -> dict[str, object]:
    return step("supervision_clue_sent", "2026-06-05", kind=kind)


def _closed(kind: str = "penalty") -> dict[str, object]:
    return step("case_closed", "2026-06-20", kind=kind)


RULE = Rule(
    id="TSC-19-supervision-clue",
    subject=("misconduct_suspected",),
    when=all_of(field("level").eq("duty_crime"), kind().one_of("penalty", "inspection", "crime_transfer")),
    require=Promptly(event("supervision_clue_sent", place="after")),
    breach_zh="职务犯罪线索未移送",
    duty_zh="办案中发现公职人员涉嫌职务犯罪的，应当及时把线索移送监察机关或者检察院",
    remedy_zh="请立即移送线索，并登记移送日期和接收机关。",
    examples=(
        Example("已经移送", "met", (_suspected(), _sent(), _closed()), "2026-07-01"),
        Example("尚未移送", "pending", (_suspected(),), "2026-07-01"),
        Example("没有移送就结案", "breached", (_suspected(), _closed()), "2026-07-01"),
        Example(
            "检查中发现，没有移送就结束",
            "breached",
            (_suspected(kind="inspection"), _closed("inspection")),
            "2026-07-01",
        ),
        Example("只是职务违法", "not_applicable", (_suspected("duty_violation"),), "2026-07-01"),
        Example(
            "监督中发现的，不由本条管",
            "not_applicable",
            (_suspected(kind="supervision_lead"),),
            "2026-07-01",
        ),
    ),
)

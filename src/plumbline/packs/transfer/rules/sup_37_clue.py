"""Clues of duty violations and crimes go to the supervisory commission (监察法第三十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, event


def _suspected(level: str = "duty_crime", kind: str = "penalty", on: str = "2026-06-01") -> dict[str, object]:
    return step("misconduct_suspected", on, kind=kind, person_kind="enforcement_officer", level=level)


def _sent(kind: str = "penalty") -> dict[str, object]:
    return step("supervision_clue_sent", "2026-06-05", kind=kind)


RULE = Rule(
    id="SUP-37-clue",
    subject=("misconduct_suspected",),
    require=Promptly(event("supervision_clue_sent", place="after")),
    breach_zh="公职人员问题线索未移送监察机关",
    duty_zh="工作中发现公职人员职务违法、职务犯罪线索的，应当移送监察机关",
    remedy_zh="请立即将线索移送监察机关，并登记移送日期。",
    examples=(
        Example("职务犯罪线索已移送", "met", (_suspected(), _sent()), "2026-07-01"),
        Example(
            "监督中发现的职务违法线索已移送",
            "met",
            (_suspected("duty_violation", "supervision_lead"), _sent("supervision_lead")),
            "2026-07-01",
        ),
        Example("尚未移送", "pending", (_suspected("duty_violation"),), "2026-07-01"),
        Example(
            "没有移送就结案",
            "breached",
            (_suspected("duty_violation"), step("case_closed", "2026-06-20")),
            "2026-07-01",
        ),
        Example(
            "没有移送就办结监督事项",
            "breached",
            (
                _suspected(kind="supervision_lead"),
                step("matter_closed", "2026-06-20", kind="supervision_lead"),
            ),
            "2026-07-01",
        ),
        Example(
            "修订施行之前",
            "not_applicable",
            (_suspected(on="2025-05-31"),),
            "2025-07-01",
        ),
    ),
)

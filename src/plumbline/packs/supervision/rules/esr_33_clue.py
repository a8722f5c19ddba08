"""Clues of duty violations by officers go to the competent organ promptly (行政执法监督条例第三十三条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, all_of, event, field, kind


def _suspected(person: str = "enforcement_officer") -> dict[str, object]:
    return step(
        "misconduct_suspected",
        "2026-06-01",
        kind="supervision_lead",
        person_kind=person,
        level="duty_violation",
    )


RULE = Rule(
    id="ESR-33-clue",
    subject=("misconduct_suspected",),
    when=all_of(
        field("person_kind").eq("enforcement_officer"),
        kind().one_of("supervision_lead", "supervision_instrument"),
    ),
    require=Promptly(event("supervision_clue_sent", place="after")),
    breach_zh="违法违纪线索未移送",
    duty_zh="监督中发现执法人员涉嫌违法违纪的线索，应当及时移送有权机关",
    remedy_zh="请移送监察机关或者任免机关，并登记回执。",
    examples=(
        Example(
            "已移送",
            "met",
            (
                _suspected(),
                step("supervision_clue_sent", "2026-06-05", kind="supervision_lead"),
            ),
            "2026-07-01",
        ),
        Example("尚未移送", "pending", (_suspected(),), "2026-07-01"),
        Example(
            "未移送就办结",
            "breached",
            (
                _suspected(),
                step("matter_closed", "2026-06-05", kind="supervision_lead"),
            ),
            "2026-07-01",
        ),
        Example(
            "不是执法人员",
            "not_applicable",
            (_suspected("public_official"),),
            "2026-07-01",
        ),
        Example(
            "办案中发现的，不由本条管",
            "not_applicable",
            (
                step(
                    "misconduct_suspected",
                    "2026-06-01",
                    kind="penalty",
                    person_kind="enforcement_officer",
                    level="duty_violation",
                ),
            ),
            "2026-07-01",
        ),
    ),
)

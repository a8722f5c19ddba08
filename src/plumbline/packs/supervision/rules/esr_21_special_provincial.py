"""Special supervision is for the province and above, on an approved plan (行政执法监督条例第二十一条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Check, agency, all_of, field, row_value


def _launched(*, approved: bool = True) -> dict[str, object]:
    return step(
        "special_supervision_launched",
        "2026-06-01",
        kind="supervision_lead",
        plan_approved_by_government=approved,
    )


def _level(level: str) -> dict[str, object]:
    return {"agencies": [{"code": "A-1", "kind": "supervision_organ", "level": level}]}


RULE = Rule(
    id="ESR-21-special-provincial",
    subject=("special_supervision_launched",),
    require=Check(
        all_of(
            row_value("agencies", "code", agency(), "level").one_of("province", "national"),
            field("plan_approved_by_government").is_true(),
        )
    ),
    gate=True,
    breach_zh="专项监督越级开展",
    duty_zh="专项监督由省级以上监督机构制定方案，报本级人民政府批准后开展；区级开展日常监督和重点监督",
    remedy_zh="区级监督机构请改用日常监督或者重点监督。",
    examples=(
        Example("省级且方案已批准", "met", (_launched(),), "2026-07-01", _level("province")),
        Example(
            "区级开展专项监督",
            "breached",
            (_launched(),),
            "2026-07-01",
            _level("district"),
        ),
        Example(
            "方案没有批准",
            "breached",
            (_launched(approved=False),),
            "2026-07-01",
            _level("province"),
        ),
        Example("机关没有登记", "unknown", (_launched(),), "2026-07-01", {"agencies": []}),
        Example(
            "条例施行前一日开展",
            "not_applicable",
            (
                step(
                    "special_supervision_launched",
                    "2026-01-31",
                    kind="supervision_lead",
                    plan_approved_by_government=False,
                ),
            ),
            "2026-07-01",
        ),
    ),
)

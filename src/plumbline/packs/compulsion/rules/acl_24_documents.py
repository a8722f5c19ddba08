"""Decision and list are handed over on the spot and say what they have to (行政强制法第二十四条)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.language import Check, all_of, field

from ..histories import taken
from ..measures import SEIZING

_PARTS = ("party", "reason_basis_period", "property", "remedies", "agency_seal_date")


def _sealed(**changes: Any) -> dict[str, Any]:
    stated = {
        "decision_delivered": True,
        "list_delivered": True,
        "document_states": list(_PARTS),
        **changes,
    }
    return taken("2026-06-01", **{name: value for name, value in stated.items() if value is not None})


RULE = Rule(
    id="ACL-24-documents",
    subject=SEIZING,
    require=Check(
        all_of(
            field("decision_delivered").is_true(),
            field("list_delivered").is_true(),
            field("document_states").holds_all(*_PARTS),
        )
    ),
    breach_zh="查封扣押文书未当场交付或内容不全",
    duty_zh="查封扣押应当场交付决定书和清单，决定书写明当事人、理由依据期限、财物、救济途径、机关印章和日期",
    remedy_zh="请立即补送决定书和清单，并补正缺少的内容。",
    examples=(
        Example("当场交付，内容齐全", "met", (_sealed(),), "2026-06-10"),
        Example("没有交付决定书", "breached", (_sealed(decision_delivered=False),), "2026-06-10"),
        Example("没有交付清单", "breached", (_sealed(list_delivered=False),), "2026-06-10"),
        *(
            Example(
                f"决定书缺少第{number}项",
                "breached",
                (_sealed(document_states=[each for each in _PARTS if each != part]),),
                "2026-06-10",
            )
            for number, part in enumerate(_PARTS, 1)
        ),
        Example("决定书内容没有填报", "unknown", (_sealed(document_states=None),), "2026-06-10"),
        Example("清单是否交付没有填报", "unknown", (_sealed(list_delivered=None),), "2026-06-10"),
        Example(
            "内容没有填报，但没有交付清单",
            "breached",
            (taken("2026-06-01", "seized", list_delivered=False),),
            "2026-06-10",
        ),
        Example("行政强制法施行前", "not_applicable", (taken("2011-12-31"),), "2012-02-01"),
    ),
)

"""The party is told of an extension promptly, in writing and with reasons (行政强制法第二十五条第二款)."""

from typing import Any

from plumbline.rules import Example, Rule
from plumbline.rules.examples import step
from plumbline.rules.language import Promptly, any_of, comes_before, exists, it

from ..histories import disposed, extended, lifted, taken
from ..measures import ENDED, SEIZING, of_the_measure

_NOTICE = of_the_measure("extension_notice_served")
_SEALED = taken("2026-06-01")
_EXTENDED = extended("2026-06-20")


def _told(on: str, measure: str = "C1", **data: Any) -> dict[str, Any]:
    return step("extension_notice_served", on, method="direct", measure=measure, **data)


RULE = Rule(
    id="ACL-25-extension-notice",
    subject=("seizure_extended",),
    when=exists(of_the_measure(*SEIZING, place="anywhere")),
    require=Promptly(
        of_the_measure("extension_notice_served", where=it("states_reasons").is_true()),
        fails=any_of(
            exists(of_the_measure("extension_notice_served", where=it("states_reasons").is_false())),
            comes_before(ENDED, _NOTICE),
        ),
    ),
    breach_zh="延长查封扣押未书面告知理由",
    duty_zh="延长查封扣押的，应及时把延长的决定和理由书面告知当事人",
    remedy_zh="请立即向当事人送达延长告知并写明理由。",
    examples=(
        Example(
            "已告知并说明理由",
            "met",
            (_SEALED, _EXTENDED, _told("2026-06-22", states_reasons=True)),
            "2026-07-01",
        ),
        Example(
            "告知而没有理由",
            "breached",
            (_SEALED, _EXTENDED, _told("2026-06-22", states_reasons=False)),
            "2026-07-01",
        ),
        Example("是否说明理由没有填报", "unknown", (_SEALED, _EXTENDED, _told("2026-06-22")), "2026-07-01"),
        Example("尚未告知", "pending", (_SEALED, _EXTENDED), "2026-07-01"),
        *(
            Example(f"{how}之前没有告知", "breached", (_SEALED, _EXTENDED, ended), "2026-07-20")
            for how, ended in (
                ("解除", lifted("2026-07-10")),
                ("处理", disposed("2026-07-10")),
                ("结案", step("case_closed", "2026-07-10")),
            )
        ),
        Example(
            "解除之后才告知",
            "breached",
            (_SEALED, _EXTENDED, lifted("2026-07-10"), _told("2026-07-11", states_reasons=True)),
            "2026-07-20",
        ),
        Example(
            "告知的是另一项措施",
            "pending",
            (_SEALED, _EXTENDED, _told("2026-06-22", "C2", states_reasons=True)),
            "2026-07-01",
        ),
        Example(
            "延长的是冻结",
            "not_applicable",
            (taken("2026-06-01", "deposits_frozen"), _EXTENDED),
            "2026-07-01",
        ),
    ),
)

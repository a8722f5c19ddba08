"""Against a penalty on the spot, reconsideration comes first, and the party is told so (行政复议法第二十三条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, field

from ..conditions import SUMMARY_PENALTY

RULE = Rule(
    id="REC-23-precedence-notice",
    subject=("decision_made",),
    when=SUMMARY_PENALTY,
    require=Check(field("reconsideration_first_told").is_true()),
    gate=True,
    breach_zh="当场处罚未告知复议前置",
    duty_zh="当场作出处罚决定时，应当告知当事人先申请行政复议",
    remedy_zh="请在决定书中写明先向行政复议机关申请复议。",
    examples=(
        Example(
            "已告知",
            "met",
            (
                filed(),
                fined(
                    "2026-03-20",
                    10_000,
                    procedure="summary",
                    reconsideration_first_told=True,
                ),
            ),
            "2026-04-01",
        ),
        Example(
            "没有告知",
            "breached",
            (
                filed(),
                fined(
                    "2026-03-20",
                    10_000,
                    procedure="summary",
                    reconsideration_first_told=False,
                ),
            ),
            "2026-04-01",
        ),
        Example(
            "没有填报",
            "unknown",
            (filed(), fined("2026-03-20", 10_000, procedure="summary")),
            "2026-04-01",
        ),
        Example("普通程序", "not_applicable", (filed(), fined("2026-03-20")), "2026-04-01"),
    ),
)

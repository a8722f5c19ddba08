"""The decision tells the right, the organ and the term of reconsideration (行政复议法实施条例第二十五条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined
from plumbline.rules.language import Check, field

from ..conditions import PENALISED

_ON, _DECIDED = "2026-07-02", "2026-07-20"

RULE = Rule(
    id="RECR-25-tell-rights",
    subject=("decision_made",),
    when=PENALISED,
    require=Check(field("reconsideration_told").holds_all("right", "organ", "period")),
    breach_zh="未告知复议权利",
    duty_zh="作出对当事人不利的决定，应告知申请行政复议的权利、复议机关和申请期限",
    remedy_zh="请在决定书中补充告知。",
    examples=(
        Example(
            "三项都已告知",
            "met",
            (
                filed(_ON),
                fined(_DECIDED, reconsideration_told=["right", "organ", "period"]),
            ),
            "2026-09-01",
        ),
        Example(
            "没有告知期限",
            "breached",
            (filed(_ON), fined(_DECIDED, reconsideration_told=["right", "organ"])),
            "2026-09-01",
        ),
        Example("没有填报", "unknown", (filed(_ON), fined(_DECIDED)), "2026-09-01"),
        Example(
            "实施条例修订施行前一日决定",
            "not_applicable",
            (filed("2026-05-06"), fined("2026-06-30", reconsideration_told=["right"])),
            "2026-09-01",
        ),
    ),
)

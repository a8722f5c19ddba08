"""Every stage leaves its record in the file (行政处罚法第四十七条)."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, fined, step
from plumbline.rules.expression import Expression
from plumbline.rules.language import (
    Check,
    all_of,
    any_of,
    event,
    exists,
    field,
    kind,
    not_,
)

from ..recording import STAGES


def _recorded(stage: str, activities: tuple[str, ...]) -> Expression:
    return any_of(not_(exists(event(*activities))), field("recorded_stages").holds(stage))


def _archived(*stages: str) -> dict[str, object]:
    return step("file_archived", "2026-06-30", recorded_stages=list(stages))


RULE = Rule(
    id="APL-47-whole-process",
    subject=("file_archived",),
    when=kind().eq("penalty"),
    require=Check(all_of(*(_recorded(stage, activities) for stage, activities in STAGES.items()))),
    breach_zh="全过程记录有缺项",
    duty_zh="对处罚的启动、调查取证、审核、决定、送达、执行等应当全过程记录并归档保存",
    remedy_zh="请补齐缺少阶段的记录后归档。",
    examples=(
        Example(
            "发生的阶段都有记录",
            "met",
            (filed(), fined("2026-05-28"), _archived("start", "decision")),
            "2026-07-01",
        ),
        Example(
            "决定没有记录",
            "breached",
            (filed(), fined("2026-05-28"), _archived("start")),
            "2026-07-01",
        ),
        Example(
            "没有填报",
            "unknown",
            (filed(), fined("2026-05-28"), step("file_archived", "2026-06-30")),
            "2026-07-01",
        ),
        Example(
            "处罚法修订施行前一日归档",
            "not_applicable",
            (filed("2021-06-01"), step("file_archived", "2021-07-14", recorded_stages=[])),
            "2021-09-01",
        ),
    ),
)

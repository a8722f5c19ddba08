"""生态环境行政处罚办法第八十条: once the file is archived nothing is added to it, changed or taken out."""

from plumbline.rules import Example, Rule
from plumbline.rules.examples import filed, step
from plumbline.rules.language import Check, all_of, event, exists, not_

from ..families import in_domain, other_domain

_ARCHIVED = exists(event("file_archived", place="before"))
_FILE = step("file_archived", "2026-06-01")


def _added(on: str, activity: str = "evidence_collected") -> dict[str, object]:
    if activity == "record_made":
        return step(activity, on, record="interview")
    return step(activity, on, evidence="Z1", evidence_kind="documentary", source="officers")


RULE = Rule(
    id="MEE-80-immutable",
    subject=("evidence_collected", "record_made"),
    when=all_of(in_domain("ecology"), _ARCHIVED),
    require=Check(not_(_ARCHIVED)),
    gate=True,
    breach_zh="归档后增加案卷材料",
    duty_zh="案卷一经归档，谁都不得再增加、改动或者抽走材料",
    remedy_zh="请撤出新增材料另行立卷，并书面说明经过。",
    examples=(
        Example(
            "归档后补充证据", "breached", (filed(domain="ecology"), _FILE, _added("2026-06-02")), "2026-07-01"
        ),
        Example(
            "归档后补做笔录",
            "breached",
            (filed(domain="ecology"), _FILE, _added("2026-06-02", "record_made")),
            "2026-07-01",
        ),
        Example(
            "同日，先取证后归档",
            "not_applicable",
            (filed(domain="ecology"), _added("2026-06-01"), _FILE),
            "2026-07-01",
        ),
        Example("没有归档", "not_applicable", (filed(domain="ecology"), _added("2026-06-02")), "2026-07-01"),
        Example(
            "其他领域",
            "not_applicable",
            (filed(domain=other_domain("ecology")), _FILE, _added("2026-06-02")),
            "2026-07-01",
        ),
        Example("没有填报领域", "unknown", (_FILE, _added("2026-06-02")), "2026-07-01"),
    ),
)

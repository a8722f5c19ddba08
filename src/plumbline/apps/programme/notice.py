"""新政办[2022]14号 as a plan: its 23 annex tasks, 79 duties of the body, four phases and ten conflicts, from the project's data."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from plumbline.platform.identity.models import Agency

from .plan import Plan, PlanConflict, PlanPhase, PlanTask

DATA = Path(__file__).parent / "data"


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def notice_2022_14() -> Plan:
    """The plan, with its groups made up of the agencies that are registered."""
    told, own = _read("pilot_tasks.yaml"), _read("notice_2022_14.yaml")
    meta, proposals = told["meta"], told["conflicts"]
    sections = {str(row["annex_section"]): str(row["annex_section_name"]) for row in told["annex_tasks"]}
    return Plan(
        key=own["key"],
        title=own["title"],
        number=own["number"],
        issuer=meta["issuer"],
        issued_on=date.fromisoformat(meta["date"]),
        from_on=min(_day(p["start"]) for p in told["phases"]),
        to_on=max(_day(p["end"]) for p in told["phases"]),
        phases=tuple(_phase(row) for row in told["phases"]),
        tasks=(
            *(_annex(row, own, sections) for row in told["annex_tasks"]),
            *(_duty(row, own) for row in told["body_requirements"]),
        ),
        conflicts=tuple(
            PlanConflict(c["id"], tuple(c["about"]), c["text"], PROPOSALS.get(c["id"], "")) for c in proposals
        ),
        groups={name: _members(group) for name, group in own["groups"].items()}
        | {name: _members({"codes": [code]}) for name, code in own["units"].items()},
    )


#: What is proposed for each conflict, as it is shown.
PROPOSALS = {
    "C1": "两个时限都显示：附件 2022-06-30 为任务时限，正文 2022-07-31 为最迟日",
    "C2": "时限早于印发日的显示“待补报”，印发日以前的日子不计逾期",
    "C3": "以附件为准，各街道办事处也制定目录",
    "C4": "作为同一份指引，两个名称都保留",
    "C5": "两个名称都保留",
    "C6": "每个单位一份，各自报送",
    "C7": "作为每年的义务，没有试点时限",
    "C8": "作为 T3-7 的组成部分一并跟踪",
    "C9": "由区司法局确认 10 家单位的名单；演示名单为示例",
    "C10": "由区司法局确认凤凰镇是否参加",
}


def _day(said: Any) -> date:
    return date.fromisoformat(str(said))


def _members(group: dict[str, list[str]]) -> tuple[str, ...]:
    wanted, prefixes = set(group.get("codes", [])), tuple(group.get("prefixes", []))
    codes = Agency.objects.order_by("code").values_list("code", flat=True)
    return tuple(code for code in codes if code in wanted or (prefixes and code.startswith(prefixes)))


def _phase(row: dict[str, Any]) -> PlanPhase:
    return PlanPhase(
        row["id"], row["name"], _day(row["start"]), _day(row["end"]), tuple(row["contents"]),
        tuple((m["name"], _day(m["due"])) for m in row.get("milestones", ())),
    )  # fmt: skip


def _links(own: dict[str, Any], code: str) -> tuple[tuple[str, str], ...]:
    return tuple((page, words) for page, words in own["links"].get(code, ()))


def _annex(row: dict[str, Any], own: dict[str, Any], sections: dict[str, str]) -> PlanTask:
    code, points = row["id"], own["points"]
    return PlanTask(
        code=code,
        kind="annex",
        section=sections[str(row["annex_section"])],
        title=row["task"],
        units=tuple(row["responsible"]),
        due=tuple(_day(day) for day in row["due"]),
        deliverable=row["deliverable"],
        demand=row["body_requirement"],
        refs=tuple(row["body_refs"]),
        after=tuple(own["after"].get(code, ())),
        points=5 if code in points["five"] else points["default"],
        elements=tuple(own["elements"].get(code, ())),
        links=_links(own, code),
    )


def _duty(row: dict[str, Any], own: dict[str, Any]) -> PlanTask:
    code = row["id"]
    return PlanTask(
        code=code,
        kind="body",
        section=row["section"],
        title=row["requirement"],
        units=tuple(row["units"]),
        due=(_day(row["due"]),) if row["due"] else (),
        unit_stated=bool(row["unit_stated"]),
        recurs=str(row["recurs"] or ""),
        nature=row["kind"],
        refs=tuple(row["annex"]),
        after=tuple(own["after"].get(code, ())),
        body_only=bool(row["body_only"]),
        stage=own["stages"].get(code, ""),
        links=_links(own, code),
    )

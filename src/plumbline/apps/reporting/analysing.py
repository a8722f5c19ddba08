"""What 《执法工作情况报告》 looks at (新政办[2022]14号 二(二)1(2)): duties, discretion, execution, disputes, each from figures.

A figure is the same measure as on the statistics page, over the period, beside the same period a year before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind

from .figures import period_counts, value_of
from .measures import CODES, measures
from .models import FactTotal

#: Part, its heading, the measures it shows.
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "duties",
        "职责履行情况",
        ("case.filed", "penalty", "decision.summary", "decision.no_penalty", "case.closed", "inspection.done", "publicity.published"),
    ),
    (
        "discretion",
        "裁量权行使情况",
        (*(f"penalty.{code}" for code in CODES), "penalty.money", "leniency.lighter", "leniency.mitigated", "leniency.heavier", "leniency.exempted"),
    ),
    (
        "execution",
        "决定执行情况",
        ("decision.served", "fine.paid", "fine.money", "execution.demanded", "execution.surcharge", "execution.court"),
    ),
    (
        "disputes",
        "复议诉讼应对情况",
        ("challenge.reconsideration", "challenge.reconsideration_ended", "challenge.reconsideration_lost", "challenge.litigation", "challenge.litigation_ended", "challenge.litigation_lost"),
    ),
)  # fmt: skip
OWN_PARTS = {"experience": "经验做法", "problems": "存在的问题", "suggestions": "意见建议"}
LABELS = {key: label for key, label, _ in PARTS} | OWN_PARTS
#: The measures of a unit's line in the district's table.
COMPARED = ("case.filed", "penalty", "penalty.money", "fine.money", "inspection.done", "case.closed", "challenge.reconsideration", "challenge.litigation")  # fmt: skip


@dataclass(frozen=True)
class Clocks:
    """Legal limits of the period that have run out: kept and missed, as the rules judged them."""

    kept: int
    missed: int

    @property
    def share(self) -> str:
        ended = self.kept + self.missed
        return f"{self.kept * 100 / ended:.1f}%" if ended else "—"


def year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)


def clocks_of(from_on: date, to_on: date, agencies: Collection[str]) -> dict[str, Clocks]:
    """By agency, in one query over the index of ended limits."""
    rows = (
        StoredVerdict.objects.unscoped("工作情况报告的期限统计")
        .filter(agency_code__in=agencies, due_on__gte=from_on, due_on__lte=to_on, days_limit__isnull=False)
        .filter(verdict__in=[VerdictKind.MET, VerdictKind.BREACHED])
        .order_by()
        .values_list("agency_code", "verdict")
        .annotate(n=Count("pk"))
    )
    told: dict[str, dict[str, int]] = {}
    for agency, verdict, number in rows:
        told.setdefault(agency, {})[verdict] = number
    return {
        agency: Clocks(each.get(VerdictKind.MET, 0), each.get(VerdictKind.BREACHED, 0))
        for agency, each in told.items()
    }


def items_used(from_on: date, to_on: date, agencies: Collection[str]) -> int:
    """How many items of the power lists led to a penalty decision in the years of the period."""
    rows = FactTotal.objects.unscoped("触发的事项").filter(
        measure__startswith="penalty.", agency_id__in=agencies, year__gte=from_on.year, year__lte=to_on.year, number__gt=0
    )  # fmt: skip
    return rows.exclude(item="").order_by().values("item").distinct().count()


def analysis_of(agencies: Collection[str], from_on: date, to_on: date) -> dict[str, Any]:
    """The figures of a period for some agencies together, by part; money in fen."""
    now = _together(period_counts(from_on, to_on, agencies=agencies).values())
    before = _together(period_counts(year_before(from_on), year_before(to_on), agencies=agencies).values())
    parts = []
    for key, label, names in PARTS:
        figures = [
            {
                "measure": name,
                "label": measures()[name].label,
                "unit": measures()[name].unit,
                "value": value_of(measures()[name], now),
                "before": value_of(measures()[name], before),
            }
            for name in names
        ]
        parts.append({"key": key, "label": label, "figures": figures})
    ended = clocks_of(from_on, to_on, agencies).values()
    return {
        "from": from_on.isoformat(),
        "to": to_on.isoformat(),
        "parts": parts,
        "kept": sum(each.kept for each in ended),
        "missed": sum(each.missed for each in ended),
        "items": items_used(from_on, to_on, agencies),
    }


def _together(counted: Iterable[Mapping[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    total: dict[str, tuple[int, int]] = {}
    for found in counted:
        for name, (number, fen) in found.items():
            before = total.get(name, (0, 0))
            total[name] = (before[0] + number, before[1] + fen)
    return total


def said(figure: Mapping[str, Any], key: str = "value") -> str:
    """A figure in words: money in yuan."""
    value = figure[key]
    return f"{value // 100:,}" if figure["unit"] == "元" else f"{value:,}"


def _figure(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return next(f for part in content["parts"] for f in part["figures"] if f["measure"] == name)


def draft_parts(name: str, content: Mapping[str, Any]) -> dict[str, str]:
    """First words for each part: what the figures say, and nothing of anybody's merit."""

    def tell(measure: str) -> str:
        figure = _figure(content, measure)
        return f"{said(figure)} {figure['unit']}"

    def value(measure: str) -> int:
        return int(_figure(content, measure)["value"])

    period = f"{content['from']} 至 {content['to']}"
    ended = content["kept"] + content["missed"]
    duties = (
        f"{period}，{name}立案 {tell('case.filed')}，作出行政处罚决定 {tell('penalty')}（其中当场处罚 {tell('decision.summary')}），"
        f"不予处罚 {tell('decision.no_penalty')}，结案 {tell('case.closed')}，行政检查 {tell('inspection.done')}，"
        f"公示处罚决定 {tell('publicity.published')}。处罚涉及 {content['items']} 个执法事项。"
    )
    if ended:
        duties += f"到期的法定期限 {ended:,} 个，按期 {content['kept']:,} 个，逾期 {content['missed']:,} 个。"
    kinds = [
        f"{f['label']} {f['value']:,} 宗"
        for f in content["parts"][1]["figures"]
        if f["measure"].startswith("penalty.P") and f["value"]
    ]
    discretion = (
        f"处罚种类（一个决定按最重的一种计）：{'，'.join(kinds) or '没有作出处罚决定'}。决定罚没金额 {tell('penalty.money')}。"
        f"从轻 {tell('leniency.lighter')}，减轻 {tell('leniency.mitigated')}，从重 {tell('leniency.heavier')}，免予 {tell('leniency.exempted')}。"
    )
    execution = (
        f"送达决定书 {tell('decision.served')}；缴纳罚款 {tell('fine.paid')}，金额 {tell('fine.money')}；催告 {tell('execution.demanded')}，"
        f"加处罚款 {tell('execution.surcharge')}，申请法院强制执行 {tell('execution.court')}。"
    )
    if value("challenge.reconsideration") + value("challenge.litigation") + value("challenge.reconsideration_ended") + value("challenge.litigation_ended"):  # fmt: skip
        disputes = (
            f"被申请行政复议 {tell('challenge.reconsideration')}，审结 {tell('challenge.reconsideration_ended')}，其中撤销、变更、确认违法 {tell('challenge.reconsideration_lost')}；"
            f"行政诉讼 {tell('challenge.litigation')}，审结 {tell('challenge.litigation_ended')}，其中败诉 {tell('challenge.litigation_lost')}。"
        )
    else:
        disputes = f"{period}没有登记的行政复议和行政诉讼。"
    return {
        "duties": duties,
        "discretion": discretion,
        "execution": execution,
        "disputes": disputes,
    } | dict.fromkeys(OWN_PARTS, "")


def district_table(agencies: Sequence[tuple[str, str]], from_on: date, to_on: date) -> list[dict[str, Any]]:
    """One line a unit, by its place in the register, never by its figures; the sum at the end."""
    codes = [code for code, _ in agencies]
    found = period_counts(from_on, to_on, agencies=codes)
    ended = clocks_of(from_on, to_on, codes)
    lines: list[dict[str, Any]] = []
    for code, name in agencies:
        clocks = ended.get(code, Clocks(0, 0))
        values = {key: value_of(measures()[key], found.get(code, {})) for key in COMPARED}
        lines.append(
            {"agency": code, "name": name, "values": values, "kept": clocks.kept, "missed": clocks.missed}
        )
    total = {
        "agency": "",
        "name": "合计",
        "values": {key: sum(each["values"][key] for each in lines) for key in COMPARED},
        "kept": sum(each["kept"] for each in lines),
        "missed": sum(each["missed"] for each in lines),
    }
    return [*lines, total]

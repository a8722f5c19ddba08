"""What has to be in order before a report is signed, what differs from elsewhere, and whether it is still true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from plumbline.apps.publicity.contract import decisions_published_in
from plumbline.platform import clock
from plumbline.platform.scope.rows import whole_district

from .figures import Cell, Line, counts, facts_matching, line_of, value_of
from .layout import Column, Elsewhere, layout
from .measures import measures
from .models import AnnualReport, AnnualVersion, Fact, FactTotal
from .settings import values_on

LEAST_WORDS = 4


@dataclass(frozen=True)
class Difference:
    """A cell that differs from last year by more than 区司法局 lets pass without a word."""

    column: Column
    now: int
    before: int
    explanation: str

    @property
    def percent(self) -> int | None:
        return (self.now - self.before) * 100 // self.before if self.before else None


@dataclass(frozen=True)
class Finding:
    """A check of the form that does not hold. ``soft``: told, and does not stop the signing."""

    says: str
    left: int
    right: int
    soft: bool


@dataclass(frozen=True)
class Reconciled:
    """A cell beside what another system has; ``theirs`` None: not entered."""

    elsewhere: Elsewhere
    ours: int | None
    theirs: int | None
    reason: str

    @property
    def gap(self) -> int | None:
        return None if self.ours is None or self.theirs is None else self.theirs - self.ours


def last_year_line(report: AnnualReport) -> dict[str, int | None]:
    """Last year's figures by cell: as they were signed, else as the platform counts them today."""
    before = (
        AnnualReport.objects.unscoped("与上年比较，同一单位")
        .filter(agency_id=report.agency_id, year=report.year - 1)
        .prefetch_related("versions", "entered")
        .first()
    )
    if before is not None and (version := before.latest) is not None:
        return {c["cell"]: c["known"] for t in version.content["tables"] for c in t["columns"]}
    if before is None:
        before = AnnualReport(agency_id=report.agency_id, year=report.year - 1)
    return {name: cell.known for name, cell in line_of(before).cells.items()}


def differences(report: AnnualReport, line: Line, before: Mapping[str, int | None]) -> list[Difference]:
    """The cells whose change has to be explained, in the order of the form, by what 区司法局 has set for today."""
    limit = values_on(clock.today(), "difference")
    found = []
    for name, cell in line.cells.items():
        now, then = cell.known, before.get(name)
        if now is None or then is None or cell.column.share:
            continue
        least = limit["at_least"] * (1_000_000 if cell.column.is_money else 1)
        if abs(now - then) >= least and abs(now - then) * 100 > then * limit["percent"]:
            found.append(Difference(cell.column, now, then, str(report.explanations.get(name, ""))))
    return found


def findings(line: Line) -> list[Finding]:
    """The checks of the form that can be decided and do not hold; where a figure is not known nothing is said."""
    found = []
    for check in layout().checks:
        left, right = line.total(check.left), line.total(check.right)
        if left is not None and right is not None and left > right:
            found.append(Finding(check.says, left, right, check.soft))
    return found


def reconciled(report: AnnualReport, line: Line) -> list[Reconciled]:
    entries = {row.cell: row for row in report.entered.all()} if report.pk else {}
    rows = []
    for each in layout().elsewhere:
        entry = entries.get(each.cell)
        rows.append(
            Reconciled(
                each,
                line.cells[each.against].known,
                entry.value if entry else None,
                entry.reason if entry else "",
            )
        )
    return rows


@dataclass(frozen=True)
class Published:
    """The penalty decisions of a unit's year against what was published of them."""

    decided: int
    published: int
    missing: list[Fact]
    beyond: list[str]


def published_decisions(agency: str, year: int, *, most: int = 200) -> Published:
    """Decisions that are counted and not published, and published ones that are not counted; the first ``most`` of each."""
    rows = facts_matching(measures()["penalty"], agencies=[agency], year=year).order_by("on", "pk")
    with whole_district():
        out = decisions_published_in(agency, year)
    decided = set(rows.values_list("event_id", flat=True))
    return Published(
        len(decided),
        len(decided & out),
        list(rows.exclude(event_id__in=out)[:most]),
        sorted(out - decided)[:most],
    )


def obstacles(
    report: AnnualReport, line: Line, gaps: list[Difference], wrong: list[Finding]
) -> list[tuple[str, str]]:
    """What stands in the way of signing: a sentence and the place on the page where it is settled."""
    found: list[tuple[str, str]] = []
    for key, words in layout().asked.items():
        if key not in report.sources:
            found.append((f"还没有说明来源是否完整：{words}", "#sources"))
    found += [
        (f"“{gap.column.label}”与上年差异较大，还没有说明原因", "#differences")
        for gap in gaps
        if not gap.explanation
    ]
    found += [
        (f"核对不一致：{each.says}（{each.left:,} 大于 {each.right:,}）", "#checks")
        for each in wrong
        if not each.soft
    ]
    for key, label in TEXT_PARTS.items():
        if not str(report.text.get(key, "")).strip():
            found.append((f"情况说明的“{label}”还没有写", "#text"))
    return found


TEXT_PARTS = {"overview": "总体情况", "analysis": "分析", "problems": "存在的问题", "next": "下一步工作"}


@dataclass(frozen=True)
class Change:
    """One counted cell of a signed version: signed, counted again as of the signing, now, and the rows between."""

    column: Column
    signed: int
    then: int
    now: int
    added: list[Fact] = field(default_factory=list)
    gone: list[Fact] = field(default_factory=list)
    undone: list[Fact] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Whether the signed figure is what the facts of that moment give."""
        return self.signed == self.then

    @property
    def differs(self) -> bool:
        return self.signed != self.now or bool(self.undone)


def changes_since(version: AnnualVersion, *, most: int = 50) -> list[Change]:
    """Every counted cell of a version against the facts: equal when nothing happened since, else with the rows and why."""
    report, at = version.report, version.counted_at
    agency, year = report.agency_id, report.year
    then = counts(year, agencies=[agency], at=at).get(agency, {})
    now = counts(year, agencies=[agency]).get(agency, {})
    rows = Fact.objects.unscoped("年报复核").filter(agency_id=agency, year=year)
    added = list(rows.filter(known_at__gt=at, gone_at=None).order_by("on", "pk"))
    gone = list(rows.filter(known_at__lte=at, gone_at__gt=at).order_by("on", "pk"))
    undone = list(rows.filter(known_at__lte=at, gone_at=None, undone_at__gt=at).order_by("on", "pk"))
    found = []
    for table in version.content["tables"]:
        for told in table["columns"]:
            column = layout().columns.get(told["cell"])
            measure = column.counted if column else None
            if column is None or measure is None:
                continue
            mine = set(measure.counted)
            found.append(
                Change(
                    column, told["counted"] or 0, value_of(measure, then), value_of(measure, now),
                    *([row for row in some if row.measure in mine][:most] for some in (added, gone, undone)),
                )
            )  # fmt: skip
    return found


@dataclass(frozen=True)
class Completeness:
    """How far a unit's low figure may be read as little work: what was confirmed, and how late its records come."""

    confirmed: list[str]
    unconfirmed: list[str]
    silent_months: int
    first_on: date | None

    @property
    def sentence(self) -> str:
        parts = []
        if self.unconfirmed:
            parts.append(f"{'、'.join(self.unconfirmed)}的来源没有确认完整")
        if self.first_on is None:
            parts.append("本年度没有任何案件记录")
        elif self.silent_months:
            parts.append(f"{self.silent_months} 个月没有任何案件记录")
        return "；".join(parts) or "来源已确认完整"


def completeness(
    reports: Mapping[str, AnnualReport], year: int, agencies: list[str], *, today: date
) -> dict[str, Completeness]:
    """For every unit, in one query."""
    months: dict[str, set[int]] = {}
    rows = FactTotal.objects.unscoped("数据完整性").filter(year=year, agency_id__in=agencies, number__gt=0)
    for agency, month in (
        rows.exclude(measure="certificate.valid").order_by().values_list("agency_id", "month").distinct()
    ):
        months.setdefault(agency, set()).add(month)
    past = 12 if year < today.year else today.month
    found = {}
    for agency in agencies:
        report = reports.get(agency)
        told: Mapping[str, Any] = report.sources if report is not None else {}
        names = {key: str(layout().sources[key]["label"]) for key in layout().asked}
        sure = [name for key, name in names.items() if (told.get(key) or {}).get("complete")]
        seen = months.get(agency, set())
        found[agency] = Completeness(
            sure,
            [name for name in names.values() if name not in sure],
            past - len(seen),
            date(year, min(seen), 1) if seen else None,
        )
    return found


def cell_rows(cell: Cell) -> str:
    """The address part of the rows behind a counted cell; empty where there is nothing to open."""
    return cell.column.cell if cell.column.counted is not None and cell.counted else ""

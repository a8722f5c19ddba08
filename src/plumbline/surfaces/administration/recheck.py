"""What the re-checks found, for the system administrator: runs, findings and what the reader of one matter says of one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from plumbline.platform.events.log import matter_events
from plumbline.platform.filters import id_in
from plumbline.platform.recheck.models import Finding, FindingKind, RecheckRun
from plumbline.platform.recheck.running import is_overdue, under_way
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.ui.components import VERDICT_TAGS, Figure
from plumbline.platform.verdicts.evaluation import rule_book, verdicts_for

PAGE = 50
HEADINGS = ("种类", "事项", "规则", "事件", "存档结论", "存档期限", "存档领域规则", "批量结论", "批量期限",
            "批量领域规则", "逐件结论", "逐件期限", "逐件领域规则")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A finding as a row: every reading in words, and nothing of the case beyond its numbers."""

    number: int
    kind: str
    colour: str
    matter: str
    rule: str
    subject: str
    stored: str
    found: str
    read: str


def runs(before: str) -> list[RecheckRun]:
    """Up to a page and one more, newest first."""
    rows = RecheckRun.objects.order_by("-pk")
    if at := id_in(before):
        rows = rows.filter(pk__lt=at)
    return list(rows[: PAGE + 1])


def last_run() -> RecheckRun | None:
    return RecheckRun.objects.order_by("-pk").first()


def figure() -> Figure:
    """For the running page: how many verdicts of the last re-check differed."""
    last = last_run()
    if last is None:
        return Figure("与存档不一致", "未复核", "/running/recheck")
    wrong = bool(last.differences)
    label = "▲ 与存档不一致" if wrong else "与存档不一致"
    return Figure(label, f"{last.differences:,}", "/running/recheck", colour="red" if wrong else "")


def state() -> dict[str, Any]:
    return {"last": last_run(), "overdue": is_overdue(), "job": under_way()}


def found_by(run: RecheckRun, kind: str, rule: str) -> QuerySet[Finding]:
    rows = Finding.objects.filter(run=run).order_by("pk")
    if kind in FindingKind.values:
        rows = rows.filter(kind=kind)
    return rows.filter(rule=rule) if rule else rows


def page(rows: QuerySet[Finding], after: str) -> tuple[list[Line], str]:
    if at := id_in(after):
        rows = rows.filter(pk__gt=at)
    found = list(rows[: PAGE + 1])
    lines = [line(each) for each in found[:PAGE]]
    return lines, str(lines[-1].number) if len(found) > PAGE else ""


def line(finding: Finding) -> Line:
    return Line(
        number=finding.pk,
        kind=finding.get_kind_display(),
        colour="red" if finding.kind == FindingKind.KERNEL else "amb",
        matter=finding.matter_id,
        rule=finding.rule,
        subject=finding.subject,
        stored=in_words(finding.stored),
        found=in_words(finding.found),
        read=in_words(finding.read),
    )


def in_words(said: Sequence[str]) -> str:
    """``[verdict, due, overlay]`` as one phrase; nothing said is 「没有」."""
    if not said:
        return "没有"
    verdict, due, overlay = said
    parts = [_word(verdict)]
    if due:
        parts.append(f"期限 {due}")
    if overlay:
        parts.append(overlay)
    return "，".join(parts)


def _word(verdict: str) -> str:
    found = VERDICT_TAGS.get(verdict)
    return found.word if found else verdict


def as_csv(rows: QuerySet[Finding]) -> str:
    """Every finding of a filter; the mark at the start lets a spreadsheet read Chinese."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(HEADINGS)
    for row in _cells(rows):
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + sink.getvalue()


def _cells(rows: QuerySet[Finding]) -> Iterator[list[str]]:
    for each in rows.iterator(chunk_size=2000):
        readings: list[str] = []
        for said in (each.stored, each.found, each.read):
            verdict, due, overlay = said or ("", "", "")
            readings += [_word(verdict) if verdict else "没有", due, overlay]
        yield [each.get_kind_display(), each.matter_id, each.rule, each.subject, *readings]


def _harmless(cell: str) -> str:
    # Numbers of matters come from senders: a spreadsheet must not take one for a formula.
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


@dataclass(frozen=True)
class Reading:
    """What the reader of one matter says now, as of the run's moment: words and numbers, no sentence about the case."""

    said: str
    used: str
    law: str
    missing: tuple[str, ...]
    flags: tuple[str, ...]


def explained(finding: Finding) -> Reading | None:
    """The finding's verdict asked again of the events on file; None where nothing is to be judged any more."""
    with whole_district():  # an administrator's connection sees no agency's rows
        events = matter_events(finding.matter_id)
        verdicts = verdicts_for(events, as_of=finding.run.as_of) if events else []
    for verdict in verdicts:
        if (verdict.rule, verdict.subject or "") == (finding.rule, finding.subject):
            unit = {"wd": "个工作日", "d": "日", "h": "小时"}.get(verdict.unit or "", verdict.unit or "")
            counted = verdict.days_limit is not None
            return Reading(
                said=in_words((verdict.verdict, verdict.due_text or "", verdict.overlay or "")),
                used=f"法定 {verdict.days_limit} {unit}，已用 {verdict.days_used if verdict.days_used is not None else '—'}"
                if counted
                else "",
                law=f"{verdict.facts.law}{verdict.facts.article}",
                missing=tuple(verdict.missing),
                flags=tuple(verdict.flags),
            )
    return None


def is_known(rule: str) -> bool:
    return rule in rule_book().by_id

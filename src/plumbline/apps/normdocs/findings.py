"""A decision that names a document not in force on its day is somebody's task: an alert of supervision, kept true as days change.

No row of the register of rules speaks of it, so it is a finding and no rule's verdict; what was never published stays BER-64's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from plumbline.apps.supervision.contract import (
    Finding,
    FindingKind,
    FindingLine,
    declare_finding,
    keep_findings,
)
from plumbline.platform.scope.querysets import ScopedQuerySet

from .citing import documents_named
from .models import CitedDocument, NormDoc
from .validity import COMING, ENDED, validity


def _evidence(matter_id: str, subject: str) -> Sequence[FindingLine]:
    """Each document that the decision names, with its days, and which of them founds nothing."""
    rows = list(_rows([matter_id]).filter(event_id=subject).order_by("pk"))
    known = documents_named({row.cited for row in rows})
    lines: list[FindingLine] = [FindingLine("决定日", f"{rows[0].decided_on}", "案件的决定")] if rows else []
    for row in rows:
        doc = known.get(row.cited)
        if doc is None:
            lines.append(FindingLine("引用的文件", f"{row.cited}（没有登记）", "案件的决定"))
            continue
        lines.append(
            FindingLine("引用的文件", f"{doc.title}（{doc.number or doc.register_no}）", "案件的决定")
        )
        state = validity(doc, row.decided_on)
        if state == ENDED:
            lines += [
                FindingLine("最后一个有效的日子", f"{doc.last_day}", "规范性文件库"),
                FindingLine("结论", "决定当日已经失效", "最后有效日早于决定日", is_conclusion=True),
            ]
        elif state == COMING:
            lines += [
                FindingLine("施行日", f"{doc.effective_from}", "规范性文件库"),
                FindingLine("结论", "决定当日尚未施行", "施行日晚于决定日", is_conclusion=True),
            ]
    return lines


NOT_IN_FORCE = declare_finding(
    FindingKind(
        key="NORM-cited-not-in-force",
        breach_zh="引用的规范性文件当日无效",
        duty_zh="处罚决定作为依据引用的规范性文件，应当在决定当日已经施行并且没有失效",
        remedy_zh="请核对决定的依据：另有有效依据的予以说明或者更正，没有有效依据的依法撤销或者变更。",
        law="新政办[2022]14号",
        article="二(二)5",
        severity="yellow",
        page="/norms/citations",
        evidence=_evidence,
    )
)


def _rows(matters: Collection[str]) -> ScopedQuerySet[CitedDocument]:
    return CitedDocument.objects.unscoped("核对案件引用的规范性文件").filter(matter_id__in=list(matters))


def follow_citations(matters: Collection[str]) -> None:
    """Raise an alert for each decision among some cases that names a document not in force on its day, and clear the others."""
    rows = list(_rows(matters).order_by("pk"))
    known = documents_named({row.cited for row in rows})
    by_decision: dict[str, list[CitedDocument]] = {}
    for row in rows:
        by_decision.setdefault(row.event_id, []).append(row)
    found = [
        Finding(those[0].matter_id, event_id, those[0].agency_code, said)
        for event_id, those in by_decision.items()
        if (said := _says(those, known))
    ]
    keep_findings(NOT_IN_FORCE, found, matters=matters)


def _says(rows: Iterable[CitedDocument], known: dict[str, NormDoc]) -> str:
    parts = []
    for row in rows:
        doc = known.get(row.cited)
        state = validity(doc, row.decided_on) if doc is not None else ""
        if doc is not None and state == ENDED:
            parts.append(f"引用的《{doc.title}》有效到 {doc.last_day}")
        elif doc is not None and state == COMING:
            parts.append(f"引用的《{doc.title}》自 {doc.effective_from} 起施行")
    return f"{'，'.join(parts)}，决定日是 {next(iter(rows)).decided_on}。" if parts else ""

"""Keeps the rows in line with their events, the register of the rules with the rows, and records ends as days pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from plumbline.platform import clock
from plumbline.platform.bigrams import normal
from plumbline.platform.events.log import record
from plumbline.platform.events.outbox import owe_many, subscriber
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import VerdictChange, on_clock, on_verdict_changes
from plumbline.platform.verdicts.models import StoredVerdict, VerdictKind
from plumbline.platform.verdicts.registers import register_source, registers_changed

from .choices import Stage
from .models import NOTICE_MARK, NormDoc, ReviewNotice
from .reading import KIND, NormFile

CITED = "BER-64-published"
#: After these a case may name other documents than before.
DECIDING = frozenset({"decision_made", "event_voided"})


def _refresh_many(matters: Mapping[str, frozenset[str]]) -> None:
    """The documents among some matters, and what the decisions among them cite."""
    from .citing import keep_citations
    from .findings import follow_citations

    with transaction.atomic():
        rows = NormDoc.objects.unscoped("按事件更新规范性文件").filter(matter_id__in=list(matters))
        for doc in rows.select_for_update(of=("self",)).select_related("agency", "maker").order_by("pk"):
            bring_in_line(doc, NormFile(doc))
        decided = [each for each, activities in matters.items() if activities & DECIDING]
        if decided:
            keep_citations(decided)
            follow_citations(decided)


@subscriber("normdocs", order=26, many=_refresh_many)
def refresh_after_events(matter_id: str, activities: frozenset[str]) -> None:
    _refresh_many({matter_id: activities})


def bring_in_line(doc: NormDoc, file: NormFile) -> None:
    """Set the projected columns of one row from its events, and save it."""
    declared = file.last("document_drafted")
    beside = file.entries.get(declared.id) if declared is not None else None
    doc.declared = dict(declared.data) if declared is not None else {}
    if beside is not None:
        doc.declared |= {
            name: beside.details[name] for name in ("specialised", "risky") if name in beside.details
        }
    until = file.value("draft_published_for_comment", "comment_until")
    doc.comment_until = date.fromisoformat(until) if until and file.commenting else None
    asked = file.value("legality_review_requested", "respond_by")
    doc.respond_by = date.fromisoformat(asked) if asked and file.reviewing else None
    decided, filed = file.last("collective_decision_made"), file.last("document_filed")
    # Of a document that was taken over from the catalogue, what was done before is known from there alone.
    if not doc.catalogued or filed is not None:
        doc.filed_on = filed.on if filed else None
        doc.filing_no = str(file.detail("document_filed", "number"))
    doc.decided_on = decided.on if decided else None
    reviewed = file.value("legality_review_given", "result", "")
    doc.review_result = str(reviewed or (doc.review_result if doc.catalogued else ""))
    evaluated = file.detail("policy_evaluated" if doc.is_policy else "document_evaluated", "conclusion")
    doc.evaluation = str(evaluated or (doc.evaluation if doc.catalogued else ""))
    if file.rows:
        doc.last_event_at = max(row.recorded_at for row in file.rows)
    doc.stage = stage_of(doc, file)
    doc.searched = searched(doc)
    doc.save()


def stage_of(doc: NormDoc, file: NormFile) -> Stage:
    if file.happened("making_stopped"):
        return Stage.STOPPED
    if file.happened("policy_ended"):
        return Stage.ENDED
    if doc.is_published:
        return Stage.ENDED if file.happened("document_expired") else Stage.PUBLISHED
    if file.happened("collective_decision_made"):
        return Stage.PUBLISHING
    if file.found_lawful:
        return Stage.DECIDING
    if file.reviewing:
        return Stage.REVIEWING
    return Stage.COMMENTING if file.commenting else Stage.DRAFTING


def searched(doc: NormDoc) -> str:
    """What a search looks at: title, numbers, makers, basis and the newest text."""
    newest = doc.texts.first()
    text = " ".join(each["text"] for each in newest.articles) if newest else ""
    basis = " ".join(f"{each['law']}{each['article']}" for each in doc.basis)
    parts = (doc.title, doc.number, doc.register_no, doc.maker.name, doc.agency.name, doc.joint, basis, text)
    return normal(" ".join(each for each in parts if each))


@on_verdict_changes
def follow_clocks(changes: Sequence[VerdictChange], as_of: datetime) -> None:
    """The day by which a question about legality has to be answered, as its rule reckons it."""
    for change in changes:
        row = change.row
        if row.due_on is not None and row.matter_id.startswith(NOTICE_MARK):
            kept = {"due_on": row.due_on, "due_unit": row.unit, "rule": row.rule}
            ReviewNotice.objects.filter(matter_id=row.matter_id).update(**kept)


# -- the register of the rules -------------------------------------------------------------------------------------------


@register_source("normative_documents")
def normative_documents() -> list[dict[str, Any]]:
    """Every document by its register number; one that has none yet stands under its matter, without a day of publication."""
    rows = NormDoc.objects.unscoped("规范性文件登记册").filter(kind=KIND).exclude(stage=Stage.STOPPED)
    found = []
    for doc in rows.order_by("pk").only(
        "kind", "matter_id", "register_no", "published_on", "valid_to", "ended_on"
    ):
        last = doc.last_day
        found.append(
            {
                "id": doc.register_no or doc.matter_id,
                "published_on": doc.published_on.isoformat() if doc.published_on else None,
                "valid_to": last.isoformat() if last else None,
            }
        )
    return found


def register_moved() -> None:
    """Say that the register changed, and owe the decisions that cite documents a fresh verdict and a fresh look."""
    registers_changed()
    with whole_district():
        rows = StoredVerdict.objects.unscoped("规范性文件登记册变化后重新判断").filter(rule=CITED)
        rows = rows.exclude(verdict=VerdictKind.NOT_APPLICABLE)
        owed = dict.fromkeys(rows.values_list("matter_id", flat=True).distinct(), ("decision_made",))
        owe_many(owed, to=("verdicts", "normdocs"))


# -- as days pass --------------------------------------------------------------------------------------------------------


@on_clock
def record_ends() -> int:
    """Record the end of documents whose last day is over; returns how many. Looking twice changes nothing."""
    today = clock.today()
    over = Q(valid_to__lt=today) | Q(ended_on__lte=today)
    rows = NormDoc.objects.unscoped("到期的规范性文件").filter(over, stage=Stage.PUBLISHED, kind=KIND)
    pks = list(rows.values_list("pk", flat=True))
    for pk in pks:
        with transaction.atomic():
            locked = NormDoc.objects.unscoped("到期的规范性文件").select_for_update()
            end_by_its_day(locked.get(pk=pk))
    return len(pks)


def end_by_its_day(doc: NormDoc) -> None:
    """Write into the log that the document's last day was over, and why."""
    last = doc.last_day
    assert last is not None
    first = date.fromordinal(last.toordinal() + 1)
    if doc.ended_on != first:
        doc.ended_on, doc.ended_how = first, "expired"
        doc.ended_reason = f"有效期至 {doc.valid_to}，届满失效。"
    if not NormFile(doc).happened("document_expired"):
        record(
            actor=system_actor("normdocs"),
            matter=doc.matter_id,
            kind=KIND,
            activity="document_expired",
            agency=doc.maker_id,
            occurred_at=first,
        )
    bring_in_line(doc, NormFile(doc))
    register_moved()


def refresh(docs: Iterable[NormDoc]) -> None:
    for doc in docs:
        bring_in_line(doc, NormFile(doc))

"""The 「证据」 and 「全过程记录」 tabs of the case page."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from plumbline.apps.cases.contract import register_panel
from plumbline.platform import clock
from plumbline.platform.events.log import matter_events
from plumbline.platform.files.store import is_intact
from plumbline.platform.identity.actor import Actor
from plumbline.vocabulary import load_vocabulary

from .custody import CHECK_AGAIN_AFTER, note_state
from .models import Evidence, EvidenceFile, ProcessRecording, ProvenFact
from .policies import may_add_evidence
from .proving import linked_rows
from .recordings import record_index

CHECK_AT_ONCE = 32 * 1024 * 1024  # bytes compared while a page waits; larger files are compared by the worker


def _count(actor: Actor, case: Any) -> int:
    """As many as the tab lists: what is kept here and what an event alone tells of."""
    numbers = set(Evidence.objects.visible_to(actor).filter(case=case).values_list("number", flat=True))
    told = (event for event in matter_events(case.matter_id) if event.activity == "evidence_collected")
    return len(numbers | {str(event.data["evidence"]) for event in told})


@register_panel("evidence", label="证据", template="evidence/panel.html", order=10, count=_count)
def load(actor: Actor, case: Any) -> dict[str, Any]:
    words = load_vocabulary().enums
    checks: dict[str, Any] = {}
    reported: dict[str, Any] = {}
    for event in matter_events(case.matter_id):
        if event.activity == "evidence_verified":
            checks[event.data["evidence"]] = event
        elif event.activity == "evidence_collected":
            reported[event.data["evidence"]] = event
    items = list(
        Evidence.objects.visible_to(actor)
        .filter(case=case)
        .select_related("case")
        .prefetch_related("files", *linked_rows())
    )
    _check_small([file for item in items for file in item.files.all()])
    rows = []
    for item in items:
        reported.pop(item.number, None)
        rows.append(
            {
                "item": item,
                "kind": words["evidence_kind"].get(item.kind, item.kind),
                "source": words["evidence_source"].get(item.source, item.source),
                "stage": words["stage"].get(item.stage, item.stage),
                "files": list(item.files.all()),
                "facts": list(item.facts.all()),
                "documents": list(item.documents.all()),
                "check": checks.get(item.number),
            }
        )
    outside = [
        {
            "number": number,
            "on": event.on,
            "kind": words["evidence_kind"].get(event.data["evidence_kind"], ""),
            "source": words["evidence_source"].get(event.data["source"], ""),
            "check": checks.get(number),
        }
        for number, event in reported.items()
    ]
    facts = [
        {"fact": fact, "items": list(fact.evidence.all())}
        for fact in ProvenFact.objects.visible_to(actor)
        .filter(case=case)
        .prefetch_related(Prefetch("evidence", Evidence.objects.unscoped("案件的可见范围已核对")))
    ]
    return {
        "rows": rows,
        "outside": outside,
        "facts": facts,
        "gaps": sum(not row["items"] for row in facts),
        "count": len(rows) + len(outside),
        "may_add": may_add_evidence(actor, case),
        "case": case,
    }


def _check_small(files: list[EvidenceFile]) -> None:
    """Compare what can be compared while the page waits; the rest shows when it was last compared."""
    left = CHECK_AT_ONCE
    for file in files:
        if file.size > left:
            continue
        left -= file.size
        intact = is_intact(file.sha256)
        fresh = file.checked_at is not None and file.checked_at > clock.now() - CHECK_AGAIN_AFTER
        if intact != file.intact or not fresh:
            note_state(file, intact)


@register_panel(
    "recording",
    label="全过程记录",
    template="evidence/recording_panel.html",
    order=12,
    count=lambda actor, case: ProcessRecording.objects.visible_to(actor).filter(case=case).count(),
)
def load_recording(actor: Actor, case: Any) -> dict[str, Any]:
    recordings = list(ProcessRecording.objects.visible_to(actor).filter(case=case))
    evidence = list(Evidence.objects.visible_to(actor).filter(case=case).prefetch_related("files"))
    return {
        "index": record_index(case, recordings, evidence),
        "count": len(recordings),
        "may_add": may_add_evidence(actor, case),
        "case": case,
    }

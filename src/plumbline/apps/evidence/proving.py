"""Facts a case has to prove, the evidence for each, and the documents that cite an item (行政处罚法第四十条、第四十六条)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from plumbline.apps.paperwork.contract import documents_of
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor

from .events import FACT_LINKED, FACT_STATED
from .models import Evidence, ProvenFact
from .policies import may_add_evidence

BASIS = "行政处罚法第四十条、第四十六条"


@action("evidence.state_fact", policy=may_add_evidence, on="case", records=(FACT_STATED,), basis=BASIS)
def state_fact(*, actor: Actor, case: Any, text: str) -> ProvenFact:
    """Name a fact that the case has to prove; until evidence is linked it is shown as a gap."""
    said = text.strip()
    if not said:
        raise InputFault(
            {"text": "请写明要证明的事实，例如“当事人于 3 月 2 日在平江路倾倒建筑垃圾约 386 立方米”。"}
        )
    if ProvenFact.objects.unscoped("查重").filter(case=case, text=said).exists():
        raise InputFault({"text": "这项事实已经登记。"})
    fact = ProvenFact.objects.create(
        case=case, agency_id=case.agency_id, text=said[:200], stated_label=actor.label
    )
    _tell(actor, case, FACT_STATED, {"fact": fact.pk})
    return fact


@action("evidence.link_item", policy=may_add_evidence, on="case", records=(FACT_LINKED,), basis=BASIS)
def link_item(
    *, actor: Actor, case: Any, evidence: Evidence, facts: Sequence[int], documents: Sequence[int]
) -> None:
    """Say which facts an item proves and which documents of the case cite it; replaces what was said before."""
    if evidence.case_id != case.pk:
        raise InputFault({"": "证据不属于本案。"})
    proven = list(ProvenFact.objects.unscoped("本案").filter(case=case, pk__in=facts))
    cited = list(documents_of(case.matter_id).filter(pk__in=documents))
    if len(proven) != len(set(facts)) or len(cited) != len(set(documents)):
        raise InputFault({"": "所选的事实或文书不属于本案。请刷新后重选。"})
    _replace(ProvenFact.evidence.through, "provenfact_id", evidence, [fact.pk for fact in proven])
    _replace(Evidence.documents.through, "document_id", evidence, [document.pk for document in cited])
    _tell(
        actor, case, FACT_LINKED,
        {"evidence": evidence.number, "facts": [f.pk for f in proven], "documents": [d.pk for d in cited]},
    )  # fmt: skip


def linked_rows() -> tuple[Prefetch[Any], Prefetch[Any]]:
    """Facts and documents of items whose case the caller may see, for ``prefetch_related``."""
    reason = "案件的可见范围已核对"
    return (
        Prefetch("facts", ProvenFact.objects.unscoped(reason)),
        Prefetch("documents", Evidence.documents.field.related_model.objects.unscoped(reason)),  # type: ignore[attr-defined]
    )


def _replace(through: Any, column: str, evidence: Evidence, wanted: list[int]) -> None:
    # Through the joining table: the related rows are scoped, and a set() would ask for them.
    rows = through.objects.filter(evidence_id=evidence.pk)
    rows.exclude(**{f"{column}__in": wanted}).delete()
    through.objects.bulk_create(
        [through(**{column: pk, "evidence_id": evidence.pk}) for pk in wanted], ignore_conflicts=True
    )


def _tell(actor: Actor, case: Any, activity: str, data: dict[str, Any]) -> None:
    record(
        actor=actor,
        matter=case.matter_id,
        kind=case.kind,
        activity=activity,
        agency=case.agency_id,
        data=data,
    )

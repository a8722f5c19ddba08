"""Who may see and add evidence: as far as the case itself may be seen and worked on."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import case_rows, may_see, may_work
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CustodyEntry, Evidence, ProcessRecording, ProvenFact, WorkingCopy

ORIGINALS = ("cases.handle", "cases.approve", "cases.review", "documents.sign", "supervision.supervise")


def may_see_evidence(actor: Actor, evidence: Evidence) -> Decision:
    return may_see(actor, evidence.case)


@visible(Evidence)
def evidence_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


@visible(WorkingCopy)
def copies_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(original__evidence__case__in=case_rows(actor).values("pk"))


@visible(CustodyEntry)
def custody_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(evidence__case__in=case_rows(actor).values("pk"))


@visible(ProvenFact)
def facts_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


@visible(ProcessRecording)
def recordings_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


def may_add_evidence(actor: Actor, case: Any) -> Decision:
    return may_work(actor, case)


def may_take_original(actor: Actor, case: Any) -> Decision:
    """Having the original with what the camera wrote, the place among it: who works on the case or supervises it."""
    seen = may_see(actor, case)
    if not seen:
        return seen
    if any(actor.can(each, case.agency_id) for each in ORIGINALS):
        return ALLOWED
    return denied(
        "您的岗位不能取用原件和拍摄位置",
        basis="个人信息保护法第六条",
        next_step="可以查看和下载不含拍摄信息的副本。",
    )

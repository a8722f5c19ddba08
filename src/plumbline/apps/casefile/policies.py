"""Who may read, arrange and bind a case file."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.contract import case_rows, may_see, may_work
from plumbline.apps.evidence.contract import may_take_original
from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import AUXILIARY, Arrangement, BoundVolume, ExportPackage


@visible(Arrangement)
def arrangements_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


@visible(BoundVolume)
def volumes_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


@visible(ExportPackage)
def packages_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return rows.filter(case__in=case_rows(actor).values("pk"))


def may_arrange(actor: Actor, case: Any) -> Decision:
    """Ordering the parts and binding: who works on the case."""
    return may_work(actor, case)


def may_bind(actor: Actor, case: Any) -> Decision:
    """Making the PDF of what is there: whoever may see the case, for reading and printing."""
    return may_see(actor, case)


def may_read_volume(actor: Actor, case: Any, volume: str) -> Decision:
    """The auxiliary volume is for those who work on the case or supervise it."""
    seen = may_see(actor, case)
    if not seen or volume != AUXILIARY:
        return seen
    if may_take_original(actor, case):
        return ALLOWED
    return denied("副卷是机关内部材料，您的岗位不能查阅", next_step="需要查阅的，请向办案机关提出。")


def may_take_package(actor: Actor, case: Any) -> Decision:
    """The package holds originals with their places and the internal papers."""
    return may_take_original(actor, case)

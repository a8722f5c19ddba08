"""Conflicts between the review catalogues on the desk: of 区司法局 until decided, then of the agencies that are to follow."""

from __future__ import annotations

from collections.abc import Sequence

from plumbline.platform import clock
from plumbline.platform.desk import DeskTask, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.lists.cells import yuan_of

from .conflicts import conflicts
from .models import CatalogueConflict
from .policies import may_settle_conflict

CATALOGUE = "/lists/legal-review"


@task_source("review-catalogue")
def conflict_tasks(actor: Actor) -> Sequence[DeskTask]:
    settles, keeps = bool(may_settle_conflict(actor)), actor.can("registers.maintain", actor.agency_code)
    if actor.is_system or not (settles or keeps):
        return []
    if not settles:
        decided = CatalogueConflict.objects.filter(
            fine_from__isnull=False, agencies__contains=[actor.agency_code]
        )
        if not decided.exists():
            return []
    found = conflicts(clock.today())
    tasks = []
    if settles and (waiting := [each for each in found if each.settled is None]):
        tasks.append(
            DeskTask(
                title=f"处理法制审核目录的冲突：{len(waiting)} 处",
                url=f"{CATALOGUE}#h-conflicts",
                kind="review",
                where="审核目录",
                verb="处理",
                basis="行政处罚法第五十八条",
            )
        )
    for each in found:
        if not keeps or each.settled is None or each.settled.fine_from is None or each.is_carried_out:
            continue
        own = [
            e
            for e in each.entries
            if e.agency_id == actor.agency_code and e.fine_from != each.settled.fine_from
        ]
        if own:
            tasks.append(
                DeskTask(
                    title=f"按处理意见修改法制审核目录：{each.label}统一为 {yuan_of(each.settled.fine_from)} 元",
                    url=f"/registers/legal-review?agency={actor.agency_code}",
                    kind="returned",
                    where="审核目录",
                    verb="修改",
                    basis="行政处罚法第五十八条",
                )
            )
    return tasks

"""The loop of a lead: the body that handed it over or dispatched it hears what became of it at the receiver."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from plumbline.apps.cases.contract import case_rows
from plumbline.platform import clock
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.verdicts.evaluation import on_clock
from plumbline.vocabulary import load_vocabulary

from .actions.writing import tell
from .models import Coordination, Kind, Move, State

FED_BACK = "结果反馈"
#: The receiver has decided what comes of it.
OVER = ("decided", "served", "closed", "archived", "not_filed", "terminated", "transferred")


@on_clock
def feed_results_back() -> int:
    """Tell the sender of each taken transfer and dispatched task once its case has a result; returns how many were told."""
    led_to = Q(kind=Kind.TRANSFER, state=State.ACCEPTED) | Q(kind=Kind.DISPATCH)
    waiting = Coordination.objects.unscoped("结果反馈").filter(led_to).exclude(result_matter="")
    rows = list(waiting.exclude(moves__what=FED_BACK).select_related("to").defer("package", "competence"))
    over = case_rows(system_actor("coordination")).filter(
        matter_id__in={row.result_matter for row in rows}, stage__in=OVER
    )
    cases = {case.matter_id: case for case in over}
    told = 0
    for row in rows:
        case = cases.get(row.result_matter)
        if case is None:
            continue
        outcome = load_vocabulary().label("outcome", case.outcome) if case.outcome else ""
        with transaction.atomic():
            # Another pass may have told it meanwhile.
            locked = Coordination.objects.unscoped("结果反馈").select_for_update().get(pk=row.pk)
            if locked.moves.filter(what=FED_BACK).exists():
                continue
            result = "，".join(each for each in (case.number, case.get_stage_display(), outcome) if each)
            now = clock.now()
            Move.objects.create(
                row=locked, what=FED_BACK, text=result, agency_code=row.to_id, by_label="系统", at=now
            )
            locked.moved_at, locked.moved_what = now, f"{FED_BACK}：{result}"[:60]
            locked.save(update_fields=["moved_at", "moved_what"])
            tell(row, row.agency_id, f"{row.to.short_name}{FED_BACK}（{result}）")
        told += 1
    return told

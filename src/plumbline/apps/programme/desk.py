"""What the programme gives to the work desk and the menu: shares that press, reports to confirm, proofs to verify."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce

from plumbline.platform.desk import DeskTask, QuickLink, quick_links, task_source
from plumbline.platform.identity.actor import Actor
from plumbline.platform.ui.navigation import register_entry

from .models import Progress, Rectification, RectificationProof, SelfCheck
from .policies import READING, REPORT, may_lead
from .reading import own_lines

register_entry("试点任务", "programmes", order=68, capabilities=READING)
NOTICE = "新政办[2022]14号"
MOST = 20
PRESSING = {"late", "returned", "near", "owed"}


@task_source("programme")
def programme_tasks(actor: Actor) -> Sequence[DeskTask]:
    if actor.is_system:
        return []
    # Who leads confirms what others report; the bureau's own tasks are on the desk of who reports for it.
    if may_lead(actor):
        return _to_confirm(actor)
    return _own(actor) if actor.can(REPORT, actor.agency_code) else []


def _own(actor: Actor) -> list[DeskTask]:
    """Of a programme that runs today, what presses; of one of the past, what was returned."""
    code = actor.agency_code
    found = []
    for line, unit, programme in own_lines(actor, code):
        if unit.state not in PRESSING:
            continue
        back = unit.state == "returned"
        found.append(
            DeskTask(
                title=f"{'补正' if back else '报告进展'}：{line.task.code} {line.title}",
                url=f"/programmes/{programme.key}/tasks/{line.task.code}/units/{code}/report", kind="returned" if back else "step",
                number=line.task.code, who=unit.share.agency.short_name, where="试点任务", verb="补正" if back else "报告", basis=NOTICE,
                due_on=None if programme.shown_on else unit.worst.expected_on or unit.worst.due, unit="cd",
            )
        )  # fmt: skip
    own = Rectification.objects.visible_to(actor).filter(agency_id=code).exclude(proofs__accepted=True)
    own = own.exclude(proofs__verified_on=None, proofs__isnull=False).select_related(
        "check_row__task", "check_row__programme", "directive__programme", "agency"
    )
    found += [
        DeskTask(
            title=f"{row.word}：{row.source} {row.demand}", url=f"/programmes/{row.programme.key}/rectifications/{row.pk}",
            kind="returned" if row.check_row_id else "step", who=row.agency.short_name, where="试点任务", verb="整改" if row.check_row_id else "办理", basis=NOTICE,
            due_on=None if row.programme.shown_on else row.due_on, unit="cd",
        )
        for row in own[:MOST]
    ]  # fmt: skip
    return found


#: What waits for whoever leads: verb, the words of the task, its address below the programme.
WAITING = {
    "report": ("确认", "确认{unit}报告完成的 {code}", "reports/{pk}/review"),
    "check": ("审阅", "审阅{unit}的自查", "self-checks/{pk}"),
    "proof": ("核实", "核实{unit}办理的 {code}", "proofs/{pk}/verify"),
}


def _to_confirm(actor: Actor) -> list[DeskTask]:
    """Reports, self-checks and proofs that wait, in one query."""
    reports = Progress.objects.visible_to(actor).filter(state=Progress.State.DONE, reviewed_on=None)
    checks = SelfCheck.objects.visible_to(actor).filter(reviewed_on=None).exclude(submitted_on=None)
    proofs = RectificationProof.objects.visible_to(actor).filter(verified_on=None)
    rows = _slips(reports, "report", F("share__task__programme__key"), F("share__task__code")).union(
        _slips(checks, "check", F("programme__key"), Value("")),
        _slips(
            proofs,
            "proof",
            Coalesce("rectification__check_row__programme__key", "rectification__directive__programme__key"),
            Coalesce("rectification__check_row__task__code", Value("交办")),
        ),
    )
    found = []
    for pk, kind, key, code, unit in rows.order_by("pk")[:MOST]:
        verb, title, url = WAITING[kind]
        found.append(
            DeskTask(
                title=title.format(unit=unit, code=code), url=f"/programmes/{key}/{url.format(pk=pk)}", kind="review",
                number=code, who=unit, where="试点任务", verb=verb, basis=NOTICE,
            )
        )  # fmt: skip
    return found


def _slips(rows: Any, kind: str, programme: Any, code: Any) -> Any:
    """The same five columns of every kind: id, kind, programme, task, unit."""
    return (
        rows.order_by()
        .annotate(
            slip=Value(kind, output_field=CharField()),
            key=Cast(programme, CharField()),
            code=Cast(code, CharField()),
            unit=F("agency__short_name"),
        )
        .values_list("pk", "slip", "key", "code", "unit")
    )


@quick_links
def programme_links(actor: Actor) -> Sequence[QuickLink]:
    own = [QuickLink("试点任务", "/programmes")] if actor.can("supervision.decide") or may_lead(actor) else []
    return [] if actor.is_system else own

"""Keeps the desk's rows in line with what each case handled here needs: derived anew after events and as clocks run out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from plumbline.platform.bulk import insert_rows, update_rows
from plumbline.platform.events.log import events_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.verdicts.evaluation import VerdictChange, on_verdict_changes
from plumbline.platform.verdicts.models import StoredVerdict

from .models import Case, CaseTask, Origin, RequestState, StepRequest
from .reading import CaseFile, declared_events_of
from .tasks import Duty, attached_duties, duties

WAITING = (RequestState.SUBMITTED, RequestState.RETURNED)
DUE = ("due_on", "due_unit", "standing")


def _refresh_batch(matters: Mapping[str, frozenset[str]]) -> None:
    refresh_many(matters)


@subscriber("case_tasks", order=20, many=_refresh_batch)
def refresh_after_events(matter_id: str, activities: frozenset[str]) -> None:
    """Derive a case's tasks anew after its events (and after its verdicts, which come before in order)."""
    refresh(matter_id)


@on_verdict_changes
def refresh_after_clocks(changes: Sequence[VerdictChange], as_of: datetime) -> None:
    """A clock that ran out (or a waiting period that ended) changes whose turn it is."""
    refresh_many({change.row.matter_id for change in changes if change.before == "pending"})


def refresh(matter_id: str) -> None:
    """Bring the task rows of one case in line. Idempotent."""
    refresh_many([matter_id])


def refresh_many(matter_ids: Iterable[str]) -> None:
    """Bring the task rows of some cases in line, with a handful of queries for all; imported ones have none."""
    wanted = _with_the_cases_behind(list(matter_ids))
    if not wanted:
        return
    with transaction.atomic():
        cases = {
            case.matter_id: case
            for case in Case.objects.unscoped("推算待办")
            .filter(matter_id__in=wanted, origin=Origin.OWN)
            .select_related("agency", "party", "merged_into")
            .prefetch_related("officers")
            .select_for_update(of=("self",))
            .order_by("pk")
        }
        requests, attached = _requests(cases.values())
        beside = {each.attached_to for found in attached.values() for each in found}
        events, clocks = events_of(list(cases)), verdicts_of([*cases, *beside])
        declared = declared_events_of(list(cases))
        kept = _kept(cases.values())
        fresh: list[CaseTask] = []
        changed: list[CaseTask] = []
        moved: list[Case] = []
        gone: list[int] = []
        for matter_id, case in cases.items():
            file = CaseFile(case, events.get(matter_id, []), declared.get(matter_id, []))
            due = {
                duty.key: duty for duty in duties(file, clocks.get(matter_id, {}), requests.get(case.pk, []))
            }
            first = list(due.values())
            due |= {each.key: each for each in attached_duties(case, attached.get(case.pk, []), clocks)}
            before = kept.get(case.pk, {})
            gone += [task.pk for key, task in before.items() if key not in due]
            for key, duty in due.items():
                task = before.get(key) or CaseTask(case=case, agency_id=case.agency_id, key=key)
                if _take(task, duty):
                    (changed if task.pk else fresh).append(task)
            if _take_first(case, first):
                moved.append(case)
        if gone:
            CaseTask.objects.unscoped("推算待办").filter(pk__in=gone).delete()
        insert_rows(fresh)
        update_rows(changed, COLUMNS)
        update_rows(moved, DUE)


COLUMNS = tuple(name for name in Duty.__dataclass_fields__ if name != "key")


def _take(task: CaseTask, duty: Duty) -> bool:
    """Set a row to what its duty says; whether anything is new."""
    values = {name: getattr(duty, name) for name in COLUMNS} | {"holders": list(duty.holders)}
    if task.pk and all(getattr(task, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(task, name, value)
    return True


def _take_first(case: Case, due: Iterable[Duty]) -> bool:
    """Set a case's own deadline to the first of its duties; whether it moved."""
    found = list(due)
    first = min((d for d in found if d.due_on), key=lambda d: d.due_on or date.max, default=None)
    standing = "" if first else next((d.standing for d in found if d.standing), "")
    values = (first.due_on if first else None, first.unit if first else "", standing)
    if tuple(getattr(case, name) for name in DUE) == values:
        return False
    for name, value in zip(DUE, values, strict=True):
        setattr(case, name, value)
    return True


def verdicts_of(matter_ids: Sequence[str]) -> dict[str, dict[str, list[StoredVerdict]]]:
    """The stored verdicts of some matters: by matter, then by rule."""
    found: dict[str, dict[str, list[StoredVerdict]]] = {}
    rows = StoredVerdict.objects.unscoped("按事项读取结论").filter(matter_id__in=matter_ids).order_by("pk")
    for row in rows:
        found.setdefault(row.matter_id, {}).setdefault(row.rule, []).append(row)
    return found


def _with_the_cases_behind(matter_ids: list[str]) -> list[str]:
    """``matter_ids``, with the cases that those hanging on a case have requests in."""
    behind = StepRequest.objects.filter(attached_to__in=matter_ids).values_list("case__matter_id", flat=True)
    return [*matter_ids, *behind.distinct()] if matter_ids else []


def _requests(
    cases: Iterable[Case],
) -> tuple[dict[int, list[StepRequest]], dict[int, list[StepRequest]]]:
    """What waits or was returned by case: the steps of the case itself, and those of what hangs on it."""
    own: dict[int, list[StepRequest]] = {}
    attached: dict[int, list[StepRequest]] = {}
    for request in StepRequest.objects.filter(case__in=cases, state__in=WAITING).order_by("pk"):
        (attached if request.attached_to else own).setdefault(request.case_id, []).append(request)
    return own, attached


def _kept(cases: Iterable[Case]) -> dict[int, dict[str, CaseTask]]:
    found: dict[int, dict[str, CaseTask]] = {}
    for task in CaseTask.objects.unscoped("推算待办").filter(case__in=cases).select_for_update():
        found.setdefault(task.case_id, {})[task.key] = task
    return found

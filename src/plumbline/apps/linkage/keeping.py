"""Keeps the rows in line with their matters: after events, and as clocks run out. Looking twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from plumbline.apps.cases.contract import Clock
from plumbline.packs.transfer.procedures import RULES
from plumbline.platform import clock
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.scope.rows import whole_district
from plumbline.platform.verdicts.evaluation import VerdictChange, on_clock, on_verdict_changes
from plumbline.platform.verdicts.models import StoredVerdict

from .duties import duties
from .limits import OWN, live_clocks
from .models import GONE, Linkage, Stage
from .progress import outcome_of, stage_of
from .reading import LinkageFile

#: What shows that a matter reached its other end.
REACHED = (
    "transfer_sent",
    "supervision_clue_sent",
    "flash_report_sent",
    "procuratorial_letter_sent",
    "police_case_sent",
    "procuratorial_suggestion_received",
    "procuratorial_opinion_received",
    "police_case_received",
    "judicial_suggestion_received",
    "supervisory_advice_sent",
    "supervisory_advice_received",
)


@subscriber("linkage", order=26)
def refresh_after_events(matter_id: str, activities: frozenset[str]) -> None:
    """After the verdicts, which come before in order."""
    refresh([matter_id])


@on_verdict_changes
def refresh_after_clocks(changes: Sequence[VerdictChange], as_of: datetime) -> None:
    """A clock that began or ran out changes what has to be done."""
    refresh({change.row.matter_id for change in changes if change.row.rule in RULES})


@on_clock
def refresh_own_limits() -> None:
    """A limit that no rule counts has run out: no verdict changes with it, so the day is looked at here."""
    with whole_district():
        rows = Linkage.objects.unscoped("已届满的自行计算的期限").exclude(stage__in=GONE)
        for key in OWN:
            run_out = rows.filter(due_on__lt=clock.today(), duties__contains=[{"rule": key}])
            waiting = run_out.exclude(late_rules__contains=[key])
            refresh(list(waiting.order_by().values_list("matter_id", flat=True)))


def refresh(matter_ids: Iterable[str]) -> None:
    """Bring the rows of some matters in line; other kinds of matter have none."""
    wanted = list(matter_ids)
    if not wanted:
        return
    with whole_district(), transaction.atomic():
        rows = Linkage.objects.unscoped("按事件更新衔接事项").filter(matter_id__in=wanted)
        for linkage in rows.select_for_update(of=("self",)).select_related("agency", "case").order_by("pk"):
            bring_in_line(linkage, LinkageFile(linkage))


def clocks_of(file: LinkageFile) -> list[StoredVerdict]:
    """The stored verdicts on the linkage's own events."""
    rows = StoredVerdict.objects.unscoped("按事项读取结论").filter(
        matter_id=file.linkage.matter_id, rule__in=RULES, subject__in=file.own
    )
    with whole_district():
        return list(rows.order_by("pk"))


def bring_in_line(linkage: Linkage, file: LinkageFile) -> None:
    """Set the projected columns of one row from its events and verdicts, and save it."""
    clocks: list[Clock] = [*clocks_of(file), *live_clocks(file)]
    found = duties(file, clocks)
    ended, reached = file.ended, file.last(*REACHED)
    linkage.stage = stage_of(file)
    linkage.outcome = outcome_of(file)
    linkage.refused = file.happened("police_refused")
    linkage.reconsidered = file.happened("police_reconsideration_requested")
    linkage.supervised = file.happened("filing_supervision_suggested")
    linkage.late_rules = sorted({row.rule for row in clocks if row.verdict == "breached"})
    # What was voided is seen by the agency alone.
    linkage.parties = [linkage.agency_id] if linkage.stage == Stage.VOID else file.opened_to
    linkage.sent_on = reached.on if reached is not None else None
    linkage.ended_on = ended.on if ended is not None else None
    linkage.duties = [duty.kept for duty in found]
    legal = next((duty for duty in found if duty.due_on), None)
    linkage.due_on = date.fromisoformat(legal.due_on) if legal else None
    linkage.due_unit = legal.unit if legal else ""
    linkage.number = _number(file) or linkage.number
    if file.rows:
        linkage.last_event_at = max(row.recorded_at for row in file.rows)
    linkage.save()


def _number(file: LinkageFile) -> str:
    """The number of the letter that began it."""
    for activity in ("procuratorial_letter_sent", "police_case_sent", *REACHED):
        found = file.detail(activity, "number")
        if found:
            return str(found)
    return ""

"""An officer's month, for the officer alone: how many cases closed, how long they took, how many clocks were kept."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, Q

from plumbline.platform.verdicts.models import StoredVerdict

from .contract import OfficerMonth
from .models import Case, CaseOfficer

CLOCKED = ("met", "breached")


def officer_months(agency: str, first: date, last: date) -> dict[str, OfficerMonth]:
    """Every officer's month in an agency, in three queries."""
    closed_cases = (
        Case.objects.unscoped("本人本月统计")
        .filter(agency_id=agency, closed_on__gte=first, closed_on__lte=last)
        .values_list("pk", "filed_on", "opened_on", "closed_on")
    )
    took = {pk: (closed - (filed or opened)).days for pk, filed, opened, closed in closed_cases}
    due = list(
        StoredVerdict.objects.unscoped("本人本月统计")
        .filter(
            agency_code=agency,
            due_on__gte=first,
            due_on__lte=last,
            verdict__in=CLOCKED,
            days_limit__isnull=False,
        )
        .values_list("matter_id")
        .annotate(due=Count("pk"), met=Count("pk", filter=Q(verdict="met")))
    )
    matters = {matter for matter, _, _ in due}
    pairs = CaseOfficer.objects.filter(case__agency_id=agency).filter(case__matter_id__in=matters)
    by_matter: dict[str, list[str]] = {}
    for matter, number in pairs.values_list("case__matter_id", "number"):
        by_matter.setdefault(matter, []).append(number)
    closed: dict[str, list[int]] = {}
    for case_id, number in CaseOfficer.objects.filter(case_id__in=took).values_list("case_id", "number"):
        closed.setdefault(number, []).append(took[case_id])
    all_due: Counter[str] = Counter()
    in_time: Counter[str] = Counter()
    for matter, number_due, number_met in due:
        for number in by_matter.get(matter, ()):
            all_due[number] += number_due
            in_time[number] += number_met
    numbers = set(closed) | set(all_due)
    return {
        number: OfficerMonth(
            closed=len(closed.get(number, [])),
            days=round(sum(closed[number]) / len(closed[number])) if number in closed else None,
            in_time=in_time[number],
            due=all_due[number],
        )
        for number in numbers
    }

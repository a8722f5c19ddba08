"""An officer's month, added up in the database, against the same said in plain loops."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from plumbline.apps.cases.contract import OfficerMonth, officer_month
from plumbline.apps.cases.models import Case, CaseOfficer
from plumbline.platform import clock
from plumbline.platform.verdicts.evaluation import recompute
from plumbline.platform.verdicts.models import StoredVerdict

from .world import STREET


def test_a_month_is_each_officers_own_closed_cases_and_ended_clocks(world: Any) -> None:
    cases = [world.decided(), world.noticed(), world.filed()]
    for case in cases:
        recompute(case.matter_id)
    today = clock.today()
    closed = {cases[0].pk: (40, 3), cases[1].pk: (25, 9)}
    for pk, (filed, ended) in closed.items():
        Case.objects.unscoped("测试").filter(pk=pk).update(
            filed_on=today - timedelta(filed), closed_on=today - timedelta(ended)
        )
    CaseOfficer.objects.filter(case=cases[1], number="HB002").delete()
    first, last = today - timedelta(35), today
    due: dict[str, list[bool]] = {"HB001": [], "HB002": []}
    for row in StoredVerdict.objects.unscoped("测试").filter(verdict__in=["met", "breached"]):
        if row.days_limit is None or row.due_on is None or not first <= row.due_on <= last:
            continue
        for officer in CaseOfficer.objects.filter(case__matter_id=row.matter_id):
            due[officer.number].append(row.verdict == "met")
    assert due["HB002"] and len(due["HB001"]) > len(due["HB002"])
    assert officer_month(STREET, first, last) == {
        "HB001": OfficerMonth(2, round((37 + 16) / 2), sum(due["HB001"]), len(due["HB001"])),
        "HB002": OfficerMonth(1, 37, sum(due["HB002"]), len(due["HB002"])),
    }
    assert officer_month("T-OTHER", first, last) == {}

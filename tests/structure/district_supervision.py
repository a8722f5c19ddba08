"""A lead about the street, a plan with a measure there, a round of visits about its case, and a report."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.oversight.models import (
    Measure,
    MeasureFile,
    Plan,
    PlanSubject,
    Visit,
    VisitRound,
    WorkReport,
)
from plumbline.apps.supervision.contract import take_in_lead
from plumbline.apps.supervision.models import LeadFile
from plumbline.apps.supervision.tests.scene import Scene
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import system_actor


def supervision_objects(place: str, matter: str, scene: Scene, png: bytes) -> dict[str, Any]:
    organ, today = scene.actor(scene.head).agency_code, clock.today()
    lead = take_in_lead(
        actor=system_actor("test"), source="media", title=place, facts=place, concerned=STREET
    )
    paper = LeadFile.objects.create(
        lead=lead, name="a.png", content_type="image/png", sha256=keep([png]).sha256, size=len(png), by_label="试"
    )  # fmt: skip
    plan = Plan.objects.create(
        matter_id="JH-1", agency_id=organ, kind="key", title=place, reason=place, scope=place, from_on=today, until_on=today,
        state="running", made_label="试",
    )  # fmt: skip
    PlanSubject.objects.create(plan=plan, agency_id=STREET)
    measure = Measure.objects.create(
        plan=plan, agency_id=STREET, kind="self_check", text=place, taken_on=today, respond_by=today, by_label="试"
    )  # fmt: skip
    file = MeasureFile.objects.create(
        measure=measure, name="a.png", content_type="image/png", sha256=keep([png]).sha256, size=len(png), by_label="试"
    )  # fmt: skip
    round = VisitRound.objects.create(
        agency_id=organ, title=place, closed_from=today, closed_to=today, size=1, pool=[matter], pool_hash="0", made_label="试"
    )  # fmt: skip
    visit = Visit.objects.create(round=round, agency_id=STREET, matter_id=matter, due_on=today)
    report = WorkReport.objects.create(
        agency_id=organ,
        title=place,
        from_on=today,
        until_on=today,
        text=place,
        matter_id="JB-1",
        made_label="试",
    )
    of_plan, of_report = {"matter_id": plan.matter_id}, {"matter_id": report.matter_id}
    return {
        "lead": {"matter_id": lead.matter_id},
        "lead-file": {"matter_id": lead.matter_id, "pk": paper.pk},
        "record-new": {"kind": "talk"},
        "plan": of_plan,
        "plan-contents": of_plan,
        "plan-report": of_plan,
        "plan-change": of_plan,
        "measure-correct": {"pk": measure.pk},
        "measure": {"pk": measure.pk},
        "measure-file": {"pk": measure.pk, "file": file.pk},
        "visit-round": {"pk": round.pk},
        "visit-check": {"pk": round.pk},
        "visit-entry": {"pk": visit.pk},
        "visit-paper": {"pk": visit.pk},
        "work-report": of_report,
        "work-report-paper": of_report,
    }

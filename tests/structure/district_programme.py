"""A programme in which the street has a share, a report with a file, a self-check and a rectification, for every address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from plumbline.apps.programme import actions
from plumbline.apps.programme.models import (
    Deliverable,
    Directive,
    Intake,
    Merit,
    Paper,
    Progress,
    Rectification,
    RectificationProof,
    SelfCheck,
    Share,
)
from plumbline.apps.programme.plan import Plan, PlanConflict, PlanTask
from plumbline.platform import clock
from plumbline.platform.files.store import keep
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.identity.models import Agency


def programme_objects(place: str, street: str) -> dict[str, Any]:
    """``place`` stands in what only the street and the district may read."""
    today, part = clock.today(), system_actor("test")
    plan = Plan(
        key="t-plan", title="试点", number="文〔2026〕1号", issuer="区政府办", issued_on=today - timedelta(days=90),
        from_on=today - timedelta(days=90), to_on=today + timedelta(days=60),
        tasks=(PlanTask("T1", "annex", "部分", "任务", ("街道",), (today + timedelta(days=3),), points=5, links=(("public-subjects", "执法主体"),)),),
        conflicts=(PlanConflict("C1", ("T1",), "两处不一致"),), groups={"街道": (street,)},
    )  # fmt: skip
    unit = Agency.objects.get(pk=street)
    programme = actions.open_programme(actor=part, plan=plan, agency=unit)
    share = Share.objects.unscoped("测试").get(task__programme=programme)
    report = Progress.objects.create(
        share=share, agency=unit, state="done", text=place, on=today, by_label="报告人", by_number="X"
    )
    kept = {"name": "a.png", "content_type": "image/png", "sha256": keep([b"png"]).sha256, "size": 3}
    file = Deliverable.objects.create(
        share=share, agency=unit, progress=report, title=place, version=1, on=today, **kept
    )
    actions.name_responsible(
        actor=part, programme=programme, agency=street, department=place, person="责任人", on=today
    )
    told = {"score": 5, "full": 5, "items": []}
    check = SelfCheck.objects.create(
        programme=programme,
        agency=unit,
        summary=place,
        content=told,
        submitted_on=today,
        submitted_label="报送人",
    )
    seen = actions.record_acceptance(
        actor=part, task=programme.tasks.get(), score=3, inspectors="检查组", finding=f"在{place}", units=[street], demand=f"在{place}",
        due_on=date(today.year + 1, 1, 1),
    )  # fmt: skip
    fix = Rectification.objects.unscoped("测试").get(check_row=seen)
    proof = RectificationProof.objects.create(
        rectification=fix, agency=unit, text=place, on=today, by_label="报送人", by_number="X", **kept
    )
    merit = Merit.objects.create(
        programme=programme,
        agency=unit,
        kind="bonus",
        reason=place,
        basis="纪要",
        on=today,
        by_label="登记人",
    )
    paper = Paper.objects.create(
        programme=programme, kind="results", drafted_on=today, text={"overview": place}
    )
    directive = Directive.objects.create(
        programme=programme, kind="meeting", title="会议", text="研究", on=today, by_label="登记人", **kept
    )
    intake = Intake.objects.create(name="a.xlsx", sha256="0" * 64, plan=plan.as_json(), by_label="上传人")
    key = {"key": programme.key}
    task, own = key | {"code": "T1"}, key | {"agency": street}
    return {
        "programme-intake": {"pk": intake.pk},
        **dict.fromkeys(
            ("programme", "programme-plan", "programme-ledger", "programme-print", "programme-duties", "programme-people",
             "programme-conflicts", "programme-stages", "programme-merits", "programme-merit-new", "programme-papers",
             "programme-directives", "programme-directive-new",
             "programme-paper-new"),
            key,
        ),
        "programme-tally": task | {"page": "public-subjects"},
        **dict.fromkeys(("programme-task", "programme-deadline", "programme-accept"), task),
        **dict.fromkeys(("programme-unit", "programme-name", "programme-self-check"), own),
        "programme-report": task | own,
        "programme-review": key | {"pk": report.pk},
        "programme-file": key | {"pk": file.pk},
        "programme-self-check-review": key | {"pk": check.pk},
        "programme-settle": key | {"code": "C1"},
        **dict.fromkeys(("programme-rectification", "programme-prove"), key | {"pk": fix.pk}),
        **dict.fromkeys(("programme-verify", "programme-proof"), key | {"pk": proof.pk}),
        "programme-merit-withdraw": key | {"pk": merit.pk},
        "programme-directive-file": key | {"pk": directive.pk},
        "programme-paper": key | {"pk": paper.pk},
        "programme-paper-file": key | {"pk": paper.pk, "form": "docx"},
    }  # fmt: skip

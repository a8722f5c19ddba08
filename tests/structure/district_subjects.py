"""The street's part in a clean-up, its subject, and an application for a certificate."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.apps.agencies.models import (
    CertificateApplication,
    ExamResult,
    OfficerCertificate,
    QualificationExam,
)
from plumbline.apps.subjects.models import CleanupEntry, CleanupRound, OfficerRow, Subject, SubjectRow
from plumbline.apps.targets.models import Target
from plumbline.platform import clock


def subject_objects(party: str, street: str, certificate: OfficerCertificate) -> dict[str, Any]:
    """``party`` stands in what only the street and the district may read."""
    today = clock.today()
    cleanup = CleanupRound.objects.create(
        title="清理", basis="依据", opened_on=today, due_on=today, opened_label="启动"
    )
    entry = CleanupEntry.objects.create(round=cleanup, agency_id=street)
    row = SubjectRow.objects.create(entry=entry, code=street, kind="street", name=party, scope=party)
    OfficerRow.objects.create(entry=entry, certificate=certificate, note=party)
    subject = Subject.objects.create(
        code=street, agency_id=street, kind="street", name="街道", confirmed_on=today, published_on=today
    )
    exam = QualificationExam.objects.create(title="资格考试", held_on=date(2026, 1, 9), organiser="省司法厅")
    result = ExamResult.objects.create(
        exam=exam, agency_id=street, name=party[:20], staff_number="S-1", score=800, passed=True
    )
    application = CertificateApplication.objects.create(
        agency_id=street, result=result, field="城市管理", area="街道", applied_at=clock.now()
    )
    mine = {"pk": entry.pk}
    target = Target.objects.create(credit_code="91420117MA00000154", name="名录中的企业")
    return {
        "subject": {"pk": subject.pk},
        "public-subject": {"code": subject.code},
        "round": {"pk": cleanup.pk},
        "cleanup-row": mine | {"number": row.pk},
        **dict.fromkeys(("cleanup-entry", "cleanup-state", "cleanup-review", "cleanup-press"), mine),
        "officer-application": {"pk": application.pk},
        **{name: {"pk": target.pk} for name in ("target", "target-change")},
    }

"""From the examination to the certificate: results, application, issue, renewal, annual check.

Who examines and who issues is the province's to arrange; here it is kept that it was done, when, and by whose decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency, Person
from plumbline.platform.verdicts.registers import registers_changed

from ..changes import note_change
from ..events import (
    APPLICATION_REFUSED,
    CERTIFICATE_APPLIED,
    CERTIFICATE_CHECKED,
    CERTIFICATE_RENEWED,
    EXAM_HELD,
)
from ..models import (
    AnnualCheck,
    CertificateApplication,
    Change,
    ExamResult,
    OfficerCertificate,
    QualificationExam,
)
from ..policies import may_apply, may_decide_application, may_keep_certificate, may_oversee_officers

BASIS = "行政执法监督条例第十七条"


@dataclass(frozen=True)
class Score:
    """One person's result; ``score`` in tenths of a point."""

    agency_code: str
    name: str
    staff_number: str
    score: int
    passed: bool


@action("agencies.hold_exam", policy=may_oversee_officers, records=(EXAM_HELD,), basis=BASIS)
def hold_exam(
    *, actor: Actor, title: str, held_on: date, organiser: str, scores: Sequence[Score]
) -> QualificationExam:
    """Keep a sitting of the qualification examination with its results; further results may be added to it later."""
    faults: dict[str, str] = {}
    if held_on > clock.today():
        faults["held_on"] = f"「考试日期」{held_on} 在将来。请填写实际考试的日期。"
    numbers = [each.staff_number for each in scores]
    if len(set(numbers)) != len(numbers):
        faults["scores"] = "同一人员编号出现两次。请核对成绩表。"
    codes = {each.agency_code for each in scores}
    unknown = codes - set(Agency.objects.filter(code__in=codes, enforces=True).values_list("code", flat=True))
    if unknown:
        faults["scores"] = f"没有这些执法机关：{'、'.join(sorted(unknown))}。请填写机关编码。"
    if faults:
        raise InputFault(faults)
    exam, fresh = QualificationExam.objects.get_or_create(
        title=title.strip(), held_on=held_on, defaults={"organiser": organiser.strip()}
    )
    known = set(
        ExamResult.objects.unscoped("已登记的成绩").filter(exam=exam).values_list("staff_number", flat=True)
    )
    twice = sorted(known & set(numbers))
    if twice:
        raise InputFault({"scores": f"本次考试已有 {'、'.join(twice)} 的成绩，不能改动。请去掉这些行。"})
    if not fresh and not scores:
        raise InputFault({"title": "这次考试已经登记过。请补充成绩，或者改名称、日期。"})
    ExamResult.objects.bulk_create(
        ExamResult(
            exam=exam, agency_id=each.agency_code, name=each.name, staff_number=each.staff_number,
            score=each.score, passed=each.passed,
        )
        for each in scores
    )  # fmt: skip
    record(
        actor=actor, matter=f"EXAM-{exam.pk}", kind="qualification", activity=EXAM_HELD, agency=actor.agency_code,
        data={"held_on": held_on.isoformat(), "results": len(scores), "passed": sum(each.passed for each in scores)},
    )  # fmt: skip
    return exam


@action(
    "agencies.apply_for_certificate",
    policy=may_apply,
    on="agency_code",
    records=(CERTIFICATE_APPLIED,),
    basis=BASIS,
)
def apply_for_certificate(
    *, actor: Actor, agency_code: str, result: ExamResult, field: str, area: str
) -> CertificateApplication:
    """The agency asks for the certificate of one of its people who has passed."""
    faults: dict[str, str] = {}
    if result.agency_id != agency_code:
        faults["result"] = "该成绩不是本机关人员的。请另选。"
    elif not result.passed:
        faults["result"] = f"{result.name} 考试不合格，不能申领执法证件（行政执法监督条例第十七条）。"
    elif (
        CertificateApplication.objects.unscoped("同一成绩的申领")
        .filter(result=result)
        .exclude(decision="refused")
        .exists()
    ):
        faults["result"] = f"{result.name} 已经申领过。"
    if not field.strip():
        faults["field"] = "请填写执法领域。"
    if faults:
        raise InputFault(faults)
    row = CertificateApplication.objects.create(
        agency_id=agency_code, result=result, field=field.strip(), area=area.strip(), applied_at=clock.now(),
        applied_by_id=actor.person_id,
    )  # fmt: skip
    record(
        actor=actor, matter=f"APPL-{row.pk}", kind="qualification", activity=CERTIFICATE_APPLIED, agency=agency_code,
        data={"result": result.pk},
    )  # fmt: skip
    return row


@dataclass(frozen=True)
class NewCertificate:
    """What the issued certificate says."""

    number: str
    issued_on: date
    valid_from: date
    valid_to: date | None


@action(
    "agencies.issue_certificate", policy=may_decide_application, on="application",
    records=("officer_registered", "information_formed"), basis=BASIS,
)  # fmt: skip
def issue_certificate(
    *, actor: Actor, application: CertificateApplication, certificate: NewCertificate
) -> OfficerCertificate:
    """Keep the issued certificate: the officer enters the register, and the change waits to be published."""
    result = application.result
    _demand_dates(certificate, result.exam.held_on)
    if OfficerCertificate.objects.filter(number=certificate.number.strip()).exists():
        raise InputFault({"number": f"证号 {certificate.number} 已有证件。请核对；换发的请在原证件页办理。"})
    row = OfficerCertificate.objects.create(
        number=certificate.number.strip(), name=result.name, agency_id=application.agency_id,
        person=Person.objects.filter(staff_number=result.staff_number).first(), field=application.field,
        area=application.area, exam_passed_on=result.exam.held_on, issued_on=certificate.issued_on,
        valid_from=certificate.valid_from, valid_to=certificate.valid_to,
    )  # fmt: skip
    application.decision, application.certificate = "issued", row
    _decide(actor, application)
    record(
        actor=actor, matter=f"CERT-{row.number}", kind="qualification", activity="officer_registered",
        agency=row.agency_id, occurred_at=certificate.issued_on,
        data={"exam_passed_on": result.exam.held_on.isoformat(), "certificate_issued_on": certificate.issued_on.isoformat()},
        actors=[{"id": row.number, "role": "officer"}],
    )  # fmt: skip
    note_change(
        actor=actor, agency_code=row.agency_id, what=Change.ISSUED, about=row.number, name=row.name,
        changed_on=max(certificate.issued_on, certificate.valid_from), certificate=row,
    )  # fmt: skip
    registers_changed()
    return row


@action(
    "agencies.refuse_application", policy=may_decide_application, on="application",
    records=(APPLICATION_REFUSED,), basis=BASIS,
)  # fmt: skip
def refuse_application(*, actor: Actor, application: CertificateApplication, reason: str) -> None:
    """Refuse an application, with the reason the agency will read."""
    if not reason.strip():
        raise InputFault({"reason": "请写明不予制发的理由。"})
    application.decision, application.reason = "refused", reason.strip()
    _decide(actor, application)
    record(
        actor=actor, matter=f"APPL-{application.pk}", kind="qualification", activity=APPLICATION_REFUSED,
        agency=application.agency_id, data={"reason": reason.strip()},
    )  # fmt: skip


def _decide(actor: Actor, application: CertificateApplication) -> None:
    application.decided_at, application.decided_label = clock.now(), actor.label
    application.save()


def _demand_dates(certificate: NewCertificate, passed_on: date) -> None:
    faults: dict[str, str] = {}
    if not certificate.number.strip():
        faults["number"] = "请填写执法证号。"
    if certificate.issued_on < passed_on:
        faults["issued_on"] = f"「制发日」早于考试日期（{passed_on}）。先考试合格，后制发证件。"
    if certificate.issued_on > clock.today():
        faults["issued_on"] = f"「制发日」{certificate.issued_on} 在将来。请填写实际制发的日期。"
    if certificate.valid_from < certificate.issued_on:
        faults["valid_from"] = f"「有效期起」早于制发日（{certificate.issued_on}）。"
    if certificate.valid_to is not None and certificate.valid_to < certificate.valid_from:
        faults["valid_to"] = "「有效期止」早于「有效期起」。"
    if faults:
        raise InputFault(faults)


@action(
    "agencies.renew_certificate", policy=may_keep_certificate, on="certificate",
    records=(CERTIFICATE_RENEWED, "information_formed", "information_published"), basis=BASIS,
)  # fmt: skip
def renew_certificate(
    *, actor: Actor, certificate: OfficerCertificate, from_on: date, to_on: date | None, reason: str
) -> OfficerCertificate:
    """Open the next term of the same number; a term that still runs ends the day before."""
    state = certificate.state_on(from_on - timedelta(days=1))
    faults: dict[str, str] = {}
    if state not in {"valid", "expired"}:
        faults["from_on"] = "证件暂扣、注销或者已调离的，不能换发。"
    if from_on <= certificate.valid_from:
        faults["from_on"] = f"新的有效期应晚于原有效期起（{certificate.valid_from}）。"
    if to_on is not None and to_on < from_on:
        faults["to_on"] = "「有效期止」早于「有效期起」。"
    if not reason.strip():
        faults["reason"] = "请写明换发的理由和依据文件。"
    if faults:
        raise InputFault(faults)
    if certificate.valid_to is None or certificate.valid_to >= from_on:
        certificate.valid_to, certificate.ended_as = from_on - timedelta(days=1), "renewed"
        certificate.save(update_fields=["valid_to", "ended_as"])
    fresh = OfficerCertificate.objects.create(
        number=certificate.number, person=certificate.person, name=certificate.name, agency=certificate.agency,
        area=certificate.area, field=certificate.field, valid_from=from_on, valid_to=to_on,
        exam_passed_on=certificate.exam_passed_on, issued_on=certificate.issued_on, fictitious=certificate.fictitious,
        published_on=clock.today() if certificate.published_on else None,
    )  # fmt: skip
    record(
        actor=actor, matter=f"CERT-{fresh.number}", kind="qualification", activity=CERTIFICATE_RENEWED,
        agency=fresh.agency_id, data={"certificate": fresh.number, "from_on": from_on.isoformat(), "reason": reason.strip()},
    )  # fmt: skip
    note_change(
        actor=actor, agency_code=fresh.agency_id, what=Change.RENEWED, about=fresh.number, name=fresh.name,
        changed_on=from_on, certificate=fresh, shown=fresh.published_on is not None,
    )  # fmt: skip
    registers_changed()
    return fresh


@action("agencies.check_annually", policy=may_oversee_officers, records=(CERTIFICATE_CHECKED,), basis=BASIS)
def check_annually(
    *, actor: Actor, certificate: OfficerCertificate, year: int, on: date, passed: bool, note: str
) -> AnnualCheck:
    """Keep the annual check of a certificate. A failed check suspends nothing by itself: that is a decision of its own."""
    faults: dict[str, str] = {}
    if on > clock.today():
        faults["on"] = f"「年检日」{on} 在将来。请填写实际年检的日期。"
    if not passed and not note.strip():
        faults["note"] = "年检不合格的，请写明理由。"
    if certificate.annual_checks.filter(year=year).exists():
        faults["year"] = f"{year} 年度已经年检过。"
    if faults:
        raise InputFault(faults)
    check = AnnualCheck.objects.create(
        certificate=certificate, year=year, on=on, passed=passed, note=note.strip()
    )
    record(
        actor=actor, matter=f"CERT-{certificate.number}", kind="qualification", activity=CERTIFICATE_CHECKED,
        agency=certificate.agency_id, occurred_at=on, data={"year": year, "passed": passed},
    )  # fmt: skip
    return check

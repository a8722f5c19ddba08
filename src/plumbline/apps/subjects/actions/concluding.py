"""From the review to the public list: confirmation, the government's consent, publication."""

from __future__ import annotations

from datetime import date

from plumbline.apps.agencies.contract import Change, list_certificate, note_change
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, Refusal, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import registers_changed

from ..events import GOVERNMENT_CONSENTED, SUBJECTS_CONFIRMED, SUBJECTS_PUBLISHED, SUBJECTS_SUBMITTED
from ..keeping import open_subject
from ..models import CleanupEntry, CleanupRound, OfficerRow, Subject, SubjectPost
from ..policies import may_confirm, may_publish, may_record_consent, may_submit
from .keeping import BASIS, PUBLIC, tell_round, tell_subject
from .reviewing import qualified


def entries_of(cleanup: CleanupRound) -> list[CleanupEntry]:
    rows = CleanupEntry.objects.unscoped("本次清理的全部机关").filter(round=cleanup)
    return list(rows.select_related("agency", "round").order_by("agency_id"))


@action(
    "subjects.confirm_round", policy=may_confirm, on="cleanup", records=(SUBJECTS_CONFIRMED,), basis=BASIS
)
def confirm_round(*, actor: Actor, cleanup: CleanupRound) -> list[Subject]:
    """Confirm what passed: each passed subject is a new dated row that replaces the one before."""
    today = clock.today()
    entries = entries_of(cleanup)
    waiting = [each for each in entries if each.reviewed_at is None and each.left_out_at is None]
    if waiting:
        names = "、".join(each.agency.short_name for each in waiting[:5])
        raise Refusal(
            f"还有 {len(waiting)} 个机关没有审核完成：{names}{'等' if len(waiting) > 5 else ''}",
            basis="行政执法监督条例第十七条",
            next_step="请完成审核；不能按期报送的，写明理由后不列入本次。",
        )
    made: list[Subject] = []
    for entry in entries:
        if entry.reviewed_at is None:
            continue
        officers = {row.certificate.number: row.post for row in _officers(entry) if qualified(row)}
        for row in entry.subject_rows.filter(decision="passed"):
            subject = open_subject(row=row, on=today, cleanup=cleanup)
            SubjectPost.objects.bulk_create(
                SubjectPost(
                    subject=subject, title=post["title"], post_class=post["post_class"], duty=post["duty"],
                    officers=[number for number, title in officers.items() if title == post["title"]],
                )
                for post in row.posts
            )  # fmt: skip
            made.append(subject)
    if not made:
        raise Refusal("没有审核合格的主体，不能确认", next_step="请核对审核结论。")
    for subject in made:
        Agency.objects.filter(code=subject.code).update(
            subject_confirmed_on=_first(subject, today), subject_ended_on=None
        )
    cleanup.confirmed_on = today
    cleanup.save(update_fields=["confirmed_on"])
    tell_round(actor, cleanup, SUBJECTS_CONFIRMED, subjects=[subject.code for subject in made])
    registers_changed()
    return made


def _first(subject: Subject, today: date) -> date:
    """The day since which the body has been a confirmed subject without a gap: what was decided before stays lawful."""
    known = Agency.objects.filter(code=subject.code).first()
    if known is None or known.subject_confirmed_on is None or known.subject_ended_on is not None:
        return today
    return known.subject_confirmed_on


def _officers(entry: CleanupEntry) -> list[OfficerRow]:
    return list(entry.officer_rows.select_related("certificate"))


@action(
    "subjects.put_to_government", policy=may_submit, on="cleanup", records=(SUBJECTS_SUBMITTED,), basis=BASIS
)
def put_to_government(*, actor: Actor, cleanup: CleanupRound, on: date, number: str) -> None:
    """Submit the confirmed list to the government for consent to its publication."""
    _demand(on, number, cleanup.confirmed_on, "提请日")
    cleanup.submitted_on, cleanup.submitted_number = on, number.strip()
    cleanup.save(update_fields=["submitted_on", "submitted_number"])
    tell_round(actor, cleanup, SUBJECTS_SUBMITTED, on=on.isoformat(), number=number.strip())


@action(
    "subjects.record_consent", policy=may_record_consent, on="cleanup", records=(GOVERNMENT_CONSENTED,), basis=BASIS
)  # fmt: skip
def record_consent(*, actor: Actor, cleanup: CleanupRound, on: date, number: str) -> None:
    """Keep the government's consent with its day and document."""
    _demand(on, number, cleanup.submitted_on, "同意日")
    cleanup.consented_on, cleanup.consent_number = on, number.strip()
    cleanup.save(update_fields=["consented_on", "consent_number"])
    cleanup.subjects.update(consented_on=on, consent_number=number.strip())
    tell_round(actor, cleanup, GOVERNMENT_CONSENTED, on=on.isoformat(), number=number.strip())


def _demand(on: date, number: str, after: date | None, word: str) -> None:
    faults: dict[str, str] = {}
    if after is not None and on < after:
        faults["on"] = f"「{word}」{on} 早于上一步（{after}）。请改为之后的日期。"
    if on > clock.today():
        faults["on"] = f"「{word}」{on} 在将来。请填写实际的日期。"
    if not number.strip():
        faults["number"] = "请填写文号。没有文号的，填写会议纪要或者批示的名称。"
    if faults:
        raise InputFault(faults)


@action(
    "subjects.publish_round", policy=may_publish, on="cleanup",
    records=(SUBJECTS_PUBLISHED, "subject_registered", "officer_registered", *PUBLIC), basis=BASIS,
)  # fmt: skip
def publish_round(*, actor: Actor, cleanup: CleanupRound) -> int:
    """Publish the list: subjects and the officers in post are shown to the public from today. Returns how many subjects."""
    today = clock.today()
    subjects = list(cleanup.subjects.filter(valid_to=None).select_related("agency"))
    for subject in subjects:
        subject.published_on = today
        subject.save(update_fields=["published_on"])
        agency = Agency.objects.filter(code=subject.code).first()
        if agency is not None and (
            agency.subject_published_on is None or agency.subject_confirmed_on == subject.confirmed_on
        ):
            agency.subject_published_on = today
            agency.save(update_fields=["subject_published_on"])
        tell_subject(
            actor, subject, "subject_registered",
            {"confirmed_on": subject.confirmed_on.isoformat(), "published_on": today.isoformat()}, on=today,
        )  # fmt: skip
        note_change(
            actor=actor, agency_code=subject.agency_id, what=Change.SUBJECT, about=subject.code, name=subject.name,
            changed_on=subject.consented_on or subject.confirmed_on, shown=True,
        )  # fmt: skip
    listed = [
        row
        for entry in entries_of(cleanup)
        if entry.reviewed_at
        for row in _officers(entry)
        if qualified(row)
    ]
    for row in listed:
        _register(actor, row, today)
    cleanup.published_on = today
    cleanup.save(update_fields=["published_on"])
    tell_round(actor, cleanup, SUBJECTS_PUBLISHED, subjects=len(subjects), officers=len(listed))
    registers_changed()
    return len(subjects)


def _register(actor: Actor, row: OfficerRow, today: date) -> None:
    """The officer enters the public list; what is not known of examination and issue is left unstated, never made up."""
    certificate = row.certificate
    fresh = certificate.published_on is None
    list_certificate(certificate, today)
    if not fresh:
        return
    dates = {"exam_passed_on": certificate.exam_passed_on, "certificate_issued_on": certificate.issued_on}
    record(
        actor=actor, matter=f"CERT-{certificate.number}", kind="qualification", activity="officer_registered",
        agency=certificate.agency_id, occurred_at=today,
        data={name: day.isoformat() for name, day in dates.items() if day},
        actors=[{"id": certificate.number, "role": "officer"}],
    )  # fmt: skip

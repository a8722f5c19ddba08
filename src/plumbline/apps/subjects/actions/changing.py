"""Change, merger and abolition of a subject, and the answer to an article that reads otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plumbline.apps.agencies.contract import Change, note_change
from plumbline.apps.law_library.contract import Resting, watch
from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import registers_changed

from ..events import BASIS_REAFFIRMED, SUBJECT_CHANGED, SUBJECT_ENDED
from ..keeping import close_subject, rest_on
from ..models import Ending, Subject, SubjectBasis, SubjectPost
from ..policies import may_change_subject, may_publish_subject, may_reaffirm_basis
from ..prefill import FIELDS
from .keeping import BASIS, PUBLIC, tell_subject


@action(
    "subjects.publish_subject", policy=may_publish_subject, on="subject",
    records=("subject_registered", *PUBLIC), basis=BASIS,
)  # fmt: skip
def publish_subject(*, actor: Actor, subject: Subject, on: date, number: str) -> None:
    """Show one confirmed subject to the public, with the day and the paper of the government's consent."""
    faults: dict[str, str] = {}
    today = clock.today()
    if on < subject.confirmed_on:
        faults["on"] = f"同意之日早于确认日（{subject.confirmed_on}）。"
    if on > today:
        faults["on"] = f"同意之日 {on} 在将来。请填写实际的日期。"
    if not number.strip():
        faults["number"] = "请填写区政府同意的文号。"
    if faults:
        raise InputFault(faults)
    subject.consented_on, subject.consent_number, subject.published_on = on, number.strip(), today
    subject.save(update_fields=["consented_on", "consent_number", "published_on"])
    Agency.objects.filter(code=subject.code, subject_published_on=None).update(subject_published_on=today)
    tell_subject(
        actor, subject, "subject_registered",
        {"confirmed_on": subject.confirmed_on.isoformat(), "published_on": today.isoformat()}, on=today,
    )  # fmt: skip
    note_change(
        actor=actor, agency_code=subject.agency_id, what=Change.SUBJECT, about=subject.code, name=subject.name,
        changed_on=on, shown=True,
    )  # fmt: skip
    registers_changed()


@dataclass(frozen=True)
class NewState:
    """What a subject says from the day of the change on."""

    name: str
    scope: str
    area: str
    responsible: str
    phone: str
    bases: Sequence[tuple[str, str, str]]


@action(
    "subjects.change_subject", policy=may_change_subject, on="subject", records=(SUBJECT_CHANGED, *PUBLIC), basis=BASIS
)  # fmt: skip
def change_subject(
    *, actor: Actor, subject: Subject, on: date, reason: str, state: NewState, document: str
) -> Subject:
    """A change of name, scope, responsible person or basis from ``on``: a new row, shown to the public at once."""
    _demand(subject, on, reason)
    if not state.name.strip() or not state.bases:
        raise InputFault({"name": "请填写主体名称和至少一条主体资格依据。"})
    posts = list(subject.posts.all())
    close_subject(subject, on=on, ended_as=Ending.CHANGED, reason=reason, successor=subject.code)
    values = {name: getattr(subject, name) for name in FIELDS}
    values |= {
        name: getattr(state, name).strip() for name in ("name", "scope", "area", "responsible", "phone")
    }
    fresh = Subject.objects.create(
        code=subject.code, agency_id=subject.agency_id, kind=subject.kind, confirmed_on=on, round=subject.round,
        consented_on=subject.consented_on, consent_number=document.strip() or subject.consent_number,
        published_on=clock.today() if subject.published_on else None, **values,
    )  # fmt: skip
    rest_on(fresh, [{"law": law, "article": article, "level": level} for law, article, level in state.bases])
    SubjectPost.objects.bulk_create(
        SubjectPost(subject=fresh, title=p.title, post_class=p.post_class, duty=p.duty, officers=p.officers)
        for p in posts
    )
    if subject.name != fresh.name:
        Agency.objects.filter(code=subject.code).update(name=fresh.name)
    tell_subject(actor, fresh, SUBJECT_CHANGED, {"on": on.isoformat(), "reason": reason.strip()})
    note_change(
        actor=actor, agency_code=fresh.agency_id, what=Change.SUBJECT_CHANGED, about=fresh.code, name=fresh.name,
        changed_on=on, shown=fresh.published_on is not None,
    )  # fmt: skip
    registers_changed()
    return fresh


@action(
    "subjects.end_subject", policy=may_change_subject, on="subject", records=(SUBJECT_ENDED, *PUBLIC), basis=BASIS
)  # fmt: skip
def end_subject(
    *, actor: Actor, subject: Subject, on: date, ended_as: str, reason: str, successor: str = ""
) -> None:
    """Merger or abolition: from ``on`` the body is no subject any more, and its powers are not its own."""
    _demand(subject, on, reason)
    faults: dict[str, str] = {}
    if ended_as not in {Ending.MERGED, Ending.ABOLISHED}:
        faults["ended_as"] = "请选择合并或者撤销。"
    if ended_as == Ending.MERGED and not successor:
        faults["successor"] = "合并的，请选择承继其职权的机关。"
    if (
        successor
        and not Agency.objects.filter(code=successor, enforces=True).exclude(code=subject.code).exists()
    ):
        faults["successor"] = "没有找到这个承继机关。请重新选择。"
    if faults:
        raise InputFault(faults)
    close_subject(subject, on=on, ended_as=ended_as, reason=reason, successor=successor)
    if subject.code == subject.agency_id:
        Agency.objects.filter(code=subject.code).update(subject_ended_on=on - timedelta(days=1))
    tell_subject(
        actor, subject, SUBJECT_ENDED,
        {"on": on.isoformat(), "as": ended_as, "successor": successor, "reason": reason.strip()},
    )  # fmt: skip
    note_change(
        actor=actor, agency_code=subject.agency_id, what=Change.SUBJECT_ENDED, about=subject.code, name=subject.name,
        changed_on=on, shown=subject.published_on is not None,
    )  # fmt: skip
    registers_changed()


def _demand(subject: Subject, on: date, reason: str) -> None:
    faults: dict[str, str] = {}
    if on <= subject.confirmed_on:
        faults["on"] = f"变更日应晚于确认日（{subject.confirmed_on}）。"
    if on > clock.today():
        faults["on"] = f"变更日 {on} 在将来。请在生效当日或者之后登记。"
    if not reason.strip():
        faults["reason"] = "请写明理由和依据文件。"
    if faults:
        raise InputFault(faults)


@action(
    "subjects.reaffirm_basis", policy=may_reaffirm_basis, on="subject", records=(BASIS_REAFFIRMED,), basis=BASIS
)  # fmt: skip
def reaffirm_basis(*, actor: Actor, subject: Subject, basis: SubjectBasis, reason: str) -> None:
    """Say, having read the new wording, that the subject still rests on the article; another wording asks anew."""
    if basis.subject_id != subject.pk:
        raise InputFault({"": "这条依据不属于该主体。"})
    if not reason.strip():
        raise InputFault({"reason": "请写明为什么新条文下主体资格仍然成立。"})
    cited = Resting(basis.law, basis.article, basis.sha256)
    stands = watch([cited])[cited]
    if not stands.asks:
        raise InputFault({"": "这条依据的文字没有变化，不需要确认。"})
    basis.sha256 = stands.sha256
    basis.reaffirmed_on, basis.reaffirmed_label = clock.today(), actor.label
    basis.reaffirmed_reason = reason.strip()
    basis.save()
    tell_subject(
        actor,
        subject,
        BASIS_REAFFIRMED,
        {"law": basis.law, "article": basis.article, "reason": reason.strip()},
    )

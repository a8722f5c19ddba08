"""Keeping officers' certificates: suspension, restoring, revocation and moves, each with its day and reason.

What the public register shows of a certificate follows at once; the change is kept with its day, so that what was
recorded late shows as late.
"""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Agency
from plumbline.platform.verdicts.registers import registers_changed

from ..changes import note_change
from ..events import CERTIFICATE_RESTORED, CERTIFICATE_REVOKED, CERTIFICATE_SUSPENDED, OFFICER_MOVED
from ..models import CertificateRevocation, CertificateSuspension, Change, OfficerCertificate
from ..policies import may_keep_certificate, may_move_officer

BASIS = "行政执法监督条例第十七条"
PUBLIC = ("information_formed", "information_published")


@action(
    "agencies.suspend_certificate",
    policy=may_keep_certificate,
    on="certificate",
    records=(CERTIFICATE_SUSPENDED, *PUBLIC),
    basis=BASIS,
)
def suspend_certificate(
    *, actor: Actor, certificate: OfficerCertificate, from_on: date, to_on: date | None, reason: str
) -> CertificateSuspension:
    """Make a certificate unusable from a day on; acts of those days will be found to lack an officer."""
    _demand_reason(reason)
    if to_on is not None and to_on < from_on:
        raise InputFault({"to_on": "「暂扣止」早于「暂扣起」。请改为同日或者之后的日期。"})
    if certificate.state_on(from_on) != "valid":
        raise InputFault({"from_on": f"该证件在 {from_on} 不是有效状态，不需要暂扣。"})
    suspension = CertificateSuspension.objects.create(
        certificate=certificate, from_on=from_on, to_on=to_on, reason=reason
    )
    _keep(actor, certificate, CERTIFICATE_SUSPENDED, {"from_on": from_on.isoformat(), "reason": reason})
    _tell(actor, certificate, Change.SUSPENDED, from_on)
    return suspension


@action(
    "agencies.restore_certificate",
    policy=may_keep_certificate,
    on="certificate",
    records=(CERTIFICATE_RESTORED, *PUBLIC),
    basis=BASIS,
)
def restore_certificate(*, actor: Actor, certificate: OfficerCertificate, on: date, reason: str) -> None:
    """End the suspension that runs on the day before ``on``; from ``on`` the certificate may be used again."""
    _demand_reason(reason)
    before = on - timedelta(days=1)
    running = [
        each
        for each in certificate.suspensions.all()
        if each.from_on <= before and (each.to_on is None or before <= each.to_on)
    ]
    if not running:
        raise InputFault({"on": f"该证件在 {before} 没有暂扣，不需要恢复。"})
    for each in running:
        each.to_on = before
        each.save(update_fields=["to_on"])
    _keep(actor, certificate, CERTIFICATE_RESTORED, {"on": on.isoformat(), "reason": reason})
    _tell(actor, certificate, Change.RESTORED, on)


@action(
    "agencies.revoke_certificate",
    policy=may_keep_certificate,
    on="certificate",
    records=(CERTIFICATE_REVOKED, *PUBLIC),
    basis=BASIS,
)
def revoke_certificate(
    *, actor: Actor, certificate: OfficerCertificate, on: date, reason: str
) -> CertificateRevocation:
    """End a certificate: the day before ``on`` is its last valid day."""
    _demand_reason(reason)
    if on <= certificate.valid_from:
        raise InputFault({"on": f"「注销日」应晚于有效期起（{certificate.valid_from}）。"})
    certificate.valid_to = on - timedelta(days=1)
    certificate.save(update_fields=["valid_to"])
    revocation = CertificateRevocation.objects.create(certificate=certificate, on=on, reason=reason)
    _keep(actor, certificate, CERTIFICATE_REVOKED, {"on": on.isoformat(), "reason": reason})
    _tell(actor, certificate, Change.REVOKED, on)
    return revocation


@action(
    "agencies.move_officer",
    policy=may_move_officer,
    on="certificate",
    records=(OFFICER_MOVED, *PUBLIC),
    basis=BASIS,
)
def move_officer(
    *, actor: Actor, certificate: OfficerCertificate, to: Agency, on: date, reason: str
) -> OfficerCertificate:
    """The officer acts for another agency from ``on``. The new row is listed once the change is published."""
    _demand_reason(reason)
    if to.pk == certificate.agency_id:
        raise InputFault({"to": "调入的机关就是现在的机关。请另选机关。"})
    if not to.enforces:
        raise InputFault({"to": "调入的单位不行使执法权。离开执法岗位的，请办理注销。"})
    if (
        certificate.state_on(on - timedelta(days=1)) not in {"valid", "suspended"}
        or on <= certificate.valid_from
    ):
        raise InputFault({"on": f"该证件在 {on} 的前一日不在有效期内，不能办理调动。"})
    until = certificate.valid_to
    certificate.valid_to, certificate.ended_as = on - timedelta(days=1), "moved"
    certificate.save(update_fields=["valid_to", "ended_as"])
    moved = OfficerCertificate.objects.create(
        number=certificate.number, person=certificate.person, name=certificate.name, agency=to,
        area=certificate.area, field=certificate.field, valid_from=on, valid_to=until,
        exam_passed_on=certificate.exam_passed_on, issued_on=certificate.issued_on, fictitious=certificate.fictitious,
    )  # fmt: skip
    for each in certificate.suspensions.filter(to_on=None):
        CertificateSuspension.objects.create(certificate=moved, from_on=on, to_on=None, reason=each.reason)
    data = {"from": certificate.agency_id, "to": to.pk, "on": on.isoformat(), "reason": reason}
    _keep(actor, certificate, OFFICER_MOVED, data)
    _tell(actor, certificate, Change.MOVED_OUT, on)
    _tell(actor, moved, Change.MOVED_IN, on, shown=False)
    return moved


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise InputFault({"reason": "请写明理由。理由会随证件状态一并保存。"})


def _tell(
    actor: Actor, certificate: OfficerCertificate, what: str, on: date, *, shown: bool | None = None
) -> None:
    """Keep the change for the public register; the state of a listed certificate shows as soon as it is recorded."""
    note_change(
        actor=actor, agency_code=certificate.agency_id, what=what, about=certificate.number, name=certificate.name,
        changed_on=on, certificate=certificate, shown=certificate.published_on is not None if shown is None else shown,
    )  # fmt: skip


def _keep(actor: Actor, certificate: OfficerCertificate, activity: str, data: dict[str, str]) -> None:
    record(
        actor=actor,
        matter=f"CERT-{certificate.number}",
        kind="qualification",
        activity=activity,
        agency=certificate.agency_id,
        occurred_at=clock.now(),
        data={"certificate": certificate.number, **data},
    )
    registers_changed()

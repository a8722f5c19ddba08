"""Keeping officers' certificates: suspension and revocation, each with its day and reason."""

from __future__ import annotations

from datetime import date, timedelta

from plumbline.platform import clock
from plumbline.platform.actions import InputFault, action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.verdicts.registers import registers_changed

from .events import CERTIFICATE_REVOKED, CERTIFICATE_SUSPENDED
from .models import CertificateRevocation, CertificateSuspension, OfficerCertificate
from .policies import may_keep_certificate

BASIS = "行政执法监督条例第十七条"


@action(
    "agencies.suspend_certificate",
    policy=may_keep_certificate,
    on="certificate",
    records=(CERTIFICATE_SUSPENDED,),
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
    return suspension


@action(
    "agencies.revoke_certificate",
    policy=may_keep_certificate,
    on="certificate",
    records=(CERTIFICATE_REVOKED,),
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
    return revocation


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise InputFault({"reason": "请写明理由。理由会随证件状态一并保存。"})


def _keep(actor: Actor, certificate: OfficerCertificate, activity: str, data: dict[str, str]) -> None:
    record(
        actor=actor,
        matter=f"CERT-{certificate.number}",
        kind="register",
        activity=activity,
        agency=certificate.agency_id,
        occurred_at=clock.now(),
        data={"certificate": certificate.number, **data},
    )
    registers_changed()

"""Who may keep the registers of agencies and officers. They are public to read inside the district."""

from __future__ import annotations

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor

from .models import OfficerCertificate


def may_keep_certificate(actor: Actor, certificate: OfficerCertificate) -> Decision:
    """Holders of ``registers.maintain`` for the certificate's agency."""
    if actor.can("registers.maintain", certificate.agency_id):
        return ALLOWED
    return denied("您的岗位不能维护该机关的执法证件", next_step="请由区司法局或者该机关的管理员办理。")

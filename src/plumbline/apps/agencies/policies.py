"""Who may keep the registers of agencies and officers. They are public to read inside the district."""

from __future__ import annotations

from typing import Any

from plumbline.platform.actions import ALLOWED, Decision, denied
from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet, visible

from .models import CertificateApplication, ExamResult, OfficerCertificate, PublicChange

KEEPING = ("registers.maintain", "supervision.supervise")


def keeps_the_district(actor: Actor) -> bool:
    """Whether the actor's post keeps or supervises the registers of the whole district (区司法局)."""
    return actor.is_system or any(
        grant.capability in KEEPING and grant.agencies is None for grant in actor.grants
    )


def may_keep_certificate(actor: Actor, certificate: OfficerCertificate) -> Decision:
    """Holders of ``registers.maintain`` for the certificate's agency, and the keepers of the district."""
    if actor.can("registers.maintain", certificate.agency_id) or keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不能维护该机关的执法证件", next_step="请由区司法局或者该机关的管理员办理。")


def may_see_photo(actor: Actor, certificate: OfficerCertificate) -> Decision:
    """The keepers of the certificate, and the officer."""
    if certificate.person_id is not None and certificate.person_id == actor.person_id:
        return ALLOWED
    return may_keep_certificate(actor, certificate)


def may_move_officer(actor: Actor, certificate: OfficerCertificate) -> Decision:
    """A move touches two agencies, so the keepers of the district record it."""
    if keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不能办理跨机关调动", next_step="请由区司法局办理。")


def may_oversee_officers(actor: Actor) -> Decision:
    """Examinations, issue, annual checks and settings are the district's (行政执法监督条例第十七条)."""
    if keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不办理资格考试和证件制发", next_step="请由区司法局办理。")


def may_apply(actor: Actor, agency_code: str) -> Decision:
    """Applying for a certificate: the agency's own keeper of the registers."""
    if actor.can("registers.maintain", agency_code):
        return ALLOWED
    return denied("您的岗位不能为该机关申领执法证件", next_step="请由该机关的管理员办理。")


def may_decide_application(actor: Actor, application: CertificateApplication) -> Decision:
    if application.decision:
        return denied(f"该申领已经{application.get_decision_display()}")
    return may_oversee_officers(actor)


def may_publish_change(actor: Actor, change: PublicChange) -> Decision:
    """Showing a change to the public: whoever publishes for the agency, and the keepers of the district."""
    if change.published_on is not None:
        return denied(f"该变动已于 {change.published_on} 公开")
    if actor.can("publicity.publish", change.agency_id) or keeps_the_district(actor):
        return ALLOWED
    return denied("您的岗位不能公开该机关的名册变动", next_step="请由区司法局或者该机关的公示岗办理。")


def _own(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    if keeps_the_district(actor):
        return rows
    return rows.filter(agency_id__in=actor.reach("registers.maintain") or ())


@visible(ExamResult)
def results_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _own(actor, rows)


@visible(CertificateApplication)
def applications_seen_by(actor: Actor, rows: ScopedQuerySet[Any]) -> ScopedQuerySet[Any]:
    return _own(actor, rows)

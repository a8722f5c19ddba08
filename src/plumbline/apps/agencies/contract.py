"""What other apps may use of the registers of agencies and officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from .models import STATE_ZH, OfficerCertificate

__all__ = ["STATE_ZH", "certificate_of", "certificates_like", "holders_of", "valid_certificates"]


def certificate_of(number: str) -> OfficerCertificate | None:
    """The latest certificate under a number."""
    return (
        OfficerCertificate.objects.filter(number=number)
        .select_related("agency")
        .order_by("-valid_from")
        .first()
    )


def holders_of(numbers: Iterable[str]) -> dict[str, str]:
    """Names by certificate number; a number that is not in the register is left out."""
    rows = OfficerCertificate.objects.filter(number__in=list(numbers)).order_by("valid_from")
    return dict(rows.values_list("number", "name"))


def valid_certificates(agency_code: str, on: date) -> QuerySet[OfficerCertificate]:
    """Certificates of an agency within their term on a day (suspensions are in ``state_on``)."""
    return OfficerCertificate.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), agency_id=agency_code, valid_from__lte=on
    )


def certificates_like(text: str) -> QuerySet[OfficerCertificate]:
    """Certificates by the beginning of a name or by the whole number, for the public look-up."""
    rows = OfficerCertificate.objects.select_related("agency").prefetch_related("suspensions", "revocations")
    return rows.filter(Q(name__startswith=text) | Q(number__iexact=text)).order_by("number")

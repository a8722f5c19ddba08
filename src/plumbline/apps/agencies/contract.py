"""What other apps may use of the registers of agencies and officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from plumbline.platform import clock
from plumbline.platform.verdicts.registers import current_registers
from plumbline.vocabulary import in_force

from .changes import listed, note_change, show, waiting_changes
from .models import STATE_ZH, CertificateApplication, Change, Entrustment, OfficerCertificate, PublicChange
from .policies import keeps_the_district
from .searching import certificate_of
from .settings import setting_on

__all__ = [
    "STATE_ZH",
    "Change",
    "OfficerCertificate",
    "PublicChange",
    "all_valid_certificates",
    "certificate_of",
    "certificates_like",
    "certificates_on",
    "entrusted_by",
    "holders_of",
    "keeps_the_district",
    "list_certificate",
    "listed",
    "names_and_states",
    "note_change",
    "open_applications",
    "show",
    "strangers",
    "unchecked",
    "valid_certificates",
    "waiting_changes",
]


def list_certificate(certificate: OfficerCertificate, on: date) -> None:
    """Show a certificate in the public list from a day on; one that is listed already keeps its day."""
    if certificate.published_on is None:
        certificate.published_on = on
        certificate.save(update_fields=["published_on"])


def holders_of(numbers: Iterable[str]) -> dict[str, str]:
    """Names by certificate number; a number that is not in the register is left out."""
    rows = OfficerCertificate.objects.filter(number__in=list(numbers)).order_by("valid_from")
    return dict(rows.values_list("number", "name"))


def valid_certificates(agency_code: str, on: date) -> QuerySet[OfficerCertificate]:
    """Certificates of an agency within their term on a day (suspensions are in ``state_on``)."""
    return OfficerCertificate.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), agency_id=agency_code, valid_from__lte=on
    )


def all_valid_certificates(day: date) -> list[tuple[str, str]]:
    """Number and agency of every certificate that is valid on a day: begun, not ended, not suspended."""
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = OfficerCertificate.objects.filter(running, valid_from__lte=day).prefetch_related("suspensions")
    return [(row.number, row.agency_id) for row in rows.order_by("pk") if row.state_on(day) == "valid"]


def certificates_like(text: str) -> QuerySet[OfficerCertificate]:
    """Listed certificates by the beginning of a name or by the whole number, for the public look-up."""
    rows = OfficerCertificate.objects.filter(listed(clock.today()))
    rows = rows.select_related("agency").prefetch_related("suspensions", "revocations")
    return rows.filter(Q(name__startswith=text) | Q(number__iexact=text)).order_by("number")


def entrusted_by(agency_code: str, on: date) -> QuerySet[Entrustment]:
    """The written entrustments of an agency in force on a day (行政处罚法第二十条)."""
    open_on = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Entrustment.objects.filter(open_on, entrusting_id=agency_code, valid_from__lte=on)


def names_and_states(numbers: Iterable[str], on: date) -> list[tuple[OfficerCertificate, str]]:
    """The certificates of some numbers that count on a day, with their state in words; unknown numbers are left out."""
    rows = OfficerCertificate.objects.filter(number__in=list(numbers), valid_from__lte=on)
    latest = {
        row.number: row for row in rows.prefetch_related("suspensions", "revocations").order_by("valid_from")
    }
    return [(row, STATE_ZH[row.state_on(on)]) for _, row in sorted(latest.items())]


def open_applications() -> list[CertificateApplication]:
    """The applications for certificates that wait for the district's decision."""
    rows = CertificateApplication.objects.unscoped("待审核的证件申领").filter(decision="")
    return list(rows.select_related("agency", "result").order_by("applied_at")[:50])


def unchecked(on: date) -> int:
    """How many valid certificates lack this year's annual check, once the setting is on and its month is over."""
    month = setting_on("annual_check_month", on)
    if month is None or on.month <= month.value:
        return 0
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    rows = OfficerCertificate.objects.filter(running, valid_from__year__lt=on.year)
    return rows.exclude(annual_checks__year=on.year).count()


def certificates_on(day: date) -> dict[str, date]:
    """The earliest day since which each agency has shown a certificate that is valid on ``day``, by agency."""
    rows = OfficerCertificate.objects.filter(listed(day)).prefetch_related("suspensions", "revocations")
    valid = [row for row in rows if row.state_on(day) == "valid"]
    days = [(row.published_on or row.valid_from, row.agency_id) for row in valid]
    return {agency: since for since, agency in sorted(days, reverse=True)}


def strangers(agency_code: str, numbers: Iterable[str], on: date) -> list[str]:
    """Those whose certificate in force on a day belongs to another agency only, by name where one is known.

    Who holds no certificate in force at all is for the rule of two officers to say (行政处罚法第四十二条).
    """
    registers = current_registers()[0]
    away = []
    for number in dict.fromkeys(numbers):
        homes = {row["agency"] for row in registers.where("officers", "id", number) if in_force(row, on)}
        if homes and agency_code not in homes:
            away.append(number)
    names = holders_of(away) if away else {}
    return [f"{names.get(number, '')} {number}".strip() for number in away]

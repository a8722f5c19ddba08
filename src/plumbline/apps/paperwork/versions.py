"""Which Word template holds for a document on a day: the agency's own, else the district's, else the project's."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from .models import TemplateVersion, VersionState


def version_in_force(code: str, agency: str, on: date) -> TemplateVersion | None:
    """The published version that holds; None is the project's own."""
    published = TemplateVersion.objects.filter(
        Q(agency=agency) | Q(agency=None), code=code, state=VersionState.PUBLISHED, valid_from__lte=on
    )
    # An agency's own goes before the district's; of several the one that began last.
    return published.order_by(F("agency").asc(nulls_last=True), "-valid_from", "-version").first()

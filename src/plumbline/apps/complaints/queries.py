"""Looking things up for the organ that handles them."""

from __future__ import annotations

from typing import Any

from plumbline.platform.scope.querysets import ScopedQuerySet

from .models import Complaint, Referral


def referrals_of(complaint: Complaint) -> ScopedQuerySet[Any]:
    """The agencies that were asked about a complaint; who may see the complaint may see whom it was put to."""
    return Referral.objects.unscoped("投诉举报的转办").filter(complaint=complaint)

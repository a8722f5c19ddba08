"""Leads and instruments for other apps: as far as the actor may see them, and what is still open of some matters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from plumbline.platform.identity.actor import Actor
from plumbline.platform.scope.querysets import ScopedQuerySet

from .models import RUNNING, Instrument, Lead


def leads_of(actor: Actor) -> ScopedQuerySet[Any]:
    return Lead.objects.visible_to(actor)


def instruments_of(actor: Actor) -> ScopedQuerySet[Any]:
    return Instrument.objects.visible_to(actor)


def open_instruments(matters: Collection[str]) -> int:
    """How many instruments about these matters, or about the leads they became, are still running."""
    running = Instrument.objects.unscoped("未了结的文书，只有数目").filter(state__in=RUNNING)
    of = Q(about__in=list(matters)) | Q(alerts__leads__matter_id__in=list(matters))
    return running.filter(of).distinct().count()

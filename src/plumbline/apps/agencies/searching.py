"""Officers for the search box: by name or by certificate, as the register shows them to whoever is logged in."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.search import Found, Hit, first_of, search_source

from .models import STATE_ZH, OfficerCertificate


def officers_named(text: str) -> QuerySet[OfficerCertificate]:
    """Certificates whose holder's name or whose number holds the text; some thousand rows, read through in a millisecond."""
    return OfficerCertificate.objects.filter(Q(name__contains=text) | Q(number__icontains=text))


def certificate_of(number: str) -> OfficerCertificate | None:
    """The row of a number that counts today: the one begun last, or the first to come where none has begun."""
    rows = list(
        OfficerCertificate.objects.filter(number=number).select_related("agency").order_by("valid_from")
    )
    begun = [row for row in rows if row.valid_from <= clock.today()]
    return begun[-1] if begun else (rows[0] if rows else None)


@search_source("officers", order=30)
def find_officers(actor: Actor, words: str) -> Found | None:
    if actor.person_id is None or len(words) < 2:
        return None
    rows = officers_named(words)
    today = clock.today()
    return first_of(
        "officers",
        "执法人员",
        rows.select_related("agency").prefetch_related("suspensions", "revocations").order_by("pk"),
        lambda row: Hit(
            row.name,
            reverse("officer", args=[row.pk]),
            f"{row.number} · {row.agency.short_name}",
            STATE_ZH[row.state_on(today)],
        ),
        listed=reverse("officers"),
        words=words,
    )

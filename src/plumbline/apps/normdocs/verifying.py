"""Whether a published text still says what it said when it was kept: its fingerprint against the one in the event log."""

from __future__ import annotations

from plumbline.platform.events.models import StoredEvent
from plumbline.platform.scope.rows import whole_district

from .articles import fingerprint
from .events import TEXT_KEPT
from .models import NormDoc, NormText


def is_unchanged(doc: NormDoc, text: NormText) -> bool | None:
    """None where no fingerprint was kept with the version: it was taken over, or is older than fingerprints are."""
    with whole_district():
        rows = StoredEvent.objects.unscoped("核对已公布的文本").filter(
            matter_id=doc.matter_id, activity=TEXT_KEPT
        )
        said = rows.filter(data__version=text.version).values_list("data__text_sha256", flat=True).last()
    return fingerprint(text.articles) == said if said else None

"""What the public may see of guiding cases: published ones whole, withdrawn ones by their reason."""

from __future__ import annotations

from plumbline.platform.bigrams import normal
from plumbline.platform.scope.rows import whole_district

from .models import GuidingCase, State

NEWEST = 50


def published_cases(words: str = "", topic: str = "") -> list[GuidingCase]:
    """Published cases, the latest number first, with every word in them."""
    rows = GuidingCase.objects.unscoped("公开的指导案例").filter(state=State.PUBLISHED)
    for word in normal(words).split(" ")[:5]:
        rows = rows.filter(searched__contains=word) if word else rows
    rows = rows.filter(topic=topic) if topic else rows
    with whole_district():
        return list(rows.select_related("agency", "source").order_by("-number"))


def count_published() -> int:
    with whole_district():
        return GuidingCase.objects.unscoped("公开的指导案例").filter(state=State.PUBLISHED).count()


def ever_published() -> list[GuidingCase]:
    """For news: published and withdrawn, by the day of the last of the two."""
    rows = GuidingCase.objects.unscoped("公开的指导案例").exclude(number=None).select_related("agency")
    with whole_district():
        found = list(rows.order_by("-changed_at")[:NEWEST])
    return sorted(found, key=lambda case: case.changed_at, reverse=True)


def numbered(number: int) -> GuidingCase | None:
    """The case of a number, published or withdrawn."""
    rows = GuidingCase.objects.unscoped("公开的指导案例").exclude(number=None)
    with whole_district():
        return rows.select_related("agency", "source").filter(number=number).first()

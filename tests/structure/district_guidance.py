"""A guiding case of the street that is being drafted, and one that is published."""

from __future__ import annotations

from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.guidance.models import GuidingCase, State
from plumbline.platform.identity.models import Person


def guidance_objects(place: str) -> dict[str, Any]:
    drafted = GuidingCase.objects.create(
        agency_id=STREET, title="起草中的指导案例", facts=place, law=[{"law": "行政处罚法", "article": "第三十三条"}],
        written_label="试",
    )  # fmt: skip
    open_case = GuidingCase.objects.create(
        agency_id=STREET, title="已发布的指导案例", written_label="试", state=State.PUBLISHED, number=1,
        published_on="2026-11-02", reviewed_by=Person.objects.first(),
    )  # fmt: skip
    return {
        "guiding-case": {"pk": drafted.pk},
        "guiding-case-edit": {"pk": drafted.pk},
        "public-guiding-case": {"number": open_case.number},
    }

"""What the addresses of lists stand for, all of the street: a draft, an upload with faults, an article, a conflict."""

from __future__ import annotations

from datetime import date
from typing import Any

from plumbline.apps.cases.tests.world import STREET
from plumbline.apps.powers.conflicts import conflicts
from plumbline.apps.powers.models import LegalReviewEntry, SupervisionDuty
from plumbline.apps.registers.actions import start_revision
from plumbline.apps.registers.models import ArticleWatch, ListUpload
from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.models import Job

DUTIES = "supervision-duties"


def list_objects(actor: Actor, place: str) -> dict[str, Any]:
    draft = start_revision(actor=actor, register=DUTIES, agency=STREET, reason=place)
    SupervisionDuty.objects.create(
        agency_id=STREET,
        code="XD-1",
        duty="试",
        way="试",
        post="试",
        responsibility="试",
        valid_from=date(2024, 1, 1),
    )
    upload = ListUpload.objects.create(
        register=DUTIES,
        agency_id=STREET,
        name=f"{place}.xlsx",
        sha256="0" * 64,
        by_label=place,
        at=clock.now(),
    )
    watch = ArticleWatch.objects.create(
        register=DUTIES, agency_id=STREET, law=place, article="第一条", keys=[place], noticed_at=clock.now()
    )
    LegalReviewEntry.objects.create(agency_id=STREET, title="试", valid_from=date(2024, 1, 1))
    [conflict] = [
        each for each in conflicts(clock.today()) if each.kind == "basis" and each.agencies == (STREET,)
    ]
    job = Job.objects.create(kind="registers.export", title="导出", started_by_id=actor.person_id)
    one, of_list = {"pk": draft.pk}, {"key": DUTIES}
    return {
        "register-revision": one,
        "register-edit-row": one,
        "register-row-step": one | {"step": "drop"},
        "register-step": one | {"step": "comment"},
        "register-uploaded": {"pk": upload.pk},
        "register-faults": {"pk": upload.pk},
        "register-article": {"pk": watch.pk},
        "register-export-file": {"pk": job.pk},
        "review-conflict": {"mark": conflict.mark},
        "public-list": of_list,
        **{
            f"register{name}": of_list
            for name in (
                "",
                "-row",
                "-export",
                "-template",
                "-upload",
                "-revise",
                "-versions",
                "-difference",
                "-restore",
            )
        },
    }

"""What follows when a case is archived: its file is made once, by a job."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import Http404

from plumbline.apps.cases.contract import case_of
from plumbline.platform.events.outbox import subscriber
from plumbline.platform.identity.actor import system_actor
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import start

from .models import MAIN
from .parts import sealed_keys, with_parts


def _look_at_many(owed: Mapping[str, Collection[str]]) -> None:
    """Of many matters, those that were archived and have something to bind: an import queues no job for the others."""
    archived = [matter for matter, activities in owed.items() if "file_archived" in activities]
    for matter_id in with_parts(archived) if archived else ():
        _seal(matter_id)


@subscriber("casefile", order=80, many=_look_at_many)
def seal_when_archived(matter_id: str, activities: Collection[str]) -> None:
    """Queue the sealing of an archived case of our own; looking again does nothing."""
    if "file_archived" in activities and with_parts([matter_id]):
        _seal(matter_id)


def _seal(matter_id: str) -> None:
    actor = system_actor("casefile")
    try:
        case = case_of(actor, matter_id)
    except Http404:
        return  # another kind of matter
    if case.origin != "own" or sealed_keys(case) or under_way(matter_id):
        return
    start(
        "casefile.seal",
        actor=actor,
        title=f"案卷归档：{case}",
        arguments={"matter_id": matter_id, "volume": MAIN},
    )


def under_way(matter_id: str) -> bool:
    """Whether a sealing of this case is queued or running."""
    return Job.objects.filter(
        kind="casefile.seal", arguments__matter_id=matter_id, state__in=[JobState.WAITING, JobState.RUNNING]
    ).exists()

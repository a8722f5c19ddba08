"""The re-check as a job: each night by itself, at once when asked, and from the command line."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.bulk import insert_rows
from plumbline.platform.identity.actor import Actor, system_actor
from plumbline.platform.jobs.models import Job, JobState
from plumbline.platform.jobs.running import JobRun, job, start
from plumbline.platform.verdicts.evaluation import recompute_due, rule_book

from .models import Finding, RecheckRun

if TYPE_CHECKING:
    from .comparing import Difference

KIND = "recheck.run"
TITLE = "夜间复核"
MOST = 10_000  # findings written down of one run; beyond that the number alone says enough
NIGHT = range(1, 6)  # hours of the day, Chinese time, in which the worker starts it by itself
OVERDUE = timedelta(hours=36)
Told = Callable[[int, int, str], None]
WORDS = {
    "events": "事件",
    "verdicts": "存档结论",
    "registers": "登记册",
    "owed": "尚待判断的事项",
    "affairs": "同一违法行为",
}


def recheck(
    *, by: str, as_of: datetime | None = None, told: Told = lambda *_: None
) -> tuple[RecheckRun, list[Finding]]:
    """Take a snapshot, judge every matter in it and keep what differs. No stored verdict is changed by what is found.

    As of another moment than the snapshot's own nothing is kept: what is stored speaks of now, and has to differ.
    """
    # Only here: the kernel's libraries are large, and a web process never needs them.
    from .comparing import Comparison
    from .history import Snapshot
    from .snapshot import take_snapshot

    began_at, began = clock.now(), time.monotonic()
    # The ordinary pass over clocks first: what ran out within the hour is not yet a fault of anybody.
    recompute_due(as_of=began_at)
    place = take_snapshot(lambda rows, what: told(rows, 0, f"正在写快照：{WORDS[what]} {rows:,} 行"))
    snapshot = Snapshot(place)
    total = snapshot.counts["matters"]
    told(0, total, "正在准备批量计算，首次约一分钟")
    comparison = Comparison(snapshot, rule_book(), statutory_calendar(), as_of or snapshot.taken_at)
    findings: list[Finding] = []
    differences = 0
    for each in comparison.differences(lambda tally: told(tally.matters, total, "正在与存档结论比较")):
        differences += 1
        if len(findings) < MOST:
            findings.append(_finding(each))
    run = RecheckRun(
        began_at=began_at,
        finished_at=clock.now(),
        as_of=comparison.as_of,
        snapshot=place.name,
        matters=comparison.tally.matters,
        owed=comparison.tally.owed,
        verdicts=comparison.tally.verdicts,
        seconds=round(time.monotonic() - began, 1),
        differences=differences,
        kept=len(findings),
        started_by=by,
    )
    if as_of is None:
        with transaction.atomic():
            run.save(force_insert=True)
            for finding in findings:
                finding.run = run
            insert_rows(findings)
    return run, findings


def _finding(told: Difference) -> Finding:
    return Finding(
        kind=told.kind,
        matter_id=told.matter,
        rule=told.rule,
        subject=told.subject,
        stored=list(told.stored),
        found=list(told.found),
        read=list(told.read),
    )


@job(KIND, long=True)
def run_recheck(run: JobRun, *, by: str) -> dict[str, Any]:
    done, _ = recheck(by=by, told=run.progress)
    return {
        "headline": f"有 {done.differences:,} 条与存档结论不一致" if done.differences else done.agreement,
        "figures": [
            {"label": "事项", "value": f"{done.matters:,}"},
            {"label": "结论", "value": f"{done.verdicts:,}"},
            {"label": "用时（秒）", "value": done.seconds},
        ],
    }


def under_way() -> Job | None:
    """The re-check that is waiting or running, if one is."""
    open_states = [JobState.WAITING, JobState.RUNNING]
    return Job.objects.filter(kind=KIND, state__in=open_states).order_by("created_at").first()


def start_recheck(*, actor: Actor) -> Job:
    """Queue a re-check in the caller's transaction; one that is under way already is given back instead."""
    return under_way() or start(KIND, actor=actor, title=TITLE, arguments={"by": actor.label})


def is_overdue() -> bool:
    """Whether the last finished re-check is longer ago than a night and a half; not on a site that never had one."""
    last = RecheckRun.objects.order_by("-pk").first()
    return last is not None and clock.now() - last.began_at > OVERDUE


def start_nightly() -> Job | None:
    """Queue the night's re-check once: at night, or as soon as the worker is back after a night without one."""
    now = clock.now()
    if not settings.RECHECK_NIGHTLY or not (now.hour in NIGHT or is_overdue()):
        return None
    since = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        if Job.objects.filter(kind=KIND, created_at__gte=since).exists():
            return None
        return start_recheck(actor=system_actor("夜间复核"))

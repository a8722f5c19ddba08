"""Asking what if, and taking the answer away. The answer is worked out by a job; nothing is written to any case."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from plumbline.law import statutory_calendar
from plumbline.platform.actions import action
from plumbline.platform.events.log import record
from plumbline.platform.identity.actor import Actor
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import JobRun, job, start
from plumbline.platform.scope.rows import whole_district

from .events import WHATIF_ASKED, WHATIF_EXPORTED
from .exports import csv_of, workbook_of
from .policies import BASIS, may_ask
from .questions import Question
from .results import KIND, file_of, folder, remove_old, rows_of, tables


@action("whatif.ask", policy=may_ask, records=(WHATIF_ASKED,), basis=BASIS)
def ask(*, actor: Actor, question: Question) -> Job:
    """Queue a question; its job is the address of the answer."""
    queued = start(
        KIND, actor=actor, title=f"假设推演：{question.words}", arguments={"question": question.to_json()}
    )
    _keep(actor, WHATIF_ASKED, question=question.words)
    return queued


@action("whatif.export", policy=may_ask, records=(WHATIF_EXPORTED,), basis=BASIS)
def export(*, actor: Actor, job: Job, agency: str = "", workbook: bool = False) -> bytes:
    """The changed verdicts as a workbook or as CSV."""
    rows = rows_of(job, agency=agency)
    _keep(actor, WHATIF_EXPORTED, question=job.title, rows=len(rows))
    return workbook_of(actor, job, rows) if workbook else csv_of(rows)


@job(KIND, long=True)
def judge(run: JobRun, *, question: dict[str, Any]) -> dict[str, Any]:
    """Judge the latest snapshot as things stand and as asked."""
    # Only here: the kernel's libraries are large, and a web process never needs them.
    from plumbline.platform.recheck.history import Snapshot
    from plumbline.platform.recheck.snapshot import snapshots, take_snapshot

    from .judging import compare

    asked = Question(**question)
    found = snapshots()
    snapshot = Snapshot(found[-1] if found else take_snapshot(lambda rows, _: run.progress(rows)))
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    remove_old()
    total = snapshot.counts["matters"]
    run.progress(0, total, "正在准备批量计算，首次约一分钟")
    summary = compare(
        snapshot,
        asked.rules(),
        calendar=statutory_calendar(),
        as_of=asked.day,
        to=file_of(run.job),
        told=lambda matters: run.progress(matters, total, "正在按假设重新判断"),
    )
    open_, past = sum(summary.open.values()), sum(summary.past.values())
    return {
        "headline": f"{open_ + past:,} 个事项的结论会变（在办 {open_:,}，已办结 {past:,}）" if summary.verdicts else "没有结论会变",
        "snapshot": snapshot.taken_at.isoformat(),
        "matters": summary.matters,
        "judged": summary.judged,
        "verdicts": summary.verdicts,
        "open": open_,
        "past": past,
        **tables(summary),
    }  # fmt: skip


def _keep(actor: Actor, activity: str, **data: Any) -> None:
    with whole_district():
        record(
            actor=actor,
            matter="PLATFORM",
            kind="platform",
            activity=activity,
            agency=actor.agency_code or settings.PLUMBLINE_DISTRICT["agency"],
            data=data,
        )

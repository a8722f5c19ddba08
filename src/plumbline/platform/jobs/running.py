"""Starting and running jobs. A job is deferred in the transaction that asks for it (procrastinate, same database).

There are two lanes, each with its own queue and one job at a time: what somebody waits for, and what may take hours.
A re-check of the night never holds up a case file.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection, transaction
from procrastinate.contrib.django import app as procrastinate_app

from plumbline.platform import clock
from plumbline.platform.identity.actor import Actor

from .models import Job, JobState

log = logging.getLogger(__name__)


class JobCancelled(Exception):
    """Raised inside a job when its owner has asked it to stop; everything not yet committed is undone."""


class JobInterrupted(Exception):
    """Raised inside a job when its process is to end: the next process begins the job again."""


class JobFault(Exception):
    """A job cannot go on for a reason its owner can mend; the message is shown as it stands."""


class JobRun:
    """What a running job may do: say how far it is, and learn that it should stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def progress(self, done: int, total: int | None = None, message: str = "") -> None:
        """Report progress; raises JobCancelled when a stop was asked for, JobInterrupted when the process is to end.

        Progress is written on a connection of its own, so that it is seen while the job's transaction is open.
        """
        from django.db import connections

        if _ending.is_set():
            raise JobInterrupted
        changes: dict[str, Any] = {"done": done}
        if total is not None:
            changes["total"] = total
        if message:
            changes["message"] = message[:300]
        side = connections.create_connection("default")
        try:
            columns = ", ".join(f"{name} = %s" for name in changes)
            with side.cursor() as cursor:
                cursor.execute(
                    f"UPDATE jobs SET {columns} WHERE id = %s RETURNING cancel_requested",
                    [*changes.values(), self.job.pk],
                )
                row = cursor.fetchone()
        finally:
            side.close()
        if row is not None and row[0]:
            raise JobCancelled


_ending = threading.Event()


def interrupt_jobs() -> None:
    """This process ends: running jobs stop where they next report progress and stay queued for the next process."""
    _ending.set()


SHORT, LONG = "jobs", "jobs-long"
LANES = (SHORT, LONG)

Handler = Callable[..., dict[str, Any]]
_KINDS: dict[str, Handler] = {}
_LONG: set[str] = set()


def job(kind: str, *, long: bool = False) -> Callable[[Handler], Handler]:
    """Declare a kind of job: ``handler(run, **arguments) -> result`` with JSON arguments and result.

    ``long``: it may run for more than a minute or two, so it waits in the lane of its like.
    """

    def register(handler: Handler) -> Handler:
        _KINDS[kind] = handler
        if long:
            _LONG.add(kind)
        return handler

    return register


def start(kind: str, *, actor: Actor, title: str, arguments: dict[str, Any]) -> Job:
    """Queue a job in the caller's transaction."""
    if kind not in _KINDS:
        raise ValueError(f"no job of kind {kind}")
    queued = Job.objects.create(kind=kind, title=title, arguments=arguments, started_by_id=actor.person_id)
    _defer(queued)
    return queued


def lane_of(kind: str) -> str:
    """The queue in which jobs of a kind wait."""
    return LONG if kind in _LONG else SHORT


def _defer(queued: Job) -> None:
    run_job.configure(queue=lane_of(queued.kind)).defer(job_id=str(queued.pk))


@procrastinate_app.task(name="plumbline.run_job", queue=SHORT)
def run_job(job_id: str) -> None:
    """Run one queued job to its end; its state always says how it ended."""
    close_old_connections()
    run_now(Job.objects.get(pk=job_id))


def run_now(queued: Job) -> Job:
    """Run a job in this process (the worker's way, and the tests')."""
    if queued.is_over:
        return queued
    if queued.cancel_requested:
        return _finish(queued, JobState.CANCELLED, "已在开始之前取消，没有写入任何内容。", {})
    if not _hold(queued):
        return queued  # another process is at it
    Job.objects.filter(pk=queued.pk).update(state=JobState.RUNNING)
    try:
        return _run(queued)
    finally:
        _let_go(queued)


def take_up_abandoned() -> int:
    """Queue again what a killed process left running; returns how many. Jobs are idempotent, so none is half-done.

    Whoever runs a job holds its advisory lock, which the database takes back when that process is gone.
    """
    taken_up = 0
    for job_left in Job.objects.filter(state=JobState.RUNNING):
        if _hold(job_left):
            try:
                message = "后台进程曾经中断，任务重新开始"
                with transaction.atomic():
                    Job.objects.filter(pk=job_left.pk).update(state=JobState.WAITING, message=message)
                    _defer(job_left)
                taken_up += 1
            finally:
                _let_go(job_left)
    return taken_up


def _lock_number(of: Job) -> int:
    return int(of.pk.int >> 65)  # 63 of the id's 128 bits: PostgreSQL's lock numbers are signed


def _hold(queued: Job) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_lock_number(queued)])
        return bool(cursor.fetchone()[0])


def _let_go(queued: Job) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_lock_number(queued)])


def _run(queued: Job) -> Job:
    try:
        result = _KINDS[queued.kind](JobRun(queued), **queued.arguments)
    except JobCancelled:
        return _finish(
            queued,
            JobState.CANCELLED,
            "已按要求取消。没有写完的内容已经撤回；分批写入的，已提交的批次保留。",
            {},
        )
    except JobFault as fault:
        return _finish(queued, JobState.FAILED, str(fault), {})
    except Exception:
        if _ending.is_set():
            # What breaks while the interpreter shuts down is no fault of the job. As after a kill, it stays marked as
            # running, and whoever looks for what was abandoned queues it again.
            log.info("job %s interrupted", queued.pk)
            return queued
        log.exception("job %s failed", queued.pk)
        return _finish(
            queued,
            JobState.FAILED,
            f"系统出了问题，任务没有完成。编号 J-{str(queued.pk)[:8]}。",
            {"trace": traceback.format_exc()[-4000:]},
        )
    return _finish(queued, JobState.DONE, "", result)


def _finish(queued: Job, state: JobState, message: str, result: dict[str, Any]) -> Job:
    queued.refresh_from_db()
    queued.state = state
    queued.message = (message or queued.message)[:300]
    queued.result = result
    queued.finished_at = clock.now()
    queued.save()
    return queued

"""How the site runs: jobs, what is owed, when the worker came round, sizes and versions. No row tells of a person or a case."""

from __future__ import annotations

import contextlib
import platform
import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q

from plumbline.platform import clock
from plumbline.platform.events.models import OutboxMessage
from plumbline.platform.events.outbox import ESCALATE_AFTER
from plumbline.platform.jobs.models import Job, JobState, WorkerPass

SILENT_AFTER = {"outbox": timedelta(minutes=2), "clocks": timedelta(hours=2)}
PARTS = {"outbox": "待办消息", "clocks": "规则和期限复查"}
JOBS = {
    "recheck.run": "复核全部结论",
    "whatif.judge": "假设推演",
    "exchange.import": "导入外部案件",
    "cases.export": "导出案件清单",
}
ROOT = Path(__file__).resolve().parents[4]  # of the checkout that a site runs from
LOW_SPACE = 10  # per cent of the data folder's disk


@dataclass(frozen=True)
class Round:
    """A part of the worker and when it last came round; ``late`` when that is longer ago than it should be."""

    name: str
    at: datetime | None
    seconds: float
    fault: str
    late: bool


@dataclass(frozen=True)
class Owed:
    waiting: int
    failing: int
    escalated: int
    oldest: datetime | None


def jobs_by_state() -> dict[str, int]:
    counted = dict(Job.objects.values_list("state").annotate(Count("pk")))
    return {state: counted.get(state, 0) for state in JobState.values}


def owed() -> Owed:
    """What the outbox holds; ``oldest`` is the longest wait of a message that has failed."""
    found = OutboxMessage.objects.aggregate(
        waiting=Count("pk"),
        failing=Count("pk", filter=Q(attempts__gt=0)),
        escalated=Count("pk", filter=Q(escalated_at__isnull=False)),
        oldest=Min("next_attempt_at"),
    )
    return Owed(**found)


def rounds() -> list[Round]:
    kept = {row.part: row for row in WorkerPass.objects.all()}
    found = []
    for part, name in PARTS.items():
        row = kept.get(part)
        late = row is None or clock.now() - row.at > SILENT_AFTER[part]
        found.append(
            Round(name, row.at if row else None, row.seconds if row else 0.0, row.fault if row else "", late)
        )
    return found


def job_rows(state: str, before: str) -> list[dict[str, Any]]:
    """Up to 51 jobs, newest first: kind, state and times. A title may name a file, so it is not shown."""
    rows = Job.objects.order_by("-created_at")
    if state in JobState.values:
        rows = rows.filter(state=state)
    with contextlib.suppress(ValueError):
        rows = rows.filter(created_at__lt=datetime.fromisoformat(before).astimezone(clock.CHINA))
    return [
        {
            "number": f"J-{str(row.pk)[:8]}",
            "kind": JOBS.get(row.kind, row.kind),
            "state": row.get_state_display(),
            "colour": {"failed": "red", "running": "blu", "done": "grn"}.get(row.state, "gry"),
            "created_at": row.created_at,
            "finished_at": row.finished_at,
            "done": row.done,
            "total": row.total,
            "fault": _fault(row),
        }
        for row in rows[:51]
    ]


def _fault(job: Job) -> str:
    """The type of what ended a job: the last line of its trace before the words, which may quote a case."""
    lines = str((job.result or {}).get("trace", "")).strip().splitlines()
    if lines:
        return lines[-1].partition(":")[0][:80]
    return "提交的内容有误" if job.state == JobState.FAILED else ""


def outbox_rows(state: str, after: int) -> list[dict[str, Any]]:
    """Up to 51 messages by number; of the error only its type, and never whose matter it is."""
    rows = OutboxMessage.objects.filter(pk__gt=after).order_by("pk")
    if state == "failing":
        rows = rows.filter(attempts__gt=0)
    elif state == "escalated":
        rows = rows.filter(escalated_at__isnull=False)
    return [
        {
            "pk": row.pk,
            "subscriber": row.subscriber,
            "attempts": row.attempts,
            "next_attempt_at": row.next_attempt_at,
            "escalated_at": row.escalated_at,
            "fault": row.last_error.partition(":")[0][:80],
            "waits": row.next_attempt_at > clock.now(),
        }
        for row in rows[:51]
    ]


def site() -> dict[str, Any]:
    """Sizes and versions, asked of the database, the disk and the installed program."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, server = cursor.fetchone()
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid), greatest(reltuples, 0)::bigint FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC LIMIT 8"
        )
        tables = [{"name": name, "bytes": amount, "rows": rows} for name, amount, rows in cursor.fetchall()]
        cursor.execute("SELECT count(*), max(applied) FROM django_migrations")
        steps, applied = cursor.fetchone()
    # The folder is made with the first file; until then its disk is that of the nearest folder above.
    folder = next(each for each in (settings.DATA_DIR, *settings.DATA_DIR.parents) if each.exists())
    disk = shutil.disk_usage(folder)
    return {
        "bytes": size,
        "server": server,
        "tables": tables,
        "steps": steps,
        "applied": applied,
        "version": _version(),
        "commit": _commit(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "free": disk.free,
        "total": disk.total,
        "free_share": 100 * disk.free // disk.total,
        "low": 100 * disk.free < LOW_SPACE * disk.total,
        "escalate_after": ESCALATE_AFTER,
    }


def _version() -> str:
    """As the project file of the checkout says; a site runs from a checkout and is installed nowhere else."""
    try:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, ValueError):
        return "未知"


def _commit() -> str:
    """The first ten letters of the checked-out commit; empty where there is no repository."""
    try:
        head = (ROOT / ".git" / "HEAD").read_text(encoding="ascii").strip()
        told = head.partition("ref: ")[2]
        return ((ROOT / ".git" / told).read_text(encoding="ascii") if told else head).strip()[:10]
    except (OSError, ValueError):
        return ""

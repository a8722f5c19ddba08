"""The result of a question: its numbers in the job, its rows in a file of the data folder, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from plumbline.platform import clock
from plumbline.platform.identity.models import Agency
from plumbline.platform.jobs.models import Job
from plumbline.platform.ui.components import VERDICT_TAGS

KIND = "whatif.judge"
PAGE = 50
NOTHING = "没有结论"
STREETS = frozenset({"subdistrict_office", "town_government"})


def folder() -> Path:
    return Path(settings.DATA_DIR) / "whatif"


def file_of(job: Job) -> Path:
    return folder() / f"{job.pk}.parquet"


def remove_old() -> None:
    """Results go with the snapshots they were made from."""
    limit = clock.now() - timedelta(days=settings.RECHECK_KEEP_DAYS)
    for path in folder().glob("*.parquet"):
        if path.stat().st_mtime < limit.timestamp():
            path.unlink(missing_ok=True)


def word(verdict: str) -> str:
    found = VERDICT_TAGS.get(verdict)
    return found.word if found else verdict or NOTHING


def rows_of(job: Job, *, agency: str = "", before: int = 0, size: int | None = None) -> list[dict[str, Any]]:
    """Some rows from ``before`` on; every one that follows without ``size``."""
    wanted = _matching(job, agency)
    for _ in range(before):
        if next(wanted, None) is None:
            break
    found = []
    for row in wanted:
        found.append(row)
        if size is not None and len(found) == size:
            break
    return found


def _matching(job: Job, agency: str) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(file_of(job)).iter_batches(batch_size=2000):
        for row in batch.to_pylist():
            if not agency or row["agency"] == agency:
                yield row | {"before_zh": word(row["before"]), "after_zh": word(row["after"])}


def tables(summary: Any) -> dict[str, Any]:
    """A summary's numbers as the page shows them: by agency and by street, most changed matters first."""
    names = {a.code: (a.short_name, a.kind) for a in Agency.objects.all()}
    agencies = []
    for code in summary.of_agency:
        name, kind = names.get(code, (code, ""))
        agencies.append(
            {
                "code": code,
                "name": name,
                "street": kind in STREETS,
                "open": summary.open[code],
                "past": summary.past[code],
                "verdicts": summary.of_agency[code],
            }
        )
    agencies.sort(key=lambda row: (-(row["open"] + row["past"]), row["name"]))
    moves = [
        {"before": word(was), "after": word(now), "count": count}
        for (was, now), count in summary.moves.most_common()
    ]
    return {"agencies": agencies, "moves": moves}

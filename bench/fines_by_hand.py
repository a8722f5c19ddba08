"""The demonstration duties of the traffic-fine log, checked by plain loops over its rows: a second opinion.

Nothing of the engine, the contract or the pack is used here, so that an equal answer means something. Reads Parquet by
pyarrow alone. Dates are whole days in this log and its rows stand in order; both are asserted.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

#: Where the log lies unless the environment names another place: beside the repository, never in it.
LOG = "PLUMBLINE_FINES_LOG"
DEFAULT = Path(__file__).parents[2] / "shared" / "data" / "road_traffic_fines.parquet"
APPEALS = ("Send Appeal to Prefecture", "Appeal to Judge")

#: rule, event (case and position), verdict
Answer = tuple[str, str, str]


def log_path() -> Path:
    return Path(os.environ.get(LOG) or DEFAULT)


class Row(NamedTuple):
    place: int
    act: str
    on: date
    cents: int | None  # amount due, where the row states one
    expense: int | None
    total: int | None  # paid so far
    dismissal: str | None


def cases(path: Path) -> Iterator[tuple[str, list[Row]]]:
    from pyarrow import parquet

    columns = ["case", "pos", "act", "ts", "amount", "expense", "totalPaymentAmount", "dismissal"]
    table = parquet.read_table(path, columns=columns)
    rows = zip(*(table[name].to_pylist() for name in columns), strict=True)
    for case, found in groupby(rows, key=lambda row: row[0]):
        yield case, [_row(row) for row in found]


def _row(row: tuple[Any, ...]) -> Row:
    _, place, act, at, amount, expense, total, dismissal = row
    assert (at.hour, at.minute, at.second) == (0, 0, 0)
    return Row(place, act, at.date(), _cents(amount), _cents(expense), _cents(total), dismissal)


def _cents(euros: float | None) -> int | None:
    return None if euros is None else round(euros * 100)


def answers(case: str, rows: list[Row], as_of: date) -> Iterator[Answer]:
    """What each duty says about each event of a case that it looks at."""
    assert all(a.on <= b.on for a, b in pairwise(rows))
    for here, row in enumerate(rows):
        for rule, verdict in _of(row, rows[:here], rows[here + 1 :], rows, as_of):
            yield rule, f"{case}-{row.place}", verdict


def _of(
    row: Row, earlier: list[Row], later: list[Row], rows: list[Row], as_of: date
) -> Iterator[tuple[str, str]]:
    told = next((r.on for r in earlier if r.act == "Insert Fine Notification"), None)
    if row.act == "Create Fine":
        yield "RTF-SEND-90d", _sent(row, later, as_of)
    elif row.act == "Insert Date Appeal to Prefecture":
        yield "RTF-PREFECTURE-60d", _within_sixty(told, row.on)
    elif row.act == "Appeal to Judge":
        yield "RTF-JUDGE-60d", _within_sixty(told, row.on)
    elif row.act == "Add penalty":
        late_enough = told is not None and (row.on - told).days >= 60
        yield "RTF-PENALTY-AFTER-60d", "met" if late_enough else "breached"
        yield "RTF-UNPAID-ENDS-IN-COLLECTION", _collected(row, earlier, later, rows, as_of)
    elif row.act == "Receive Result Appeal from Prefecture":
        acts = {r.act for r in later}
        told_result = "Notify Result Appeal to Offender" in acts
        collected = "Send for Credit Collection" in acts
        yield "RTF-NOTIFY-RESULT", "met" if told_result else "breached" if collected else "pending"
    elif row.act == "Payment":
        assert row.total is not None
        if row.total < _owed(earlier):
            yield "RTF-PAYMENT-ENDS-CASE", "not_applicable"
        else:
            more = any(r.act in {"Add penalty", "Send for Credit Collection"} for r in later)
            yield "RTF-PAYMENT-ENDS-CASE", "breached" if more else "met"
    elif row.act == "Send for Credit Collection":
        settled = _dismissed(earlier) or _paid(earlier) >= _owed(earlier)
        yield "RTF-NO-COLLECTION-WHEN-SETTLED", "breached" if settled else "met"


def _sent(row: Row, later: list[Row], as_of: date) -> str:
    due = row.on + timedelta(days=90)
    sent = next((r.on for r in later if r.act == "Send Fine"), None)
    if sent is not None:
        return "met" if sent <= due else "breached"
    if any(r.act in {"Payment", "Appeal to Judge", "Insert Date Appeal to Prefecture"} for r in later):
        return "not_applicable"
    return "pending" if as_of <= due else "breached"


def _within_sixty(told: date | None, on: date) -> str:
    if told is None:
        return "not_applicable"
    return "met" if (on - told).days <= 60 else "breached"


def _collected(row: Row, earlier: list[Row], later: list[Row], rows: list[Row], as_of: date) -> str:
    if _dismissed(rows):
        return "not_applicable"
    if any(r.act == "Send for Credit Collection" for r in later):
        return "met"
    assert row.cents is not None
    if _paid(rows) >= row.cents + _expense(earlier):
        return "met"
    return "breached" if as_of > row.on.replace(year=row.on.year + 5) else "pending"


def _dismissed(rows: list[Row]) -> bool:
    return any(r.act in {"Create Fine", *APPEALS} and r.dismissal not in {None, "NIL"} for r in rows)


def _owed(rows: list[Row]) -> int:
    amounts = [r.cents for r in rows if r.act in {"Create Fine", "Add penalty"}]
    return (amounts[-1] or 0) + _expense(rows) if amounts else _expense(rows)


def _expense(rows: list[Row]) -> int:
    return next((r.expense or 0 for r in reversed(rows) if r.act == "Send Fine"), 0)


def _paid(rows: list[Row]) -> int:
    return next((r.total or 0 for r in reversed(rows) if r.act == "Payment"), 0)

"""Part 4: reading XES. The log is written as XES first, with every attribute, as it was published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import numpy as np

from .running import Bench, print_head, print_row, versions_of

_TRACE, _PLACE, _TIME, _ZONE = "case", "pos", "ts", "tz_min"
_NAMES = {"act": "concept:name"}
_TAGS = {int: "int", float: "float", str: "string"}


def reading_xes(bench: Bench) -> None:
    print_head("4. XES to Parquet (x: of Plumbline's time)")
    path = bench.scratch / "fines.xes"
    events = write_xes(bench.log_path, path)
    ours = bench.own("xes_ours", xes=str(path), parquet=str(bench.scratch / "ours.parquet"))
    peer = bench.peer(
        "pm4py", "worker_pm4py.py", do="read_xes", xes=str(path), parquet=str(bench.scratch / "pm4py.parquet")
    )
    first, other = (
        _events(bench.scratch / "ours.parquet", ours=True),
        _events(bench.scratch / "pm4py.parquet"),
    )
    different = [name for name in first if not bench.agree(name, first[name], other[name])]
    if not different and bench.agree("events read", [ours["rows"], peer["rows"]], [events, events]):
        print(f"  {path.stat().st_size / 1e6:,.0f} MB of XES; the same {events:,} events")
        print_row("Plumbline", ours)
        print_row(f"{versions_of(peer)}, read_xes and to_parquet", peer, ours)


def write_xes(log: Path, path: Path) -> int:
    from pyarrow import parquet

    rows = parquet.read_table(log).to_pylist()
    case = None
    with path.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8" ?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
        )
        for row in rows:
            if row[_TRACE] != case:
                out.write("\t</trace>\n" if case is not None else "")
                case = row[_TRACE]
                out.write(f'\t<trace>\n\t\t<string key="concept:name" value={quoteattr(case)}/>\n')
            out.write("\t\t<event>\n" + "".join(_attributes(row)) + "\t\t</event>\n")
        out.write("\t</trace>\n</log>\n")
    return len(rows)


def _attributes(row: dict[str, Any]) -> list[str]:
    found = [("date", "time:timestamp", _stamp(row[_TIME], row[_ZONE]))]
    for name, value in row.items():
        if name not in {_TRACE, _PLACE, _TIME, _ZONE} and value is not None:
            found.append((_TAGS[type(value)], _NAMES.get(name, name), str(value)))
    return [f"\t\t\t<{tag} key={quoteattr(key)} value={quoteattr(value)}/>\n" for tag, key, value in found]


def _stamp(at: datetime, minutes: int) -> str:
    return f"{at.isoformat(timespec='milliseconds')}{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _events(path: Path, *, ours: bool = False) -> dict[str, Any]:
    """What has to be the same of each event: its case, activity, time and amounts.

    The time is the log's own clock: pm4py leaves out how far it was from universal time, and we keep that in a column beside it.
    """
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(path)
    at = table["time:timestamp"].cast(pa.timestamp("us", None if ours else "UTC")).to_numpy()
    at = at.astype("datetime64[us]").astype(np.int64)
    found: dict[str, Any] = {
        "case": np.array(table["case" if ours else "case:concept:name"].to_pylist()),
        "activity": np.array(table["concept:name"].to_pylist()),
        "clock": at,
    }
    for name in ("amount", "expense", "paymentAmount", "totalPaymentAmount"):
        found[name] = np.nan_to_num(table[name].to_numpy().astype(float), nan=-1)
    return found

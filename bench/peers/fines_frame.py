"""The log as the table that the process-mining tools take, in the log's own order.

Times are the local ones as written, so that a distance in days is the same number for everyone (as instants, an hour of
summer time would be missing or left over).
"""

from __future__ import annotations

from typing import Any

NAMES = {"case": "case:concept:name", "act": "concept:name", "ts": "time:timestamp"}


def frame(path: str) -> Any:
    import pandas as pd

    table = pd.read_parquet(
        path, columns=[*NAMES, "amount", "expense", "paymentAmount", "totalPaymentAmount"]
    )
    table = table.rename(columns=NAMES)
    table["time:timestamp"] = table["time:timestamp"].dt.tz_localize("UTC")
    return table

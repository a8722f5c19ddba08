"""The columns of a table of verdicts."""

from __future__ import annotations

import pyarrow as pa

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("matter", "rule", "subject", "verdict", "due")),
        ("days_used", pa.int64()),
        ("days_limit", pa.int64()),
        ("unit", pa.string()),
        ("overlay", pa.string()),
        ("flags", pa.list_(pa.string())),
    ]
)

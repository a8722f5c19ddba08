"""Plumbline's reader from XES to Parquet, in a process of its own: ``python -m bench.peers.xes_ours TASK``."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from plumbline.rules.logs import xes_to_parquet

from .measuring import answer, asked, timed


def main() -> None:
    task = asked()
    rows, took = timed(lambda: xes_to_parquet(Path(task["xes"]), Path(task["parquet"])), task["runs"])
    answer(task, took=took, rows=rows, versions={"pyarrow": version("pyarrow")})


if __name__ == "__main__":
    main()

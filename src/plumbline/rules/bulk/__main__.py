"""``python -m plumbline.rules.bulk``: compile the kernel ahead of its first use, so that nobody waits for it then.

The compiled code is kept for this account on this machine, by the content of the kernel's files; a second run takes seconds.
"""

from __future__ import annotations

import time
from datetime import date

from plumbline.vocabulary import Event, Matter, Registers

from .chunks import ChunkWriter
from .compiling import compile_rules
from .running import count_chunk


def main() -> None:
    began = time.monotonic()
    today = date(2026, 1, 1)
    compiled = compile_rules([], registers=Registers.none(), calendar=None)
    event = Event.from_json(
        {
            "id": "E-1",
            "matter": "M-1",
            "kind": "penalty",
            "activity": "case_filed",
            "occurred_at": today.isoformat(),
            "recorded_at": f"{today.isoformat()}T09:00:00+08:00",
            "agency": "AG-1",
            "data": {},
        },
        1,
    )
    writer = ChunkWriter(compiled.program)
    count_chunk(compiled, writer.chunk([Matter.of([event], today)]), today)
    print(f"批量内核已编译，用时 {time.monotonic() - began:.0f} 秒")


if __name__ == "__main__":
    main()

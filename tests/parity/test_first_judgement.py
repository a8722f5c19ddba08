"""The first verdict of the array kernel on a machine, for which it is compiled: a minute's work, and done once.

``tests/conftest.py`` lets one worker begin with this file, while the others still drive browsers: what they judge later finds
the compiled code kept, and none of them compiles it a second time.
"""

from __future__ import annotations

from datetime import date

import pytest

from plumbline.law import statutory_calendar
from plumbline.rules import RuleBook
from plumbline.rules.book import STANDARD_PACKS
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.rules.examples import expand, filed
from plumbline.vocabulary import Event, Matter
from tests.parity.readers import by_kernel
from tests.rules.histories import REGISTERS

pytestmark = pytest.mark.timeout(900)


def test_a_case_that_was_never_decided_is_late_on_the_day_after() -> None:
    events = [Event.from_json(d, n) for n, d in enumerate(expand([filed("2026-03-05")], "penalty"), 1)]
    rule = RuleBook.load(STANDARD_PACKS).by_id["APL-60-90d"]
    compiled = compile_rules([rule], registers=REGISTERS, calendar=statutory_calendar())
    for as_of, verdict in ((date(2026, 6, 3), "pending"), (date(2026, 6, 4), "breached")):
        (row,) = by_kernel(compiled, [Matter.of(events, as_of)], as_of)
        assert row[3:5] == (verdict, "2026-06-03")

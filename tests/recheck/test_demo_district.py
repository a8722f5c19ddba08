"""The demonstration district as it is stored: the nightly re-check finds nothing, and both readers say the same of every matter.

Cases and supervision letters stand in a database of their own, written by the same intake and worked off by the same outbox as
real ones. Here it is a small district; ``./test -m exhaustive`` takes the whole, with every story that is told of it.
(``tests/structure/test_demo.py`` judges the cases of the whole in any run, without storing them.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.outbox import work_off
from plumbline.platform.identity.actor import Actor
from plumbline.platform.identity.models import Person
from plumbline.platform.recheck.history import Snapshot
from plumbline.platform.recheck.running import recheck
from plumbline.platform.recheck.snapshot import snapshots
from plumbline.platform.verdicts import registers as gathered
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.project.demo.seeding import prepare, seed
from plumbline.rules.bulk.compiling import compile_rules
from plumbline.vocabulary import Matter
from tests.own_database import own_database
from tests.parity.readers import by_kernel, by_tree

#: The first judgement on a machine compiles the kernel; the whole district takes minutes.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]
NOW = datetime(2026, 10, 9, 17, 0, tzinfo=clock.CHINA)
CASES, LETTERS = 50, 3


def a_small_district() -> None:
    """Some dozens of cases, and letters on the first breaches that a letter may be written on."""
    from plumbline.apps.supervision import actions
    from plumbline.apps.supervision.actions.issuing import bar_to_issuing
    from plumbline.apps.supervision.models import Alert, InstrumentKind

    prepare(count=CASES, say=lambda _: None)
    supervisor = Actor.of(Person.objects.get(login_name="liu"), on=clock.today())
    alerts = Alert.objects.unscoped("测试").select_related("agency").order_by("pk")
    late = [each for each in alerts if bar_to_issuing(each, InstrumentKind.LETTER) is None]
    for alert in late[:LETTERS]:
        actions.issue(
            actor=supervisor, alert=alert, kind=InstrumentKind.LETTER, title="督办函", facts=alert.facts,
            demands="请查明原因，依法纠正。", respond_by=clock.today() + timedelta(days=10),
        )  # fmt: skip
    assert len(late) >= LETTERS
    while work_off(limit=4000):
        pass


@pytest.mark.parametrize(
    "settle",
    [a_small_district, pytest.param(lambda: seed(say=lambda _: None), marks=pytest.mark.exhaustive)],
    ids=["small", "whole"],
)
def test_both_readers_and_what_is_stored_agree_on_every_matter(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    settle: Callable[[], None],
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(gathered, "_kept", None)  # what was gathered of another database
    with django_db_blocker.unblock(), own_database("demo"), time_machine.travel(NOW, tick=True):
        settle()
        run, findings = recheck(by="测试")
        stored = StoredVerdict.objects.unscoped("测试").count()
    assert [(f.kind, f.matter_id, f.rule, f.stored, f.found, f.read) for f in findings] == []
    assert (run.differences, run.owed) == (0, 0)
    assert run.verdicts == stored > 10 * CASES

    kept = Snapshot(snapshots()[-1])
    matters = [Matter.of(events, kept.taken_at) for _, events in kept.matters()]
    assert len(matters) == run.matters >= CASES + LETTERS
    asked: dict[str, Any] = {"registers": kept.registers(), "calendar": statutory_calendar()}
    beyond: dict[str, Any] = {"others": kept.events_of, "affair": kept.matters_about}
    tree = by_tree(rule_book(), matters, as_of=kept.taken_at, **asked, **beyond)
    kernel = by_kernel(compile_rules(rule_book(), **asked), matters, kept.taken_at, **beyond)
    apart = Counter(tree)
    apart.subtract(kernel)
    assert {row: times for row, times in apart.items() if times} == {}
    said = Counter(row[3] for row in tree)
    assert min(said[verdict] for verdict in ("met", "breached", "pending", "not_applicable")) > 5, said

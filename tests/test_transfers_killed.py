"""Processes killed at random while they hand cases over: each case is at exactly one body, no receipt lost, no number twice.

Real processes, forked, killed by SIGKILL wherever they are, on a database of their own. Run by ``./test -m exhaustive``:
a few, and a thousand.
"""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from plumbline.platform.actions import Refusal


@pytest.fixture
def between(django_db_setup: None, django_db_blocker: Any, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The world of the other tests, committed, in a copy of the empty database."""
    from plumbline.apps.cases.tests.world import stated_registers
    from plumbline.apps.coordination.tests.between import Between
    from plumbline.apps.supervision.tests.scene import registers
    from tests.own_database import own_database

    settings.DATA_DIR = tmp_path
    settings.OUTBOX_INLINE = False
    with django_db_blocker.unblock(), own_database("transfers"), stated_registers(registers()):
        yield Between()


def _forked(work: Any, seed: int) -> int:
    """A process of our own that does ``work`` until it ends or is killed; its connections are its own."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            work(random.Random(seed))
        except BaseException as fault:
            print(f"child: {type(fault).__name__} {fault}", flush=True)
            os._exit(1)
        os._exit(0)
    return pid


def _waited(pid: int, ends: float | None) -> int:
    """How the process ended: by itself, or killed at the moment ``ends``, wherever it was."""
    while ends is not None:
        found, how = os.waitpid(pid, os.WNOHANG)
        if found:
            return how
        if time.monotonic() >= ends:
            os.kill(pid, signal.SIGKILL)
            break
        time.sleep(0.005)
    return os.waitpid(pid, 0)[1]


def _one(between: Any, chance: random.Random, pk: int, to: str) -> None:
    """Send an approved case and have it taken or sent back; what an earlier process has done is gone on from."""
    from plumbline.apps.cases.models import Case
    from plumbline.apps.cases.tests.world import STREET
    from plumbline.apps.coordination import actions
    from plumbline.apps.coordination.models import Coordination

    case = Case.objects.unscoped("测试").select_related("agency", "party").get(pk=pk)
    try:
        row = actions.send_transfer(
            actor=between.actor(STREET), case=case, to=between.agency(to), ground="level", text="请办理。"
        )
    except Refusal:  # sent before the process was killed
        row = Coordination.objects.unscoped("测试").select_related("agency", "to").get(about=case.matter_id)
    if row.state != "sent":
        return
    if chance.random() < 0.5:
        actions.accept_transfer(actor=between.actor(to), row=row, handler=between.officer[to])
    else:
        actions.return_transfer(actor=between.actor(to), row=row, reason="street", text="由街道承接。")


def _killed_while_handing_over(between: Any, total: int, kills: int) -> None:
    from plumbline.apps.cases.contract import receive_case
    from plumbline.apps.cases.models import Case, Stage
    from plumbline.apps.cases.tests.world import DEPARTMENT, STREET, ago
    from plumbline.apps.coordination import packages
    from plumbline.apps.coordination.models import Chain, Coordination, Holding, Receipt
    from plumbline.platform.events.log import record
    from plumbline.platform.events.models import StoredEvent

    world = between.world
    first = between.approved(world.opened(5), DEPARTMENT, 4)
    approved = [first.pk]
    chosen = StoredEvent.objects.unscoped("测试").get(matter_id=first.matter_id, activity="case_transferred")
    for _ in range(total - 1):
        # The head's decision is the same for each: what is tested begins after it.
        case = receive_case(
            actor=world.actor(world.officer), agency=first.agency, origin=first, item=first.item_code,
            handler=world.officer, reference="", on=ago(4),
        )  # fmt: skip
        record(
            actor=world.actor(world.head), matter=case.matter_id, kind="penalty", activity="case_transferred",
            agency=STREET, data=chosen.data, occurred_at=ago(3),
        )  # fmt: skip
        approved.append(case.pk)
    chance = random.Random(20261127)
    begun, dead = time.monotonic(), 0
    waiting = list(approved)
    pace = 0.3  # seconds for one transfer, as measured
    while waiting:
        part = waiting[: max(2, -(-total // max(1, kills)))]

        def work(own: random.Random, part: list[int] = part) -> None:
            for pk in part:
                _one(between, own, pk, DEPARTMENT)

        started = time.monotonic()
        pid = _forked(work, chance.randrange(10**9))
        ends = started + chance.uniform(0.02, pace * len(part)) if dead < kills else None
        how = _waited(pid, ends)
        dead += os.WIFSIGNALED(how)
        assert os.WIFSIGNALED(how) or os.WEXITSTATUS(how) == 0
        _at_one_body(Chain, Holding, Coordination, Receipt)
        done = Coordination.objects.unscoped("测试").filter(state__in=["accepted", "returned"])
        finished = set(done.values_list("about", flat=True))
        matters = dict(Case.objects.unscoped("测试").filter(pk__in=part).values_list("pk", "matter_id"))
        waiting = [pk for pk in waiting if matters.get(pk) not in finished]
        spent = (time.monotonic() - started) / max(1, len(finished & set(matters.values())))
        pace = min(1.0, max(0.05, 0.8 * pace + 0.2 * spent))
    assert dead >= max(1, kills // 2)
    print(f"{total} transfers, {dead} processes killed, {time.monotonic() - begun:.0f} s")
    _at_one_body(Chain, Holding, Coordination, Receipt)
    assert Coordination.objects.unscoped("测试").count() == Chain.objects.count() == total
    assert Receipt.objects.count() == 2 * total
    taken = Coordination.objects.unscoped("测试").filter(state="accepted")
    assert 0 < taken.count() < total
    cases = Case.objects.unscoped("测试")
    assert cases.filter(agency_id=DEPARTMENT).count() == taken.count()
    for row in Coordination.objects.unscoped("测试"):
        holding = Holding.objects.get(chain_id=row.chain_id, to_at=None)
        expected = (row.to_id, row.result_matter) if row.state == "accepted" else (row.agency_id, row.about)
        assert (holding.agency_id, holding.matter_id) == expected
        assert packages.package_hash(row.package) == row.package_hash
    assert not cases.filter(matter_id__in=taken.values("result_matter")).exclude(stage=Stage.CLUE).exists()


def _at_one_body(chains: Any, holdings: Any, rows: Any, receipts: Any) -> None:
    """What must be true at any moment, whoever was killed."""
    held = Counter(holdings.objects.filter(to_at=None).values_list("chain_id", flat=True))
    assert set(held) == set(chains.objects.values_list("pk", flat=True)) and set(held.values()) <= {1}
    signed: dict[int, list[str]] = {}
    for transfer, side in receipts.objects.values_list("transfer_id", "side").order_by("side"):
        signed.setdefault(transfer, []).append(side)
    for pk, state in rows.objects.unscoped("测试").values_list("pk", "state"):
        assert signed[pk] == (["sender"] if state == "sent" else ["receiver", "sender"]), state
    series: dict[str, list[int]] = {}
    for number in receipts.objects.values_list("number", flat=True):
        mark, last = re.fullmatch(r"(.+〕)(\d+)号", number).groups()  # type: ignore[union-attr]
        series.setdefault(mark, []).append(int(last))
    for mark, numbers in series.items():
        assert sorted(numbers) == list(range(1, len(numbers) + 1)), f"{mark}: {sorted(numbers)}"


# Forking is safe only in a process without threads: these run by themselves, not among the tests that have started some.
@pytest.mark.exhaustive
@pytest.mark.timeout(300)
def test_a_few_processes_killed(between: Any) -> None:
    _killed_while_handing_over(between, 4, 1)


@pytest.mark.exhaustive
@pytest.mark.timeout(3600)
def test_a_thousand_transfers_among_killed_processes(between: Any) -> None:
    _killed_while_handing_over(between, 1000, 120)

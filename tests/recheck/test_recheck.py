"""The re-check finds what is wrong with the stored verdicts, tells the two kinds apart, and repairs nothing by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction

from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.events.log import events_of, matter_events, matters_about
from plumbline.platform.events.models import OutboxMessage, StoredEvent
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import run_now
from plumbline.platform.recheck import command, comparing, snapshot
from plumbline.platform.recheck.history import Snapshot
from plumbline.platform.recheck.models import Finding, FindingKind, RecheckRun
from plumbline.platform.recheck.running import is_overdue, recheck, start_nightly
from plumbline.platform.verdicts.evaluation import recompute, recompute_due, rule_book
from plumbline.platform.verdicts.models import StoredVerdict

SERVE = "APL-61-serve-7wd"
#: The kernel is compiled once a machine, which takes minutes on a busy one.
pytestmark = pytest.mark.timeout(900)


def stored() -> Any:
    return StoredVerdict.objects.unscoped("测试")


def everything() -> list[tuple[Any, ...]]:
    return sorted(stored().values_list("matter_id", "rule", "subject", "verdict", "due", "overlay", "as_of"))


def test_a_snapshot_holds_what_the_database_holds(restored: Any) -> None:
    kept = Snapshot(snapshot.take_snapshot())
    numbers = sorted(set(StoredEvent.objects.unscoped("测试").values_list("matter_id", flat=True)))
    contract = events_of(numbers)
    assert dict(kept.matters()) == contract
    assert [matter for matter, _ in kept.matters()] == sorted(contract)
    assert kept.counts["matters"] == len(contract) >= 2
    assert kept.events_of(restored.in_order.matter_id) == matter_events(restored.in_order.matter_id)
    assert kept.events_of("没有这个事项") == []
    assert sum(len(rows) for _, rows in kept.stored()) == stored().count() == kept.counts["verdicts"]
    told = [(e.data["party"]["id"], e.data["violation"]["act"]) for events in contract.values() for e in events
            if "violation" in e.data and "party" in e.data]  # fmt: skip
    for party, act in told:
        about = matters_about(party, act)
        assert kept.matters_about(party, act) == (about if len(about) > 1 else [])
    assert kept.registers().document["agencies"]


def test_a_matter_is_found_again_in_any_row_group(restored: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "BATCH", 3)
    kept = Snapshot(snapshot.take_snapshot())
    for matter, events in kept.matters():
        assert kept.events_of(matter) == events == matter_events(matter)


def test_later_rows_are_not_in_it_and_no_transaction_is_joined(scene: Any) -> None:
    place = snapshot.take_snapshot()
    before = Snapshot(place).counts["events"]
    scene.world.opened()
    assert Snapshot(place).counts["events"] == before == sum(len(e) for _, e in Snapshot(place).matters())
    with pytest.raises(RuntimeError), transaction.atomic():
        snapshot.take_snapshot()


def test_old_snapshots_go_and_a_stopped_one_leaves_nothing(restored: Any, settings: Any) -> None:
    def stop(rows: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        snapshot.take_snapshot(stop)
    assert not list(snapshot.folder().glob(".*"))
    first = snapshot.take_snapshot()
    with time_machine.travel(clock.now() + timedelta(days=settings.RECHECK_KEEP_DAYS, minutes=1)):
        second = snapshot.take_snapshot()
    assert not first.exists()
    assert snapshot.snapshots() == [second]
    assert second.stat().st_mode & 0o077 == 0


def test_nothing_differs_where_nothing_was_touched(restored: Any) -> None:
    run, findings = recheck(by="测试")
    assert [(f.matter_id, f.rule, f.stored, f.found, f.read) for f in findings] == []
    assert run.differences == 0 and run.matters >= 2
    assert run.verdicts == stored().count() > 50
    assert RecheckRun.objects.get(pk=run.pk).seconds == run.seconds


def test_what_was_falsified_is_found_and_left_as_it_is(restored: Any) -> None:
    late = stored().get(matter_id=restored.served_late.matter_id, rule=SERVE)
    assert late.verdict == "breached"
    stored().filter(pk=late.pk).update(verdict="met")
    moved = stored().filter(due__gt="", verdict="met").exclude(pk=late.pk).first()
    stored().filter(pk=moved.pk).update(due="2031-01-01")
    lost = stored().filter(matter_id=restored.in_order.matter_id, verdict="met").exclude(pk=moved.pk).first()
    stored().filter(pk=lost.pk).delete()
    before = everything()
    run, _ = recheck(by="测试")
    found = {(f.rule, f.subject): f for f in run.findings.all()}
    assert set(found) == {(each.rule, each.subject) for each in (late, moved, lost)}
    assert {f.kind for f in found.values()} == {FindingKind.STALE}
    assert found[SERVE, late.subject].stored == ["met", late.due, ""]
    assert found[SERVE, late.subject].found == found[SERVE, late.subject].read == ["breached", late.due, ""]
    assert found[moved.rule, moved.subject].stored[1] == "2031-01-01"
    assert found[lost.rule, lost.subject].stored == []
    assert run.differences == run.kept == 3
    assert everything() == before
    recompute(restored.served_late.matter_id)
    assert stored().get(pk=late.pk).verdict == "breached"


def test_what_the_outbox_still_owes_is_no_finding(restored: Any) -> None:
    stored().filter(rule=SERVE).update(verdict="met")
    owed = OutboxMessage.objects.create(
        subscriber="verdicts", key=restored.served_late.matter_id, activities=[], next_attempt_at=clock.now()
    )
    run, findings = recheck(by="测试")
    owed.delete()
    assert (run.owed, findings) == (1, [])
    assert recheck(by="测试")[0].differences == 1


def test_a_verdict_of_a_matter_without_events_is_found(restored: Any) -> None:
    row = stored().get(matter_id=restored.served_late.matter_id, rule=SERVE)
    for name in ("0 先于一切", "～后于一切"):
        row.pk, row.matter_id = None, name
        row.save(force_insert=True)
    run, _ = recheck(by="测试")
    assert {f.matter_id for f in run.findings.all()} == {"0 先于一切", "～后于一切"}
    assert all(f.found == f.read == [] for f in run.findings.all())


def test_a_wrong_kernel_is_told_from_a_stale_verdict(restored: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    right = comparing.said_by

    def wrong(answers: Any) -> Any:
        return {
            matter: {key: ("unknown", *said[1:]) if key[0] == SERVE else said for key, said in rows.items()}
            for matter, rows in right(answers).items()
        }

    monkeypatch.setattr(comparing, "said_by", wrong)
    run, _ = recheck(by="测试")
    finding = run.findings.get()
    assert finding.kind == FindingKind.KERNEL
    assert (finding.stored[0], finding.found[0], finding.read[0]) == ("breached", "unknown", "breached")


def test_findings_are_written_once(restored: Any) -> None:
    stored().filter(rule=SERVE).update(verdict="met")
    run, _ = recheck(by="测试")
    for change in (
        lambda: Finding.objects.update(rule="别的"),
        lambda: Finding.objects.all().delete(),
        lambda: RecheckRun.objects.filter(pk=run.pk).update(differences=0),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_as_of_another_moment_nothing_is_kept(restored: Any, capsys: pytest.CaptureFixture[str]) -> None:
    before = RecheckRun.objects.count()
    assert command.main(["--as-of", "2026-11-01"]) == 3
    said = capsys.readouterr().out
    assert "没有记入复核记录" in said and "存档过时  T-STREET" in said
    assert RecheckRun.objects.count() == before
    assert command.main([]) == 0
    assert "与存档结论完全一致" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        command.main(["--as-of", "昨天"])


def test_the_night_starts_it_once(db: None, settings: Any) -> None:
    settings.RECHECK_NIGHTLY = True
    assert start_nightly() is None, "in the afternoon, on a new site"
    with time_machine.travel(datetime(2026, 11, 25, 1, 30, tzinfo=clock.CHINA)):
        queued = start_nightly()
        assert queued is not None and start_nightly() is None
    moment = clock.now()
    RecheckRun.objects.create(
        began_at=moment, finished_at=moment, as_of=moment, snapshot="x", matters=0, verdicts=0, seconds=0,
        differences=0, kept=0, started_by="测试",
    )  # fmt: skip
    assert not is_overdue()
    with time_machine.travel(moment + timedelta(hours=47)):
        assert is_overdue() and start_nightly() is not None


def test_the_job_says_how_it_ended_and_can_be_stopped(restored: Any) -> None:
    before = RecheckRun.objects.count()
    queued = Job.objects.create(kind="recheck.run", title="复核", arguments={"by": "测试"})
    done = run_now(queued)
    assert done.state == "done", done.result
    assert done.result["headline"] == "与存档结论完全一致"
    stopped = Job.objects.create(kind="recheck.run", title="复核", arguments={"by": "测试"})

    def ask(*_: Any) -> None:
        Job.objects.filter(pk=stopped.pk).update(cancel_requested=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("plumbline.platform.recheck.running.recompute_due", lambda **_: ask())
        assert run_now(stopped).state == "cancelled"
    assert RecheckRun.objects.count() == before + 1


def test_batches_of_any_size_give_the_same(restored: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = snapshot.take_snapshot()
    stored().filter(rule=SERVE).update(verdict="met")
    changed = snapshot.take_snapshot()
    monkeypatch.setattr("plumbline.rules.bulk.chunks.EVENTS_OF_A_CHUNK", 1)
    for each, count in ((place, 0), (changed, 1)):
        kept = Snapshot(each)
        told: list[int] = []
        comparison = comparing.Comparison(kept, rule_book(), statutory_calendar(), kept.taken_at)
        found = list(comparison.differences(lambda tally, told=told: told.append(tally.matters)))
        assert len(found) == count
        assert told[-1] == kept.counts["matters"]


def test_a_limit_in_hours_runs_out_within_the_day(restored: Any) -> None:
    row = stored().get(matter_id=restored.served_late.matter_id, rule=SERVE)
    ran_out = clock.as_instant(clock.now() - timedelta(minutes=5))
    for due, looked_at in ((ran_out, 1), (clock.as_instant(clock.now() + timedelta(hours=1)), 0)):
        stored().filter(pk=row.pk).update(verdict="pending", due=due, due_on=clock.today())
        assert recompute_due() == looked_at


def test_no_more_is_said_to_agree_than_was_compared() -> None:
    assert RecheckRun(matters=10, owed=0).agreement == "与存档结论完全一致"
    assert RecheckRun(matters=10, owed=4).agreement.startswith("已比较的 6 个事项")


def test_stored_verdicts_are_counted_by_rule(restored: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verdict_counts")
    head, *rows, total = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert head[:4] == ["规则", "合计", "符合", "违反"]
    assert sum(int(row[1]) for row in rows) == int(total[1]) == stored().count() > 0
    for row in rows:
        assert int(row[3]) == stored().filter(rule=row[0], verdict="breached").count()

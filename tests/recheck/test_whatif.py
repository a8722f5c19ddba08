"""What if: another term, another day, a rule less or more, over every matter, with nothing written to any case."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from plumbline.apps.whatif import questions, results
from plumbline.apps.whatif.actions import ask, export
from plumbline.apps.whatif.judging import Summary, compare
from plumbline.apps.whatif.questions import Question
from plumbline.law import statutory_calendar
from plumbline.platform import clock
from plumbline.platform.actions import Refusal
from plumbline.platform.events.models import StoredEvent
from plumbline.platform.jobs.models import Job
from plumbline.platform.jobs.running import run_now
from plumbline.platform.recheck.history import Snapshot
from plumbline.platform.recheck.snapshot import take_snapshot
from plumbline.platform.verdicts.evaluation import rule_book
from plumbline.platform.verdicts.models import StoredVerdict
from plumbline.rules import RuleBook, evaluate
from plumbline.vocabulary import Matter

SERVE = "APL-61-serve-7wd"
pytestmark = pytest.mark.timeout(900)


def by_tree(kept: Snapshot, rules: Any, as_of: Any) -> dict[Any, tuple[str, str]]:
    """The verdicts of some rules by the reader for one matter."""
    registers, found = kept.registers(), {}
    for matter, events in kept.matters():
        for v in evaluate(
            rules, Matter.of(events, as_of), registers=registers, calendar=statutory_calendar(), as_of=as_of,
            others=kept.events_of, affair=kept.matters_about,
        ):  # fmt: skip
            found[matter, v.rule, v.subject] = (v.verdict, v.due_text or "")
    return found


def changes(question: Question, tmp_path: Path) -> tuple[Summary, dict[Any, Any], Snapshot]:
    import pyarrow.parquet as pq

    kept = Snapshot(take_snapshot())
    to = tmp_path / "changes.parquet"
    summary = compare(kept, question.rules(), calendar=statutory_calendar(), as_of=question.day, to=to)
    rows = pq.read_table(to).to_pylist()
    found = {
        (r["matter"], r["rule"], r["subject"]): ((r["before"], r["due_before"]), (r["after"], r["due_after"]))
        for r in rows
    }
    assert len(found) == len(rows) == summary.verdicts
    return summary, found, kept


def expected(question: Question, kept: Snapshot) -> dict[Any, Any]:
    before, after = question.rules()
    old, new = by_tree(kept, before, kept.taken_at), by_tree(kept, after, question.day or kept.taken_at)
    nothing = ("", "")
    return {
        key: (old.get(key, nothing), new.get(key, nothing))
        for key in old.keys() | new.keys()
        if old.get(key, nothing)[0] != new.get(key, nothing)[0]
    }


def test_every_question_changes_what_the_reader_of_one_matter_says(
    scene: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = (clock.today() + timedelta(days=60)).isoformat()
    asked = [Question("term", SERVE, n=60, unit="wd"), Question("off", SERVE), Question("date", as_of=later)]
    for question in asked:
        summary, found, kept = changes(question, tmp_path)
        assert found == expected(question, kept) != {}, question.words
        assert sum(summary.open.values()) == len({matter for matter, *_ in found})
        assert summary.matters == kept.counts["matters"]
    longer = changes(asked[0], tmp_path)[1]
    assert {(was[0], now[0]) for was, now in longer.values()} == {("breached", "pending")}
    assert {matter for matter, *_ in longer} == {scene.served_late.matter_id}
    assert {now for _, now in changes(asked[1], tmp_path)[1].values()} == {("", "")}
    less = RuleBook(rule for rule in rule_book().rules if rule.id != SERVE)
    draft = rule_book().by_id[SERVE]
    monkeypatch.setattr(questions, "rule_book", lambda: less)
    monkeypatch.setattr(questions, "drafts", lambda: {SERVE: draft})
    found = changes(Question("draft", SERVE), tmp_path)[1]
    assert ("", "") in {was for was, _ in found.values()}
    assert "breached" in {now[0] for _, now in found.values()}


def test_a_row_of_a_field_has_its_own_term() -> None:
    key, term = next((key, term) for key, term in questions.terms().items() if term.row)
    changed = questions.with_term(term, term.clock.n + 1, term.clock.unit)
    for before, after in zip(term.rule.overlays, changed.overlays, strict=True):
        assert (before == after) == (before.row != term.row)
    assert changed.require == term.rule.require and key == f"{term.rule.id}/{term.row}"
    own = questions.terms()[SERVE]
    assert questions.with_term(own, 9, "cd").require.clock.phrase() == "9日"  # type: ignore[attr-defined]


def test_the_answer_is_a_page_a_list_and_two_files_and_writes_nothing(scene: Any) -> None:
    take_snapshot()
    client: Client = scene.client(scene.head)
    before = sorted(StoredVerdict.objects.unscoped("测试").values_list("pk", "verdict", "as_of"))
    wrong = client.post("/whatif", {"kind": "term", "term": SERVE}).content.decode()
    assert "请填写“改为”" in wrong
    assert "此外的工作日" in client.post("/whatif", {"kind": "date", "as_of": "2080-01-01"}).content.decode()
    answer = client.post("/whatif", {"kind": "term", "term": SERVE, "n": 60, "unit": "wd"})
    assert answer.status_code == 302
    waiting = client.get(answer["Location"]).content.decode()
    assert "取消" in waiting and "7个工作日改为 60个工作日" in waiting
    job = Job.objects.get(kind="whatif.judge", state="waiting")
    done = run_now(job)
    assert done.state == "done", done.result
    assert done.result["headline"] == "1 个事项的结论会变（在办 1，已办结 0）"
    assert [(a["street"], a["open"], a["past"]) for a in done.result["agencies"]] == [(True, 1, 0)]
    shown = client.get(answer["Location"]).content.decode()
    assert f'href="/cases/{scene.served_late.matter_id}"' in shown and "各街道" in shown
    assert "这个单位没有" in client.get(answer["Location"] + "?agency=X").content.decode()
    text = client.get(answer["Location"] + "/export?as=csv").content.decode("utf-8-sig").splitlines()
    assert len(text) == 2 and text[1].startswith(scene.served_late.matter_id)
    book = client.get(answer["Location"] + "/export?as=xlsx").content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert scene.served_late.matter_id in archive.read("xl/sharedStrings.xml").decode()
    assert sorted(StoredVerdict.objects.unscoped("测试").values_list("pk", "verdict", "as_of")) == before
    kept = StoredEvent.objects.unscoped("测试").filter(activity__startswith="whatif")
    assert list(kept.order_by("seq").values_list("activity", "matter_id")) == [
        ("whatif_asked", "PLATFORM"), ("whatif_exported", "PLATFORM"), ("whatif_exported", "PLATFORM"),
    ]  # fmt: skip
    assert scene.client(scene.clerk).get(answer["Location"]).status_code == 404
    results.file_of(job).unlink()
    assert "明细已随快照到期清除" in client.get(answer["Location"]).content.decode()
    assert client.get(answer["Location"] + "/export?as=csv").status_code == 404


def test_it_is_stopped_and_leaves_no_file(scene: Any) -> None:
    job = ask(actor=scene.actor(scene.head), question=Question("off", SERVE))
    Job.objects.filter(pk=job.pk).update(state="running", cancel_requested=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "plumbline.apps.whatif.actions.remove_old",
            lambda: Job.objects.filter(pk=job.pk).update(cancel_requested=True),
        )
        assert run_now(job).state == "cancelled"
    assert not results.file_of(job).exists()


def test_only_who_supervises_the_district_may_ask(scene: Any) -> None:
    for person in (scene.world.officer, scene.answering, scene.elsewhere):
        with pytest.raises(Refusal):
            ask(actor=scene.actor(person), question=Question("off", SERVE))
        with pytest.raises(Refusal):
            export(actor=scene.actor(person), job=Job(), agency="")
        assert scene.client(person).get("/whatif").status_code == 403
